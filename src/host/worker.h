/*
 * The inside of a worker: the process that loads a kernel and runs one of its benches.
 *
 * The bench function runs once.  Each time it has used up its iterations its loop lands in
 * the worker's `next`, which answers the host and waits for the next batch.
 */
#ifndef PC_HOST_WORKER_H
#define PC_HOST_WORKER_H

#include <stdint.h>
#include <time.h>

#include "host/jail.h"
#include "host/mailbox.h"
#include "host/object.h"
#include "perfbench/core.h"

/* The parts of a batch, in this order. */
enum pc_phase { PC_PHASE_WAITING, PC_PHASE_DIGESTED, PC_PHASE_UNTIMED, PC_PHASE_TIMED };

struct pc_meter;

struct pc_worker {
    struct bench_core core;
    struct bench_host table;
    struct pc_object object;
    struct pc_mailbox *box;
    const struct pc_meter *meter;
    enum pc_phase phase;
    unsigned threads;   /* of a parallel bench; 0: it gets none */
    bool has_crew;      /* threads run the iterations, and measure the timed ones */
    bool own_latencies; /* the bench tells latencies that it has measured itself */
    bool looped;
    /* Of the timed iterations, those that are run now, or were last. */
    uint64_t stretch_begin, stretch_end;
    uint64_t digest_before;   /* the digest without the audited iterations */
    uint64_t received, began; /* when the order came, when the timed part began */
    uint64_t cpu_began;
    clockid_t clock;
};

/* How a host measures the timed part of a batch: by clocks or by counters. */
struct pc_meter {
    void (*begin)(struct pc_worker *worker);
    void (*end)(struct pc_worker *worker);
    /* Before the set-up of the bench, which does not run when it fails; may be NULL. */
    bool (*set_up)(struct pc_worker *worker);
    /* When the bench has torn down; may be NULL. */
    void (*over)(struct pc_worker *worker);
    /* Replace in the table what depends on the way of measuring. */
    void (*adapt)(struct bench_host *table);
};

struct pc_worker_spec {
    const char *object;
    struct pc_jail jail; /* which lets the object be read */
    const struct pc_meter *meter;
    unsigned threads; /* as of struct pc_worker */
};

/* Become a worker: shut in, load, do what the mailbox says, exit. */
void pc_worker_run(const struct pc_worker_spec *spec, struct pc_mailbox *box)
    __attribute__((noreturn));

static inline struct pc_worker *pc_worker_of(struct bench *b)
{
    return (struct pc_worker *)bench_core_of(b)->owner;
}

#endif
