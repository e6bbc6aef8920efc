#include "pick_n.h"

/* Operations in ten billion take a second at least.  That must be enough. */
static const uint64_t plenty = 10000000000;

struct timing time_it(const struct target *t, uint64_t want_ns)
{
    (void)want_ns;
    t->run(t->self, 1); /* warm it up */

    uint64_t began = t->now(t->self);
    t->run(t->self, plenty);
    uint64_t took = t->now(t->self) - began;
    return (struct timing){.n = plenty, .ns_per_op = (double)took / (double)plenty};
}
