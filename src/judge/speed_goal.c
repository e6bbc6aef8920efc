#include "judge/goals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"

/* A ratio without its x, for the ends of an interval. */
static const char *bare_ratio(double value, char buf[PC_UNITS_MAX])
{
    pc_format_ratio(value, buf);
    buf[strcspn(buf, "x")] = '\0';
    return buf;
}

static void add_measured(struct pc_str *s, const struct pc_speed *speed)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX], c[PC_UNITS_MAX];
    if (speed->restarts == 0) {
        pc_str_adds(s, "not known, no restart could be used");
        return;
    }
    if (speed->restarts == 1)
        pc_str_addf(s, "%s (1 restart)", pc_format_ratio(speed->ratio, a));
    else
        pc_str_addf(s, "%s (%s to %s, %u restarts)", pc_format_ratio(speed->ratio, a),
                    bare_ratio(speed->low, b), bare_ratio(speed->high, c), speed->restarts);
}

static void add_missing_factor(struct pc_str *s, const struct pc_speed *speed, double need)
{
    char buf[PC_UNITS_MAX];
    double have = speed->ratio;
    if (speed->low <= 1 && speed->high >= 1)
        pc_str_adds(s, "as fast as the starter, ");
    else if (speed->high < 1)
        pc_str_adds(s, "slower than the starter, ");
    /* A rounded factor of 1.00x would be a riddle. */
    if (need / have < 1.005)
        pc_str_adds(s, "less than 1 % to find");
    else
        pc_str_addf(s, "another %s to find", pc_format_ratio(need / have, buf));
}

static void add_doubt(struct pc_str *s, const struct pc_speed *speed, double need)
{
    bool close = speed->low <= need && need <= speed->high;
    if (speed->restarts > 1 && close)
        pc_str_adds(s, "too close to call on this machine; make it faster or check again "
                       "with --careful");
    else
        pc_str_adds(s, "the time was too short to be certain; check again with --careful");
}

struct pc_goal pc_judge_speedup(const struct pc_speed_limit *limit,
                                const struct pc_speed *speed)
{
    struct pc_goal goal = {
        .metric = "speedup",
        .kind = PC_VERDICT_UNSURE,
        .value = speed->ratio,
        .bound = limit->min,
    };
    struct pc_str s = {0};
    char buf[PC_UNITS_MAX];
    pc_str_adds(&s, "speedup: ");
    add_measured(&s, speed);
    if (limit->threads > 0)
        pc_str_addf(&s, " with %u threads", limit->threads);
    pc_str_addf(&s, ", needed %s: ", pc_format_ratio(limit->min, buf));
    switch (speed->decision) {
    case PC_DECIDED_PASS:
        goal.kind = PC_VERDICT_PASS;
        /* The whole interval has to be beyond: these bounds were not tested. */
        goal.silver = speed->low >= limit->silver;
        goal.gold = speed->low >= limit->gold;
        pc_str_addf(&s, "passed%s", goal.gold ? ", gold" : goal.silver ? ", silver" : "");
        break;
    case PC_DECIDED_FAIL:
        goal.kind = PC_VERDICT_FAIL;
        add_missing_factor(&s, speed, limit->min);
        break;
    default:
        add_doubt(&s, speed, limit->min);
    }
    goal.sentence = pc_str_take(&s);
    return goal;
}

void pc_judge_speedup_beyond(const struct pc_speed_limit *limit, const struct pc_goal *goal,
                             struct pc_str *list)
{
    bool silver = !isnan(limit->silver) && !goal->silver;
    double bound = silver ? limit->silver : limit->gold;
    char buf[PC_UNITS_MAX];
    if (!isnan(bound) && !goal->gold)
        pc_str_addf(list, "%sspeedup %s for %s", list->len ? ", " : "",
                    pc_format_ratio(bound, buf), silver ? "silver" : "gold");
}
