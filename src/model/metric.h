/*
 * Metrics: numbers with a unit, named as Go's benchmark format names them, and the limits
 * that an exercise sets on them.
 */
#ifndef PC_MODEL_METRIC_H
#define PC_MODEL_METRIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "model/tail.h"

enum { PC_METRIC_NAME = 32, PC_METRICS_MAX = 32, PC_LIMITS_MAX = 16 };

/* What was counted over the operations of one run; exact integers for the built-in ones. */
struct pc_metric {
    char name[PC_METRIC_NAME]; /* "allocs/op", "B/op", "peak-B", "live-B", "cap/len" */
    double min, max, mean;     /* over the operations counted */
};

struct pc_metrics {
    size_t n;
    struct pc_metric items[PC_METRICS_MAX];
};

enum pc_stat { PC_STAT_MAX, PC_STAT_MEAN };

/* A bound on a metric.  The value judged is the statistic over operations: the mean, or the
 * operation that comes off worst, which is the largest for `max` and the smallest for
 * `min`. */
struct pc_limit {
    char metric[PC_METRIC_NAME];
    double max, min; /* INFINITY and -INFINITY when there is no such bound */
    double gold;     /* a bound beyond the pass, NAN when there is none: at most this when
                        `max` is finite, else at least */
    enum pc_stat stat;
};

/* The ladder above a pass: silver is near the course's own solution, gold beyond it or, where
 * a count cannot be lower, level with it. */
enum pc_medal { PC_MEDAL_NONE, PC_MEDAL_SILVER, PC_MEDAL_GOLD };

/* "passed", "silver" or "gold": what a pass is called. */
const char *pc_medal_name(enum pc_medal medal);

/* The bound on the speed-up over the starter, which is a ratio of times. */
struct pc_speed_limit {
    bool set;
    double min;          /* to pass */
    double silver, gold; /* NAN when there is none */
    size_t at;           /* the size it is judged at; 0 when the bench has no sizes */
    char bench[64];      /* name of the bench, "" when there is only one */
    /* Of kernels with threads: judged with as many as there are processors, at most `cpus`
     * (0: a kernel of one thread) and not with fewer than `least`.  `per_cpu`: the bounds
     * are for each of them until pc_speed_limit_here() has been asked. */
    unsigned cpus, least;
    bool per_cpu;
    unsigned allowed, threads; /* here; threads 0 with `cpus`: it cannot be judged here */
};

/* Fill in what depends on how many processors may be used. */
void pc_speed_limit_here(struct pc_speed_limit *limit, unsigned allowed);

enum { PC_GROWTH_SIZES = 8 };

/* The bound on how the time grows with the size n: as n^k, with k at most `max`. */
struct pc_growth_limit {
    bool set;
    double max, gold; /* exponents; gold is NAN when there is none */
    size_t n;         /* sizes it is measured at, in ascending order: at least three */
    size_t sizes[PC_GROWTH_SIZES];
    char bench[64]; /* name of the bench, "" when there is only one */
};

/* Everything of checks/NN/EX/limits.lua. */
struct pc_limits {
    struct pc_speed_limit speedup;
    struct pc_growth_limit growth;
    struct pc_tail_limit tail;
    size_t n;
    struct pc_limit items[PC_LIMITS_MAX];
    char hotspot[32]; /* the constant that names the hotspot; "" when nobody asks */
    bool races;       /* the tests run once more, under ThreadSanitizer */
    size_t count_at;  /* the size at which metrics are counted; 0: as speedup.at */
    char **allow;     /* symbols that the kernel may use although they are refused */
    size_t n_allow;
    char **needs; /* pkg-config names of libraries that it links */
    size_t n_needs;
    char **fails; /* why the starter must fail: metric names, "speedup", "hotspot", "wrong",
                     "crash", "leak" */
    size_t n_fails;
    struct pc_mutant {
        char *name; /* mutants/NAME.c */
        char **fails;
        size_t n_fails;
    } * mutants;
    size_t n_mutants;
    char *file; /* where it was read, for messages */
};

/* Whether it is the same number each time for the same inputs: not what the system does for
 * the process. */
bool pc_metric_is_exact(const char *name);

/* Whether it is counted in a run of its own, in which system calls are followed. */
bool pc_metric_needs_calls(const char *name);

/* Whether it is about the compiled code and not about what the code does: "sizeof.TYPE",
 * "padding.TYPE", "stack-B.FUNCTION".  `of`, if not NULL, gets TYPE or FUNCTION. */
bool pc_metric_is_of_code(const char *name, const char **of);

const struct pc_metric *pc_metrics_find(const struct pc_metrics *metrics, const char *name);

/* What is asked of a metric, for a list: "at most 24", "at least 0.9", "0.8 to 1.25". */
enum { PC_LIMIT_TEXT = 2 * PC_UNITS_MAX + 16 };
const char *pc_limit_text(const struct pc_limit *limit, char buf[PC_LIMIT_TEXT]);

/* The value that is held against a bound of the limit, its maximum or its minimum: the
 * operation that comes off worst, or the mean. */
double pc_limit_value(const struct pc_limit *limit, const struct pc_metric *metric,
                      bool at_most);

/* Add or widen: a second run of the same metric keeps min of mins, max of maxes, and the
 * mean of means. */
void pc_metrics_merge(struct pc_metrics *into, const struct pc_metrics *from);

/* Sizes from..to for measuring growth, each the same factor above the one before; from < to.
 */
void pc_growth_spread(size_t from, size_t to, struct pc_growth_limit *limit);

void pc_limits_fini(struct pc_limits *limits);

#endif
