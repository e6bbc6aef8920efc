#include "judge/certify.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* What is known of one limit: the values of all kernels that must keep or miss it. */
struct spread {
    double worst, best; /* of the references; NAN as long as there is none */
    double nearest;
    const char *nearest_one;
};

static bool is_speed(const char *metric)
{
    return strcmp(metric, "speedup") == 0;
}

static const struct pc_margin *margin_on(const struct pc_tried *tried, const char *metric)
{
    for (size_t i = 0; i < tried->n_margins; i++)
        if (strcmp(tried->margins[i].metric, metric) == 0)
            return &tried->margins[i];
    return NULL;
}

static bool must_miss(const struct pc_tried *tried, const char *metric)
{
    for (size_t i = 0; i < tried->declared.n; i++)
        if (strcmp(tried->declared.items[i], metric) == 0)
            return true;
    return false;
}

/* Of two values the one that is further on the wrong side of a bound. */
static double worse(double a, double b, bool at_most)
{
    return at_most ? fmax(a, b) : fmin(a, b);
}

/* fmax and fmin leave a NAN out. */
static void add_reference(struct spread *s, double low, double value, double high,
                          bool at_most)
{
    s->worst = worse(s->worst, isnan(low) ? value : low, at_most);
    s->best = worse(s->best, isnan(high) ? value : high, !at_most);
}

static void add_refused(struct spread *s, const char *kernel, double value, bool at_most)
{
    if (isnan(s->nearest) || worse(value, s->nearest, at_most) != value) {
        s->nearest = value;
        s->nearest_one = kernel;
    }
}

static struct spread spread_of(const struct pc_exercise *exercise, const char *metric,
                               bool at_most, const struct pc_certificate *certificate)
{
    struct spread s = {.worst = NAN, .best = NAN, .nearest = NAN};
    for (size_t i = 0; i < certificate->tried.n; i++) {
        const struct pc_tried *tried = &certificate->tried.items[i];
        const struct pc_margin *m = margin_on(tried, metric);
        if (tried->exercise != exercise || !m)
            continue;
        /* A growth is missed, too, by who is slow where there is little to do. */
        bool by_value = strcmp(metric, "growth") != 0 || m->value > m->bound;
        bool timed = is_speed(metric);
        if (tried->role == PC_ROLE_REFERENCE)
            add_reference(&s, timed ? tried->low : m->value, m->value,
                          timed ? tried->high : m->value, at_most);
        else if (must_miss(tried, metric) && by_value)
            add_refused(&s, tried->kernel, timed ? tried->high : m->value, at_most);
    }
    return s;
}

/* Two digits are what an author reads and remembers. */
static double rounded(double value, bool up)
{
    if (!(value > 0) || isinf(value))
        return value;
    double unit = pow(10, floor(log10(value)) - 1);
    double steps = value / unit;
    /* What is a whole number but for the last bits stays what it is. */
    double whole = round(steps);
    if (fabs(steps - whole) > 1e-9)
        whole = up ? ceil(steps) : floor(steps);
    return whole * unit;
}

static struct pc_proposal propose(const struct pc_exercise *exercise, const char *metric,
                                  bool at_most, double now,
                                  const struct pc_certificate *certificate)
{
    const double silver = 0.9, gold = 1.25;
    struct spread s = spread_of(exercise, metric, at_most, certificate);
    struct pc_proposal p = {.exercise = exercise,
                            .at_most = at_most,
                            .silver = NAN,
                            .gold = NAN,
                            .now = now,
                            .reference = s.worst,
                            .nearest = s.nearest,
                            .nearest_one = s.nearest_one};
    snprintf(p.metric, sizeof p.metric, "%s", metric);
    double factor = at_most ? PC_REFERENCE_MARGIN : 1 / PC_REFERENCE_MARGIN;
    p.bound = strcmp(metric, "growth") == 0
                  ? rounded(s.worst + log10(PC_REFERENCE_MARGIN), at_most)
                  : rounded(s.worst * factor, at_most);
    if (is_speed(metric)) {
        p.silver = fmax(p.bound, rounded(s.worst * silver, false));
        p.gold = rounded(s.best * gold, true);
    }
    return p;
}

void pc_certify_propose(const struct pc_exercise *exercise, const struct pc_limits *limits,
                        struct pc_certificate *certificate)
{
    if (limits->speedup.set)
        *PC_PUSH(&certificate->proposals) =
            propose(exercise, "speedup", false, limits->speedup.min, certificate);
    if (limits->growth.set)
        *PC_PUSH(&certificate->proposals) =
            propose(exercise, "growth", true, limits->growth.max, certificate);
    for (size_t i = 0; i < limits->n; i++) {
        const struct pc_limit *limit = &limits->items[i];
        bool at_most = isfinite(limit->max);
        if (at_most && isfinite(limit->min))
            continue; /* how far off is right is no matter of what was measured */
        *PC_PUSH(&certificate->proposals) =
            propose(exercise, limit->metric, at_most, at_most ? limit->max : limit->min,
                    certificate);
    }
}
