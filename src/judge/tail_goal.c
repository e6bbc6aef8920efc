#include <math.h>
#include <stdio.h>

#include "base/units.h"
#include "judge/goals.h"

static void add_measured(struct pc_str *s, const struct pc_tails *tails,
                         const struct pc_tail *tail)
{
    char ns[PC_UNITS_MAX], ratio[PC_UNITS_MAX];
    if (tails->restarts == 0) {
        pc_str_adds(s, "not known, no restart could be used");
        return;
    }
    pc_str_addf(s, "%s, %s the starter's", pc_format_ns(tail->candidate_ns, ns),
                pc_format_ratio(tail->ratio, ratio));
    if (tails->restarts == 1)
        pc_str_adds(s, " (1 restart)");
    else
        pc_str_addf(s, " (%.3g to %.3g, %u restarts)", tail->low, tail->high,
                    tails->restarts);
}

static void add_doubt(struct pc_str *s, const struct pc_tails *tails,
                      const struct pc_tail *tail, double max)
{
    bool close = tail->low <= max && max <= tail->high;
    if (tails->restarts > 1 && close)
        pc_str_adds(s, "too close to call on this machine; shorten what only some "
                       "operations do, or check again with --careful");
    else
        pc_str_adds(s, "the time was too short to be certain; check again with --careful");
}

struct pc_goal pc_judge_tail(const struct pc_tail_limit *limit, size_t quantile,
                             const struct pc_tails *tails)
{
    const struct pc_tail_bound *bound = &limit->bounds[quantile];
    const struct pc_tail *tail = &tails->quantiles[quantile];
    struct pc_goal goal = {
        .kind = PC_VERDICT_UNSURE,
        .value = tails->restarts ? tail->ratio : (double)NAN,
        .bound = bound->max_ratio,
        .at_most = true,
    };
    snprintf(goal.metric, sizeof goal.metric, "%s", pc_quantiles[quantile].name);
    struct pc_str s = {0};
    char buf[PC_UNITS_MAX];
    pc_str_addf(&s, "%s: ", goal.metric);
    add_measured(&s, tails, tail);
    pc_str_addf(&s, ", at most %s allowed: ", pc_format_ratio(bound->max_ratio, buf));
    switch (tail->decision) {
    case PC_DECIDED_PASS:
        goal.kind = PC_VERDICT_PASS;
        /* The whole interval has to be beyond: this bound was not tested. */
        goal.gold = tail->high <= bound->gold;
        pc_str_addf(&s, "passed%s", goal.gold ? ", gold" : "");
        break;
    case PC_DECIDED_FAIL:
        goal.kind = PC_VERDICT_FAIL;
        pc_str_addf(&s,
                    "one operation in %.0f is too slow: look for work that only some of "
                    "them do",
                    1 / (1 - pc_quantiles[quantile].share));
        break;
    default:
        add_doubt(&s, tails, tail, bound->max_ratio);
    }
    goal.sentence = pc_str_take(&s);
    return goal;
}

void pc_judge_tail_beyond(const struct pc_tail_limit *limit, size_t quantile,
                          const struct pc_goal *goal, struct pc_str *list)
{
    char buf[PC_UNITS_MAX];
    double gold = limit->bounds[quantile].gold;
    if (!isnan(gold) && !goal->gold)
        pc_str_addf(list, "%s%s %s the starter's for gold", list->len ? ", " : "",
                    goal->metric, pc_format_ratio(gold, buf));
}
