/*
 * The flags of a bench program, which mirror those of `go test`.
 */
#ifndef PERFBENCH_OPTIONS_H
#define PERFBENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BENCH_CPUS_MAX = 32 };

struct bench_options {
    const char *bench, *run, *list; /* regular expressions, NULL when not given */
    const char *pkg;                /* what the output calls this program; NULL: its file */
    const char *flags;              /* it was compiled with; NULL: not told */
    const char *cpuprofile;         /* file for a profile; NULL: none is taken */
    const char *memprofile;         /* the same, of allocations */
    const char *mutexprofile;       /* and of waiting for locks */
    bool benchmem, latency, wire, help;
    uint64_t benchtime;     /* ns */
    uint64_t benchtime_ops; /* of "100x"; 0: go by time */
    unsigned count;
    unsigned n_cpus, cpus[BENCH_CPUS_MAX];
    bool has_seed;
    uint64_t seed;
};

/* Read the command line; strings stay argv's.  False with one line in `why` when it cannot
 * be understood. */
bool bench_options_parse(struct bench_options *o, const char *const *argv, char *why,
                         size_t size);

/* What --help prints. */
extern const char bench_options_help[];

#endif
