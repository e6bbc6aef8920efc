#include "judge/goals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"

/* A kernel that is slow where the input is small grows slowly: that is no way to pass.  What
 * is slower for a good reason, a table that is made first, stays within this. */
static const double slowest_small = 1.0 / 3;

static bool is_slow_when_small(const struct pc_growth *growth)
{
    return growth->small_ratio < slowest_small; /* NAN compares false */
}

static void add_measured(struct pc_str *s, const struct pc_growth *growth)
{
    if (growth->rounds == 0)
        pc_str_adds(s, "not known, no round could be used");
    else if (growth->rounds == 1)
        pc_str_addf(s, "n^%.2f (1 round)", growth->exponent);
    else
        pc_str_addf(s, "n^%.2f (%.2f to %.2f, %u rounds)", growth->exponent, growth->low,
                    growth->high, growth->rounds);
}

/* "grows like n^2: 10 times the input takes 98 times as long". */
static void add_meaning(struct pc_str *s, const struct pc_growth *growth)
{
    double factor = pow(10, growth->exponent);
    if (growth->law && growth->law[0])
        pc_str_addf(s, "grows like %s: ", growth->law);
    /* Nobody counts beyond two digits here. */
    pc_str_addf(s, "10 times the input takes %.*f times as long", factor < 9.95 ? 1 : 0,
                factor);
}

static void add_doubt(struct pc_str *s, const struct pc_growth *growth, double max)
{
    bool close = growth->low <= max && max <= growth->high;
    if (growth->rounds > 1 && close)
        pc_str_adds(s, "too close to call on this machine; do less for each item as the "
                       "input grows, or check again with --careful");
    else
        pc_str_adds(s, "the time was too short to be certain; check again with --careful");
}

static void add_slow_small(struct pc_str *s, const struct pc_growth *growth)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    pc_str_addf(s,
                "at n = %zu it takes %s the starter's time, more than %s: slow small "
                "inputs hide how it grows; make them fast, too",
                growth->points[0].size, pc_format_ratio(1 / growth->small_ratio, a),
                pc_format_ratio(1 / slowest_small, b));
}

struct pc_goal pc_judge_growth(const struct pc_growth_limit *limit,
                               const struct pc_growth *growth)
{
    struct pc_goal goal = {
        .metric = "growth",
        .kind = PC_VERDICT_UNSURE,
        .value = growth->rounds ? growth->exponent : (double)NAN,
        .bound = limit->max,
        .at_most = true,
    };
    struct pc_str s = {0};
    char buf[PC_UNITS_MAX];
    pc_str_adds(&s, "growth: ");
    add_measured(&s, growth);
    pc_str_addf(&s,
                ", at most %s allowed: ", pc_format_metric(limit->max, goal.metric, buf));
    if (is_slow_when_small(growth)) {
        goal.kind = PC_VERDICT_FAIL;
        add_slow_small(&s, growth);
    } else if (growth->decision == PC_DECIDED_PASS) {
        goal.kind = PC_VERDICT_PASS;
        /* The whole interval has to be beyond: this bound was not tested. */
        goal.gold = growth->high <= limit->gold;
        pc_str_addf(&s, "passed%s", goal.gold ? ", gold" : "");
    } else if (growth->decision == PC_DECIDED_FAIL) {
        goal.kind = PC_VERDICT_FAIL;
        add_meaning(&s, growth);
        pc_str_adds(&s, "; find what is done again for each item (a search, a copy, "
                        "a length) and do it once");
    } else {
        add_doubt(&s, growth, limit->max);
    }
    goal.sentence = pc_str_take(&s);
    return goal;
}

void pc_judge_growth_beyond(const struct pc_growth_limit *limit, const struct pc_goal *goal,
                            struct pc_str *list)
{
    char buf[PC_UNITS_MAX];
    if (!isnan(limit->gold) && !goal->gold)
        pc_str_addf(list, "%sgrowth %s for gold", list->len ? ", " : "",
                    pc_format_metric(limit->gold, goal->metric, buf));
}
