/*
 * The parent side of the hosts: starts them, gives orders, reads answers, and turns
 * whatever they do (silence, garbage, exit, flood, crash, endless loop) into a result.
 *
 * Every job runs in the loop and can be cancelled at any point; then, and whenever a job
 * ends, no process of it is left.  `done` is called from the loop, once; the job frees
 * itself after it. Cancelling frees the job, and `done` is not called.
 */
#ifndef PC_RUNNER_RUNNER_H
#define PC_RUNNER_RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/health.h"
#include "model/verdict.h"

struct pc_loop;

/* How long a host may live when nothing else is said, ms. */
enum { PC_HOST_WALL_MS = 10000 };

/* What all hosts have in common. */
struct pc_host_spec {
    const char *libexec;  /* the folder of perfcourse-run and -count */
    const char *work_dir; /* an empty folder they start in */
    uint64_t memory;      /* limit of address space, bytes; 0: 1 GiB */
    int64_t wall_ms;      /* of the whole job, or of one restart; 0: PC_HOST_WALL_MS */
    /* For programs: perfbench-count.so, or NULL.  A program that counts starts itself once
     * more, which the filter of system calls forbids; so there is none then, but all other
     * layers of the jail are. */
    const char *counter;
    const char *reads; /* for programs: a folder that they may read, or NULL */
};

/* See how a host is shut in here, by starting one. */
struct pc_jail_job;
struct pc_jail_job *pc_jail_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                  void (*done)(void *ctx,
                                               const struct pc_jail_found *found),
                                  void *ctx, struct pc_err *err);
void pc_jail_cancel(struct pc_jail_job *job);

/* Run the tests of a sanitized program.  `done` may keep nothing of `tests`. */
struct pc_tests_job;
struct pc_tests_job *pc_tests_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                    const char *program, uint64_t seed,
                                    void (*done)(void *ctx, const struct pc_tests *tests),
                                    void *ctx, struct pc_err *err);
void pc_tests_cancel(struct pc_tests_job *job);

/* Instead of a size: the first one that the bench has. */
#define PC_SIZE_FIRST SIZE_MAX

/* Which bench, at which size; "" is the only one. */
struct pc_bench_spec {
    const char *bench;
    size_t size;
    bool calls;        /* counting: system calls, too, which takes a run of its own */
    int window_ms;     /* timing: how long a restart measures, at least; 0: as is usual */
    unsigned threads;  /* timing: of a parallel bench, on any processor; 0: no threads */
    uint64_t tail_ops; /* timing: latencies of so many operations of each side instead of
                          pairs of batches; 0: pairs */
};

/* Count allocations of `ops` operations exactly, twice with different seeds drawn from
 * `seed`; then system calls, if the bench asks for them.  Where the machine does not let
 * these be counted, the rest is told all the same. */
struct pc_count_job;
struct pc_count_job *pc_count_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                    const char *object, const struct pc_bench_spec *bench,
                                    uint32_t ops, uint64_t seed,
                                    void (*done)(void *ctx, const struct pc_counts *counts),
                                    void *ctx, struct pc_err *err);
void pc_count_cancel(struct pc_count_job *job);

/* Time two objects against each other, restart by restart.  After each restart `restart` is
 * called; it says whether to go on.  Ends after `budget_ms` at the latest (the restart that
 * runs then is finished first).  Without a `base` (NULL) the candidate is timed alone: the
 * ratio and what is told of the baseline are 0, and nothing can differ. */
struct pc_pair_end {
    bool out_of_time;
    struct pc_crash crash; /* ending NONE when all went well */
    bool crash_in_base;
    bool differs; /* the results of the two disagree */
    int64_t wall_ns;
    double busy; /* other processors busy meanwhile, from /proc/stat; information */
};
struct pc_pair_ops {
    bool (*restart)(void *ctx, const struct pc_restart *restart);
    void (*done)(void *ctx, const struct pc_pair_end *end);
};
struct pc_pair_job;
struct pc_pair_job *pc_pair_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                  const char *base, const char *candidate,
                                  const struct pc_bench_spec *bench, uint64_t seed,
                                  int64_t budget_ms, const struct pc_pair_ops *ops,
                                  void *ctx, struct pc_err *err);
void pc_pair_cancel(struct pc_pair_job *job);

/* Let an object run alone, and record where it spends its time (wire/recording.h): windows of
 * `window_ms`, until `more` has enough or `most_ms` have passed.  The recording also holds
 * what was seen of a kernel that had to be killed. */
struct pc_record_spec {
    bool locks;  /* where it waits for its own threads (wire/locks.h) instead, of a
                    PC_FRAMED_OBJECT */
    bool wall;   /* by the clock, instead of by processor time */
    unsigned hz; /* samples a second of each thread; 0: 250 */
    int window_ms, most_ms;
};
struct pc_record_end {
    const void *recording; /* `size` bytes, valid during the call */
    size_t size;
    struct pc_crash crash; /* ending NONE when all went well */
    size_t at;             /* the size that the bench had */
    uint64_t ops;          /* that were recorded, as far as the kernel came back */
    int64_t wall_ns;       /* of all of it */
    double allocs; /* of pc_allocs_start(): the mean of allocs/op, as checks count them */
};
struct pc_record_ops {
    /* Between two windows, while the kernel waits: whether to go on.  It must not cancel the
     * job.  NULL: until the end. */
    bool (*more)(void *ctx, const void *recording, size_t size);
    void (*done)(void *ctx, const struct pc_record_end *end);
};
struct pc_record_job;
struct pc_record_job *pc_record_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                      const char *object, const struct pc_bench_spec *bench,
                                      const struct pc_record_spec *spec, uint64_t seed,
                                      const struct pc_record_ops *ops, void *ctx,
                                      struct pc_err *err);
void pc_record_cancel(struct pc_record_job *job);

/* Let an object run alone, one operation at a time, and record where it allocates
 * (wire/sites.h).  The object must be a PC_FRAMED_OBJECT (toolchain/toolchain.h).  The
 * recording also holds what was seen of a kernel that had to be killed; its operations are 0
 * then. */
struct pc_allocs_job;
struct pc_allocs_job *
pc_allocs_start(struct pc_loop *loop, const struct pc_host_spec *host, const char *object,
                const struct pc_bench_spec *bench, uint32_t ops, uint64_t seed,
                void (*done)(void *ctx, const struct pc_record_end *end), void *ctx,
                struct pc_err *err);
void pc_allocs_cancel(struct pc_allocs_job *job);

/* Run a plain bench program (perfcourse bench) with arguments; its output goes to `data` as
 * it comes. */
struct pc_program_job;
struct pc_program_ops {
    void (*data)(void *ctx, bool is_stderr, const char *data, size_t n);
    /* `status` is its exit status when crash->ending is NONE. */
    void (*done)(void *ctx, int status, const struct pc_crash *crash);
};
struct pc_program_job *pc_program_start(struct pc_loop *loop,
                                        const struct pc_host_spec *host,
                                        const char *const *argv,
                                        const struct pc_program_ops *ops, void *ctx,
                                        struct pc_err *err);
void pc_program_cancel(struct pc_program_job *job);

#endif
