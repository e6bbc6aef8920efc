#include "pick_n.h"

/* As if the clock had been started for us. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    t->run(t->self, 1);
    for (uint64_t n = 1;; n *= 2) {
        t->run(t->self, n);
        uint64_t took = t->now(t->self);
        if (took >= want_ns)
            return (struct timing){.n = n, .ns_per_op = (double)took / (double)n};
    }
}
