#include "pick_n.h"

/* The last run may be ten times as long as it had to be. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    t->run(t->self, 1);
    for (uint64_t n = 1;; n *= 10) {
        uint64_t began = t->now(t->self);
        t->run(t->self, n);
        uint64_t took = t->now(t->self) - began;
        if (took >= want_ns)
            return (struct timing){.n = n, .ns_per_op = (double)took / (double)n};
    }
}
