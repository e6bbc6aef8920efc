#include "pick_n.h"

/* Runs of a hundred until their sum is long enough: that is not one run, and each of them is
 * too short for the clock. */
struct timing time_it(const struct target *t, uint64_t want_ns)
{
    uint64_t n = 0, sum = 0;
    t->run(t->self, 1);
    for (int k = 0; k < 900 && sum < want_ns; k++) {
        uint64_t began = t->now(t->self);
        t->run(t->self, 100);
        sum += t->now(t->self) - began;
        n += 100;
    }
    return (struct timing){.n = n, .ns_per_op = (double)sum / (double)n};
}
