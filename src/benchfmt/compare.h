/*
 * What files of benchmark results say: of one file a summary, of two the differences.
 *
 * The numbers are those of benchstat: medians with intervals of order statistics, the U test
 * of Mann and Whitney, geometric means.  Two things are added.  With many benchmarks the
 * p-values are corrected (Holm), all those of a unit together: units repeat one another
 * (MB/s is ns/op again), benchmarks do not.  And settings in which the files differ are
 * found, for then the difference may not be the code's.
 *
 * A setting that changes within a file divides the results into groups.
 */
#ifndef PC_BENCHFMT_COMPARE_H
#define PC_BENCHFMT_COMPARE_H

#include "benchfmt/benchfmt.h"

struct pc_compare_spec {
    double alpha;     /* 0.05: a difference is shown when its p is at most this */
    double level;     /* 0.95: what intervals cover */
    bool uncorrected; /* --no-correction */
};

enum pc_compare_note {
    PC_NOTE_FEW_FOR_INTERVAL = 1,
    PC_NOTE_FEW_FOR_TEST = 2,
    PC_NOTE_ALL_EQUAL = 4,
    PC_NOTE_NOT_EXACT = 8, /* `assume=exact`, but the values differ */
    PC_NOTE_NAN = 16,      /* values were left out */
    PC_NOTE_NO_GEOMEAN = 32,
    PC_NOTE_SETS_DIFFER = 64, /* the geometric means are not those of the same benchmarks */
    PC_NOTE_UNIT_ALONE = 128, /* only one of the files has this unit */
    PC_NOTES_END = 256
};

/* One sample.  The centre is the median, of exact values the most frequent one.  low and
 * high are infinite when there are too few values, NAN when there is no interval. */
struct pc_compare_side {
    size_t n; /* 0: this file has no such benchmark */
    double center, low, high;
    double least, most;
};

enum pc_compare_verdict {
    PC_COMPARE_UNPAIRED, /* in one file only */
    PC_COMPARE_SAME,     /* no difference was shown, or exact values are equal */
    PC_COMPARE_BETTER,
    PC_COMPARE_WORSE,
    PC_COMPARE_OTHER, /* a difference, and nobody has said which way is better */
};

struct pc_compare_row {
    const char *name;
    const struct pc_sample *samples[PC_BENCHFMT_FILES]; /* NULL: not in this file */
    struct pc_compare_side sides[PC_BENCHFMT_FILES];
    double change;         /* new to old, 0.1 for 10 % more; NAN when that is no number */
    double p, corrected_p; /* NAN when nothing was tested */
    enum pc_compare_verdict verdict;
    unsigned notes; /* of enum pc_compare_note */
};

struct pc_compare_setting {
    const char *key;
    const char *values[PC_BENCHFMT_FILES]; /* NULL: not given */
    bool divides; /* the files are divided by it, no single value holds */
    bool matters; /* machine, compiler or flags */
};

struct pc_compare_settings {
    struct pc_compare_setting *items;
    size_t n, cap;
};

/* The results of one unit in one group. */
struct pc_compare_table {
    const char *unit;
    struct pc_benchfmt_unit facts;
    struct pc_compare_settings group; /* what divides it from the others; values[0] */
    struct pc_compare_row *items;     /* in the order of the files */
    size_t n, cap;
    size_t n_pairs;
    size_t n_tests;     /* that were corrected together, in all tables of this unit */
    size_t runs_needed; /* of each benchmark for a difference, 0: more than can be said */
    double geomeans[PC_BENCHFMT_FILES], geomean_ratio; /* NAN: none */
    unsigned notes;                                    /* of the geometric means */
};

struct pc_comparison {
    struct pc_compare_spec spec;
    const char *files[PC_BENCHFMT_FILES];
    size_t n_files;
    size_t runs_for_interval; /* 0: more than can be said */
    struct pc_compare_settings settings;
    struct pc_compare_table *items;
    size_t n, cap;
    size_t n_pairs, n_unpaired[PC_BENCHFMT_FILES];
    size_t n_better, n_worse, n_other, n_same;
};

/* Compare the files of `data`, which must outlive the comparison. */
void pc_compare(const struct pc_benchfmt *data, const struct pc_compare_spec *spec,
                struct pc_comparison *comparison);

/* How much worse, 0.1 for 10 %: more where lower is better, less where higher is.  0 for a
 * row that is not worse; infinite when it was 0 before. */
double pc_compare_loss(const struct pc_compare_table *table,
                       const struct pc_compare_row *row);

void pc_comparison_fini(struct pc_comparison *comparison);

#endif
