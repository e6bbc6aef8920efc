/*
 * A machine that exists on paper only: operations of a known cost, a clock that goes on in
 * steps, and nobody else who uses it.  A run of a year takes no time.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <math.h>
#include <setjmp.h>
#include <stdbool.h>

#include "pick_n.h"

enum { MACHINE_RUNS = 1000 };

struct machine {
    double op_ns, cold_ns; /* one operation; what the first call takes on top */
    uint64_t step_ns;      /* of the clock */
    uint64_t seed;
    /* What has happened. */
    double ns;
    unsigned runs, looks;
    /* The last run: its operations, and the looks at the clock right before and after it. */
    uint64_t n, before, after, look;
    bool looked_before, looked_after, first;
    jmp_buf out; /* to here when there is no end of it */
};

static inline uint64_t machine_now(void *self)
{
    struct machine *m = self;
    m->ns += 20;
    m->looks++;
    uint64_t now = 1000000007 + (uint64_t)m->ns;
    m->look = now - now % m->step_ns;
    if (!m->looked_after)
        m->after = m->look;
    m->looked_after = true;
    return m->look;
}

/* Up to 8 % more or less than its cost, as on real machines. */
static inline double machine_luck(struct machine *m)
{
    m->seed = m->seed * 6364136223846793005 + 1442695040888963407;
    return 0.92 + 0.16 * (double)(m->seed >> 40) / (1 << 24);
}

static inline void machine_run(void *self, uint64_t n)
{
    struct machine *m = self;
    if (m->runs == MACHINE_RUNS)
        longjmp(m->out, 1);
    m->before = m->look;
    m->looked_before = m->looks > 0 && (m->runs == 0 || m->looked_after);
    m->looked_after = false;
    m->first = m->runs == 0;
    m->ns += 5 + (double)n * m->op_ns * machine_luck(m) + (m->first ? m->cold_ns : 0);
    m->runs++;
    m->n = n;
}

/* Cold calls cost a tenth of a millisecond and two operations more. */
static inline void machine_init(struct machine *m, double op_ns, uint64_t step_ns,
                                uint64_t seed)
{
    *m = (struct machine){
        .op_ns = op_ns, .cold_ns = 1e5 + 2 * op_ns, .step_ns = step_ns, .seed = seed};
}

/* Let time_it() time it; false when it has run it far too often. */
static inline bool machine_time(struct machine *m, uint64_t want_ns, struct timing *answer)
{
    const struct target t = {machine_run, machine_now, m};
    if (setjmp(m->out))
        return false;
    *answer = time_it(&t, want_ns);
    return true;
}

/* The least that anybody could need who knew the costs: a cold operation, and then as many
 * as the time asks for. */
static inline double machine_needs(const struct machine *m, uint64_t want_ns)
{
    return m->cold_ns + m->op_ns + fmax(m->op_ns, (double)want_ns);
}

#endif
