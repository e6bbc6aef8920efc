/*
 * Files of benchmark results, as `perfcourse bench`, libperfbench and `go test -bench` write
 * them (golang.org/design/14313-benchmark-format, with the lines about units that benchstat
 * added).
 *
 * Lines `key: value` hold for the results that follow, until the key is given anew.  Results
 * are collected in samples: the values that one benchmark gave for one unit while the same
 * settings held.
 */
#ifndef PC_BENCHFMT_BENCHFMT_H
#define PC_BENCHFMT_BENCHFMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/words.h"
#include "benchfmt/atoms.h"

enum { PC_SETTINGS_MAX = 64 };

/* The values of all keys, in the order of their numbers: 0, or the value's number plus 1. */
struct pc_settings {
    uint32_t values[PC_SETTINGS_MAX];
};

enum pc_better { PC_BETTER_UNKNOWN, PC_BETTER_LOWER, PC_BETTER_HIGHER };

/* What is known of a unit. */
struct pc_benchfmt_unit {
    bool exact;            /* repeated runs give the same value */
    bool tells_assumption; /* a file has said whether it is exact */
    bool tells_better;
    enum pc_better better;
    unsigned files; /* that have values of it: bit 0 is the first one */
};

struct pc_sample {
    uint32_t settings, name, unit;
    double *items; /* in the order of the file, without NaN */
    size_t n, cap;
    size_t n_nan; /* how many were left out */
};

struct pc_benchfmt_file {
    char *name;            /* as it is called in messages */
    struct pc_atoms index; /* of samples: settings, name and unit */
    struct pc_sample *items;
    size_t n, cap;
};

enum { PC_BENCHFMT_FILES = 2 };

/* Up to two files, which share their numbers.  A zeroed struct holds none. */
struct pc_benchfmt {
    struct pc_atoms keys, values, settings, names, units;
    struct pc_benchfmt_unit *unit_facts; /* by number of the unit */
    size_t unit_facts_cap;
    struct pc_benchfmt_file files[PC_BENCHFMT_FILES];
    size_t n_files;
};

/* Read one more file, whose text is taken apart for that.  Keys among `ignored` are passed
 * over.  Lines that are none of the format are ignored, as its grammar says; a line that
 * begins as a result or as one about a unit and goes on otherwise is an error
 * (PC_USAGE, "FILE:LINE: reason"), and so is a file without a single result. */
bool pc_benchfmt_read(struct pc_benchfmt *data, const char *name, char *text, size_t n,
                      const struct pc_words *ignored, struct pc_err *err);

const struct pc_settings *pc_benchfmt_settings(const struct pc_benchfmt *data,
                                               uint32_t number);

void pc_benchfmt_fini(struct pc_benchfmt *data);

#endif
