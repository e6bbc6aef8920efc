/*
 * A function run in a child that is stopped at its system calls: there it is killed, or the
 * call is torn or made to fail.  What it left behind is for the test to judge.
 *
 * Between two system calls a process changes nothing that outlives it (memory that it shares
 * apart), so these are all the moments at which a kill can matter.
 */
#ifndef TESTS_UNIT_KILLER_H
#define TESTS_UNIT_KILLER_H

#include <stdbool.h>

enum killer_act {
    KILLER_BEFORE, /* SIGKILL when the call is about to be made */
    KILLER_AFTER,  /* SIGKILL when it has been made */
    KILLER_TORN,   /* a write of which half arrives, and SIGKILL; other calls: after */
    KILLER_FAIL,   /* the call is not made and fails with `error` */
    KILLER_MEET,   /* `meet(ctx)` runs in the parent while the child stands at the call */
};

struct killer_plan {
    enum killer_act act;
    bool all;     /* count every call, not only those that change files */
    unsigned nth; /* counts from 1 */
    int error;    /* for KILLER_FAIL */
    void (*meet)(void *ctx);
    void *ctx; /* of `meet` */
};

struct killer_end {
    bool reached; /* there was such a call */
    long call;    /* its number, as SYS_write */
    bool ended;   /* the function came to its end, */
    int code;     /* and gave this */
};

/* What everything that writes must survive. */
enum { KILLER_KILLS = 3, KILLER_FAILURES = 2 };
extern const struct killer_plan killer_kills[KILLER_KILLS], killer_tear,
    killer_failures[KILLER_FAILURES];

/* Skip the test where a parent may not trace its child, or change its calls. */
void killer_needs(enum killer_act act);

/* Whether every kind of strike shall be tried: in `make check-hostile`. */
bool killer_has_time(void);

/* Run `function(ctx)`; it works on files and on memory that is shared.  The plan that
 * reaches no call any more ends a loop over all of them.  Fails the test when the child
 * hangs or crashes by itself. */
struct killer_end killer_run(const struct killer_plan *plan, int (*function)(void *ctx),
                             void *ctx);

/* `n` zeroed bytes that parent and child share; nothing else of the child's memory is seen.
 * killer_unshare frees them. */
void *killer_share(unsigned long n);
void killer_unshare(void *memory, unsigned long n);

#endif
