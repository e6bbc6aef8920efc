/*
 * One running test or benchmark of a bench program, and the program around it.
 */
#ifndef PERFBENCH_RUN_H
#define PERFBENCH_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "perfbench/core.h"
#include "perfbench/counter.h"
#include "perfbench/match.h"
#include "perfbench/options.h"

enum { BENCH_NAME_MAX = 256 };

struct bench_run;
struct bench_pass;  /* what the counting pass of an entry found */
struct bench_tally; /* this process is a counting pass */

struct bench_program {
    struct bench_options options;
    char **argv;
    pid_t pid;
    struct bench_host bench_host, test_host; /* for benchmarks and for tests */
    const struct bench_entry **entries;      /* files as linked, lines in order */
    size_t n_entries;
    struct bench_match bench, run;
    uint64_t seed; /* of the running entry */
    unsigned cpu;  /* threads of the running round */
    void (*report)(struct bench_run *run);
    void *reporter;            /* the reporter's own */
    struct bench_tally *tally; /* NULL: times are measured, not allocations */
    struct bench_pass *pass;   /* of the running entry, NULL when there was none */
    size_t entry;              /* index of the running entry */
    size_t size;               /* and its size */
    unsigned width;            /* of the names in the output */
    bool printed_header, warned_of_counting;
    bool finished; /* an exit before is a kernel's doing */
};

struct bench_run {
    struct bench_core core;
    struct bench_program *program;
    struct bench_run *parent; /* NULL for an entry of the registry */
    enum bench_kind kind;
    char name[BENCH_NAME_MAX]; /* "join/n=100", as filters see it */
    unsigned level;            /* slashes in the name */
    bool only_subs;            /* the pattern wants what is below, not the run itself */
    bool has_subs;
    bool looping, finished;          /* bench_loop() was called, and has ended */
    bool blamed;                     /* the failure is that of a run below */
    bool tallied;                    /* the batch that is counted has begun */
    unsigned batches;                /* so far */
    uint64_t from;                   /* first iteration of the batch */
    uint64_t ops, elapsed;           /* of the last whole batch */
    uint64_t waited;                 /* in it for due times; not part of `elapsed` */
    struct perfbench_counts counted; /* of it, in a counting pass */
    struct perfbench_counts since;   /* totals when counting went on */
};

static inline struct bench_run *bench_run_of(struct bench *b)
{
    return (struct bench_run *)bench_core_of(b)->owner;
}

/* run.c: run the entry with this index at one of its sizes (0: none) and report it and
 * everything below.  False when something failed. */
bool bench_run_entry(struct bench_program *program, size_t index, size_t size,
                     uint64_t seed);

/* Whether the filters select the entry at all. */
bool bench_run_selected(const struct bench_program *program,
                        const struct bench_entry *entry, size_t size);

/* The name of an entry at a size, as filters see it. */
void bench_run_name(char name[BENCH_NAME_MAX], const struct bench_entry *entry,
                    size_t size);

/* measure.c: batches.  A plan of 0 operations means that the last batch was enough. */
uint64_t bench_batch_plan(struct bench_run *run);
void bench_batch_begin(struct bench_run *run);
void bench_batch_end(struct bench_run *run, uint64_t ops);
void bench_hosts_init(struct bench_program *program); /* needs program->tally */

/* parallel.c: host functions. */
void bench_parallel_run(struct bench *b, void (*body)(struct bench_thread *t, void *arg),
                        void *arg);
bool bench_parallel_next(struct bench_thread *t);

/* run.c: the host function behind bench_run(). */
bool bench_run_below(struct bench *b, const char *name,
                     void (*fn)(struct bench *b, void *arg), void *arg);

#endif
