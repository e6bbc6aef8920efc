/*
 * What a check found: plain data from the stages to the verdict.
 */
#ifndef PC_MODEL_VERDICT_H
#define PC_MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/metric.h"

/* A place in a source file.  `file` is as the learner knows it. */
struct pc_place {
    char file[256];
    int line, column;   /* 1-based, 0: unknown */
    char function[128]; /* "" when unknown */
};

/* A compiler's message. */
struct pc_diagnostic {
    struct pc_place place;
    bool error; /* else a warning */
    char *text;
    char *source; /* the line of the file, NULL when it could not be read */
};

/* The result of building; the first error comes first. */
struct pc_build {
    bool built;
    struct pc_diagnostic *items;
    size_t n, cap;
    char *trouble; /* why there are no diagnostics: linker's words, time limit, ... */
    int64_t wall_ns;
    bool cached;
};

/* A kernel that did not come back as it should. */
enum pc_ending {
    PC_ENDING_NONE,
    PC_ENDING_CRASH,     /* a signal of its own */
    PC_ENDING_SANITIZER, /* a report of ASan, UBSan or TSan */
    PC_ENDING_EXIT,      /* exit() where it should have returned */
    PC_ENDING_TIME,      /* wall or CPU limit; `asleep` when it used no CPU */
    PC_ENDING_MEMORY,
    PC_ENDING_THREADS,
    PC_ENDING_OUTPUT,
    PC_ENDING_PROTOCOL, /* silence, garbage, impossible claims */
    PC_ENDING_REFUSED,  /* cannot be loaded, forbidden import */
};

struct pc_crash {
    enum pc_ending ending;
    int signal; /* for PC_ENDING_CRASH */
    bool asleep;
    char what[256];      /* "heap-buffer-overflow: WRITE of size 1", "Segmentation fault" */
    uint64_t frames[16]; /* offsets in the object `object`, innermost first */
    size_t n_frames;
    uint64_t other_frames[16]; /* of a data race: where the memory was touched before */
    size_t n_other;
    char object[512]; /* the file the offsets belong to, "" when there is none */
    struct pc_place
        place; /* of the innermost frame in the learner's file; line 0: unknown */
    struct pc_place other; /* of the other side of a data race */
    char during[64];       /* the test or bench that ran */
};

/* One failed test. */
struct pc_failure {
    char *test;
    char *text;            /* input, expected, got; several lines */
    struct pc_place place; /* the expectation in test.c */
};

struct pc_tests {
    bool ran; /* the program reported its end */
    size_t n, failed;
    struct pc_failure *items; /* of the failed ones */
    size_t n_items, cap_items;
    struct pc_crash crash;
    char *output; /* what the kernel printed, harmless, at most 4 KiB; may be NULL */
    uint64_t seed;
    int64_t wall_ns;
};

/* Exact counts of one run of perfcourse-count, or the merge of several. */
struct pc_counts {
    bool ran;
    struct pc_metrics metrics;
    uint64_t leaked_bytes, leaked_allocs;
    struct pc_site {
        uint64_t address;     /* offset in the kernel's object */
        double allocs, bytes; /* per operation */
        struct pc_place place;
    } sites[16];
    size_t n_sites;
    struct pc_site leaks[8]; /* where blocks were allocated that were never freed, the most
                                bytes first; totals, address 0 when not known */
    size_t n_leaks;
    char missing[256]; /* why system calls could not be counted, "" when they could or
                          nobody asked */
    bool agree;        /* two seeds gave the same numbers */
    struct pc_crash crash;
};

/* One restart of the timing host. */
struct pc_restart {
    double log_ratio; /* median over pairs of ln(time of base / time of candidate) */
    double base_ns, candidate_ns; /* medians per operation */
    uint32_t pairs;
    struct pc_latencies base, candidate; /* when latencies were asked for, else 0 */
};

enum pc_decision { PC_GOES_ON, PC_DECIDED_PASS, PC_DECIDED_FAIL, PC_DECIDED_UNSURE };

/* The speed-up and what is known about it. */
struct pc_speed {
    bool measured;
    enum pc_decision decision; /* against the limit */
    double ratio, low, high;   /* median of the restarts, 95 % order-statistic interval */
    double base_ns, candidate_ns;
    uint32_t restarts;
    int64_t wall_ns;
    double busy; /* processors that others kept busy meanwhile */
    struct pc_crash crash;
    bool differs;       /* its results differ from the starter's */
    bool crash_in_base; /* our own starter failed: a broken course */
};

/* How the time grows with the size, and what is known about it. */
struct pc_growth {
    bool measured;
    enum pc_decision decision;  /* against the limit */
    double exponent, low, high; /* median of the rounds, 95 % order-statistic interval */
    const char *law;            /* "n log n", or "" when no simple law fits */
    size_t n;
    struct {
        size_t size;
        double ns; /* an operation, median of the rounds */
    } points[PC_GROWTH_SIZES];
    uint32_t rounds;
    /* starter's time by the kernel's at the smallest size: the best of a few restarts, NAN
     * when that was not measured */
    double small_ratio;
    int64_t wall_ns;
    double busy; /* as in struct pc_speed */
    struct pc_crash crash;
    bool differs, crash_in_base;
};

/* Latencies of single operations, and what is known about them. */
struct pc_tails {
    bool measured;
    struct pc_tail {
        enum pc_decision decision; /* against the limit; without one it goes on */
        double ratio, low, high; /* kernel's by starter's quantile: median of the restarts,
                                      95 % order-statistic interval */
        double base_ns, candidate_ns;
    } quantiles[PC_QUANTILES];
    uint32_t restarts;
    int64_t wall_ns;
    double busy; /* as in struct pc_speed */
    struct pc_crash crash;
    bool differs, crash_in_base;
};

enum pc_verdict_kind { PC_VERDICT_PASS, PC_VERDICT_FAIL, PC_VERDICT_UNSURE };

/* Metrics, the speed-up, growth, latencies and the hotspot. */
enum { PC_GOALS_MAX = PC_LIMITS_MAX + PC_QUANTILES + 3 };

/* One judged limit. */
struct pc_goal {
    char metric[PC_METRIC_NAME]; /* "speedup" for the ratio, "growth" for the exponent,
                                    "p99" for a quantile, "hotspot" for the answer */
    enum pc_verdict_kind kind;
    bool gold, silver; /* beyond the pass */
    double value, bound;
    double middle;  /* of a band, a limit with a min and a max: their geometric mean; 0 when
                       there is one bound only */
    bool at_most;   /* the bound is a maximum */
    char *sentence; /* metric, value, bound and the next step, one line */
};

struct pc_verdict {
    enum pc_code code;   /* the exit code of this exercise */
    enum pc_medal medal; /* beyond the pass; none without one */
    struct pc_goal goals[PC_GOALS_MAX];
    size_t n_goals;
    char *reason;       /* one line for a person */
    char *next;         /* what to do next, may be NULL */
    bool speed_skipped; /* --quick: everything but the time was judged */
};

/* Deep copies, for those who are shown a result during a call and keep it. */
void pc_build_copy(struct pc_build *to, const struct pc_build *from);
void pc_tests_copy(struct pc_tests *to, const struct pc_tests *from);
void pc_verdict_copy(struct pc_verdict *to, const struct pc_verdict *from);

void pc_build_fini(struct pc_build *build);
void pc_tests_fini(struct pc_tests *tests);
void pc_verdict_fini(struct pc_verdict *verdict);

/* Of several exit codes the one that the program gives (architecture 4.7):
 * the first of 130, 7, 2, 3, 5, 4, 1, 6, 0 that occurs. */
enum pc_code pc_worse_code(enum pc_code a, enum pc_code b);

#endif
