/*
 * Child processes.
 *
 * A child runs in a session and process group of its own, with limits that it cannot
 * raise, only the descriptors named here and the environment named here.  It dies with the
 * program (PR_SET_PDEATHSIG); the program is a subreaper, so that what a child leaves
 * behind comes to us, is killed and reaped before `done` is called.
 */
#ifndef PC_LOOP_CHILD_H
#define PC_LOOP_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct pc_loop;
struct pc_child;

enum pc_stream { PC_OUT = 1, PC_ERR = 2, PC_ANSWERS = 4 };

struct pc_child_spec {
    const char *const *argv; /* argv[0] is looked up in PATH when it holds no slash */
    const char *const *env;  /* "NAME=VALUE"..., NULL ends it; NULL itself: the own one */
    const char *cwd;         /* NULL: the current one */
    bool orders;     /* a pipe for orders on its descriptor 3 and one for answers on 4 */
    int share;       /* a descriptor of ours that becomes its descriptor 5; 0: none */
    int64_t wall_ms; /* then it is killed; 0: no limit; not counted while we are stopped */
    int64_t cpu_s;   /* 0: no limit; the same for the following */
    uint64_t memory; /* address space in bytes */
    uint64_t resident;  /* bytes in use by its group, polled; for sanitizers */
    uint64_t threads;   /* of its group, polled */
    uint64_t file_size; /* bytes of one file */
    uint64_t output;    /* bytes of out and err together */
    /* At the limit of wall time, resident memory or threads it gets SIGABRT, and so long to say where
     * it was before it is killed; 0: it is killed at once. */
    int64_t last_word_ms;
};

/* Why a child ended. */
enum pc_end {
    PC_END_EXITED,    /* by itself; `status` is its exit status */
    PC_END_SIGNAL,    /* by a signal, `status`, that was not ours */
    PC_END_WALL,      /* killed: wall_ms passed */
    PC_END_CPU,       /* killed: cpu_s used */
    PC_END_RESIDENT,  /* killed: memory in use */
    PC_END_THREADS,   /* killed: too many threads */
    PC_END_OUTPUT,    /* killed: too much output */
    PC_END_CANCELLED, /* killed by pc_child_kill() */
};

struct pc_child_end {
    enum pc_end why;
    int status;
    int64_t wall_ns;
    int64_t cpu_ns;      /* user and system, of all processes of its session */
    uint64_t peak;       /* greatest resident set of one of them, bytes */
    bool left_processes; /* it left processes behind; they are dead now */
};

struct pc_child_ops {
    /* `n` >= 1 bytes came; they are valid during the call.  After the output limit the rest
     * is dropped. */
    void (*data)(void *ctx, enum pc_stream stream, const char *data, size_t n);
    /* Called once, last; all pipes are drained.  The child is freed when it returns. */
    void (*done)(void *ctx, const struct pc_child_end *end);
};

/* Start a child.  NULL with a reason when it cannot be started (no such program, no
 * processes, no memory).  `spec` is copied; `ops` must outlive the child. */
struct pc_child *pc_child_start(struct pc_loop *loop, const struct pc_child_spec *spec,
                                const struct pc_child_ops *ops, void *ctx,
                                struct pc_err *err);

/* Queue bytes for its orders pipe; a child that has closed it loses them. */
void pc_child_order(struct pc_child *child, const char *data, size_t n);

/* Close the orders pipe after what is queued. */
void pc_child_end_orders(struct pc_child *child);

/* Kill it and its group; `done` follows with PC_END_CANCELLED. */
void pc_child_kill(struct pc_child *child);

/* The same for an owner that goes away: nothing is called back any more, and `child` must
 * not be used again.  The loop reaps it.  NULL is fine. */
void pc_child_abandon(struct pc_child *child);

int pc_child_pid(const struct pc_child *child);

#endif
