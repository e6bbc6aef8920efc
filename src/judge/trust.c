#include "judge/trust.h"

#include <string.h>

#include "base/mem.h"

enum { FEWEST = 10 };

static const double unreliable_median = 0.08, unreliable_p90 = 0.25, slow_p90 = 0.03;
static const double much_steal = 0.05, much_busy = 0.5;

static enum pc_trust level_of(const struct pc_health *h)
{
    if (h->restarts < FEWEST || !(h->noise_median < unreliable_median) ||
        !(h->noise_p90 < unreliable_p90))
        return PC_TRUST_UNRELIABLE;
    return h->noise_p90 < slow_p90 ? PC_TRUST_RELIABLE : PC_TRUST_SLOW;
}

/* The first cause that shows; the order is that of how much a person can do about it. */
static const char *remedy_for(const struct pc_health *h)
{
    const struct pc_machine *m = &h->machine;
    if (h->busy >= much_busy)
        return "end the other work, or use --careful";
    if (h->steal >= much_steal)
        return "the host gives its processors to others: try at another time, or with "
               "--careful";
    if (strcmp(m->governor, "powersave") == 0)
        return "use the governor performance: cpupower frequency-set -g performance";
    if (m->mhz_high > m->mhz_low)
        return "plug the machine in and let it cool, or use --careful";
    return "use --careful, which measures for up to 10 s";
}

enum pc_trust pc_judge_trust(const struct pc_health *h, char **reason, const char **remedy)
{
    enum pc_trust trust = level_of(h);
    *remedy = trust == PC_TRUST_RELIABLE ? NULL : remedy_for(h);
    if (h->restarts == 0) {
        *reason = pc_strdup("nothing could be measured");
        *remedy = h->compiler ? "see trouble" : "install a C compiler";
    } else if (h->restarts < FEWEST) {
        *reason = pc_strfmt("only %d restarts in all the time", h->restarts);
    } else {
        *reason = pc_strfmt("9 of 10 restarts are within %.2f %% of the truth",
                            h->noise_p90 * 100);
    }
    return trust;
}
