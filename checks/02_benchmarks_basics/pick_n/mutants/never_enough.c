#include "pick_n.h"

/* Waits for a time that no short run reaches. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    for (;;) {
        uint64_t began = t->now(t->self);
        t->run(t->self, 10);
        uint64_t took = t->now(t->self) - began;
        if (took >= want_ns)
            return (struct timing){.n = 10, .ns_per_op = (double)took / 10};
    }
}
