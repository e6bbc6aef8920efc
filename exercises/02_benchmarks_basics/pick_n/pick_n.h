/*
 * How often must something be run to know how long it takes?
 */
#ifndef PICK_N_H
#define PICK_N_H

#include <stdint.h>

/* What is to be timed, and the clock to time it with. */
struct target {
    void (*run)(void *self, uint64_t n); /* do it n times, one after the other */
    uint64_t (*now)(void *self);         /* ns since some moment; goes on in steps */
    void *self;                          /* goes to both as it is */
};

struct timing {
    uint64_t n;       /* how often it was done */
    double ns_per_op; /* what one of them took */
};

/*
 * Time t->run() with as many operations as it takes, and no more.
 *
 * The answer is about the last call of t->run(): `n` is what it was called with, at least 1,
 * and `ns_per_op` the time between a look at the clock right before and one right after it,
 * divided by n.  By that clock the call took at least `want_ns`.
 *
 * The first call of t->run() is cold: it may take much longer, whatever its n is.  So the
 * answer is never about the first call.
 *
 * One operation takes between a third of a nanosecond and a second, the same each time up to
 * a tenth.  The clock's steps are at most a tenth of `want_ns`, which is at least 1000: a
 * short run may seem to take no time at all.  There are at most 1000 calls of t->run().
 */
struct timing time_it(const struct target *t, uint64_t want_ns);

#endif
