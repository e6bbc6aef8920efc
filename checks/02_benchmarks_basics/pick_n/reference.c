#include "pick_n.h"

/* The next number of operations: as many as the last run says are needed and a fifth more,
 * but at most ten times as many: a run that was too short is not to be believed. */
static uint64_t next_n(uint64_t n, uint64_t took, uint64_t want_ns)
{
    double most = 10 * (double)n, guess = most;
    if (took > 0)
        guess = 1.2 * (double)want_ns / (double)took * (double)n;
    if (guess > most)
        guess = most;
    return guess > (double)n + 1 ? (uint64_t)guess : n + 1;
}

struct timing time_it(const struct target *t, uint64_t want_ns)
{
    t->run(t->self, 1);
    for (uint64_t n = 1;;) {
        uint64_t began = t->now(t->self);
        t->run(t->self, n);
        uint64_t took = t->now(t->self) - began;
        if (took >= want_ns)
            return (struct timing){.n = n, .ns_per_op = (double)took / (double)n};
        n = next_n(n, took, want_ns);
    }
}
