#include "pick_n.h"

/* A short run takes no time at all, says a coarse clock. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    t->run(t->self, 1);
    for (uint64_t n = 1;;) {
        uint64_t began = t->now(t->self);
        t->run(t->self, n);
        uint64_t took = t->now(t->self) - began;
        if (took >= want_ns)
            return (struct timing){.n = n, .ns_per_op = (double)took / (double)n};
        uint64_t guess = n * want_ns / took;
        n = guess > n ? guess : n + 1;
    }
}
