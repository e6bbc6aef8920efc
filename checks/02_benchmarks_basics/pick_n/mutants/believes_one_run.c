#include "pick_n.h"

/* One operation tells how many are needed.  It was the cold one. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    uint64_t began = t->now(t->self);
    t->run(t->self, 1);
    uint64_t one = t->now(t->self) - began;
    uint64_t n = one > 0 ? 2 * want_ns / one + 1 : want_ns;
    began = t->now(t->self);
    t->run(t->self, n);
    uint64_t took = t->now(t->self) - began;
    return (struct timing){.n = n, .ns_per_op = (double)took / (double)n};
}
