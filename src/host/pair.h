/*
 * Two workers that take turns: the baseline and the candidate.
 *
 * They never run at the same time, and on one processor, so that whatever the machine does
 * meets both alike.  Both were forked from the same process and share its layout, so that
 * the luck of one start cancels (docs/measuring.md).  An experiment wants to know how long
 * something takes, not compared with what: then there is one worker, and the rest is the
 * same.
 */
#ifndef PC_HOST_PAIR_H
#define PC_HOST_PAIR_H

#include "base/rng.h"
#include "base/str.h"
#include "host/member.h"
#include "wire/line.h"

enum pc_side { PC_BASE, PC_CANDIDATE, PC_SIDES };

/* How a worker goes along. */
struct pc_pace {
    uint64_t n;     /* iterations that take about one batch length */
    double ns;      /* one of them, when warm */
    uint64_t warm;  /* time it has run before the first window, ns */
    bool cpu_clock; /* one iteration is long: it will be preempted, time it by its own clock
                     */
    /* The host's own observations since pc_turn_forget(). */
    uint64_t cpu_seen; /* processor time when its last turn ended */
    uint64_t cpu_idle; /* used while it was not its turn */
    uint64_t pauses;   /* times that it was not */
    uint64_t cpu_busy; /* used in its turns */
    struct pc_doubles {
        double *items;
        size_t n, cap;
    } shares,   /* claimed time by time it must have used, one per turn */
        parts;  /* the same for timed parts, one per audit */
    bool stops; /* the bench leaves parts out of the time */
};

struct pc_pair {
    const char *name; /* of the host, as hello tells it */
    int sides;        /* PC_SIDES, or 1: a kernel that is timed alone, in the first place */
    struct pc_member members[PC_SIDES];
    struct pc_pace paces[PC_SIDES];
    struct pc_rng rng;
    uint64_t batch_ns;          /* the length of a batch */
    uint64_t digests[PC_SIDES]; /* of everything that was compared */
    uint64_t iteration;         /* the number that the next one gets */
    unsigned threads; /* kernels use so many: no fixed processor, wall clock only; or 0 */
    bool may_sleep;   /* nothing is judged: batches end by the clock, also of what waits */
    bool is_set_up;
};

/* Let one side run a batch, and check what it says against the host's own clocks.  False
 * when the host has answered with an end. */
bool pc_turn_take(struct pc_pair *pair, enum pc_side side, const struct pc_batch *batch,
                  struct pc_batch_answer *answer);

void pc_pace_fini(struct pc_pace *pace);

/* Note that a timed part that is said to have taken `span` has used `cpu`. */
void pc_turn_compare(struct pc_pair *pair, enum pc_side side, uint64_t span, uint64_t cpu);

/* Begin new observations. */
void pc_turn_forget(struct pc_pair *pair);

/* Whether the observations since then are plausible; answers with an end when not. */
bool pc_turn_plausible(struct pc_pair *pair);

/* Find how many iterations make a batch, for each side, while warming them up. */
bool pc_pace_find(struct pc_pair *pair);

/* Run `digested` iterations from pair->iteration on by both sides and compare what they
 * say. */
bool pc_pair_agree(struct pc_pair *pair, uint64_t digested);

/* Answer that the results of iterations first .. first+n-1 with set `inputs` differ; false.
 */
bool pc_pair_differ(struct pc_pair *pair, uint64_t inputs, uint64_t first, uint64_t n);

/* What both are to do in the next pair, and how many iterations that takes at most. */
void pc_pair_plan(const struct pc_pair *pair, struct pc_batch batches[PC_SIDES]);
uint64_t pc_pair_longer(const struct pc_pair *pair,
                        const struct pc_batch batches[PC_SIDES]);

/* Have a batch of the candidate that looks like every other one, and look at results from
 * its timed part and at the processor time that this part takes.  False as above. */
bool pc_pair_audit(struct pc_pair *pair);

/* The median; `values` are left in another order.  `n` >= 1. */
double pc_median(double *values, size_t n);

/* The value that the share `p` of them do not exceed; `values` are left sorted, `n` >= 1. */
double pc_quantile(double *values, size_t n, double p);

/* Serve an order for latencies (tails.c). */
bool pc_tails_serve(void *host, const struct pc_line *order);

/* Add what is told of each side: "base-ns=...". */
void pc_pair_add(struct pc_str *line, const struct pc_pair *pair, enum pc_side side,
                 const char *what, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Serve orders until the end. */
void pc_pair_serve(struct pc_pair *pair);

#endif
