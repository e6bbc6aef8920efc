#include "judge/goals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "judge/fault.h"

/* What helps against too much of a metric, as far as one can tell without knowing the
 * exercise. */
static const struct {
    const char *metric, *advice;
} advices[] = {
    {"allocs/op", "allocate less often (grow by a factor, or compute the size first)"},
    {"frees/op", "allocate less often, then there is less to free"},
    {"B/op", "ask for less (compute the size first, or use a buffer again)"},
    {"peak-B", "hold less at a time (work in pieces, free what is done with)"},
    {"syscalls/op", "call the system less often (more bytes in each call, a buffer)"},
    {"faults/op", "touch less new memory (use a buffer again, ask for less)"},
    {"threads-left", "join every thread before you return for the last time"},
    {"live-B", "keep less between calls (free what is done with)"},
};

static const char *advice_for(const char *metric)
{
    for (size_t i = 0; i < PC_COUNT(advices); i++)
        if (strcmp(metric, advices[i].metric) == 0)
            return advices[i].advice;
    return NULL;
}

/* Bytes where bytes are judged, else the number of calls. */
static double share(const struct pc_site *site, const char *metric)
{
    return strchr(metric, 'B') ? site->bytes : site->allocs;
}

const struct pc_place *pc_judge_busiest(const struct pc_counts *counts, const char *metric)
{
    const struct pc_site *most = NULL;
    for (size_t i = 0; i < counts->n_sites; i++)
        if (!most || share(&counts->sites[i], metric) > share(most, metric))
            most = &counts->sites[i];
    if (!advice_for(metric) || !most || most->place.line <= 0)
        return NULL;
    return &most->place;
}

/* Which of two bounds the goal is about: the upper one, unless only the lower one is there
 * or is the one that is missed. */
static bool upper_bound_counts(const struct pc_limit *limit, const struct pc_metric *m)
{
    if (!isfinite(limit->max) || !isfinite(limit->min))
        return isfinite(limit->max);
    return !(pc_limit_value(limit, m, true) <= limit->max) ||
           pc_limit_value(limit, m, false) >= limit->min;
}

static bool within(double value, double bound, bool at_most)
{
    return at_most ? value <= bound : value >= bound;
}

static void add_value(struct pc_str *s, const struct pc_limit *limit,
                      const struct pc_metric *m, double value, bool agree)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    if (isnan(value)) {
        pc_str_adds(s, "not a number");
        return;
    }
    pc_format_metric(m->min, limit->metric, a);
    pc_format_metric(m->max, limit->metric, b);
    bool exact = agree && pc_metric_is_exact(limit->metric);
    bool varies = !exact && strcmp(a, b) != 0, mean = limit->stat == PC_STAT_MEAN;
    char c[PC_UNITS_MAX];
    if (mean || !varies)
        pc_str_adds(s, pc_format_metric(value, limit->metric, c));
    if (mean)
        pc_str_adds(s, varies ? " on average, " : " on average");
    if (varies)
        pc_str_addf(s, "%s to %s", a, b);
}

/* "1977 too many", "2.00 KiB too much", "0.25 too little". */
static void add_distance(struct pc_str *s, const struct pc_goal *goal)
{
    char buf[PC_UNITS_MAX];
    const char *text = pc_format_metric(fabs(goal->value - goal->bound), goal->metric, buf);
    bool countable = strstr(goal->metric, "/op") && !strchr(text, ' ');
    if (strcmp(text, "0") == 0) /* too small to be printed */
        text = "a little";
    pc_str_addf(s, "%s too %s", text,
                goal->at_most ? (countable ? "many" : "much")
                              : (countable ? "few" : "little"));
}

static void add_next_step(struct pc_str *s, const struct pc_goal *goal,
                          const struct pc_counts *counts)
{
    const struct pc_place *place = pc_judge_busiest(counts, goal->metric);
    if (place) {
        pc_str_adds(s, ", most");
        pc_judge_add_place(s, place);
    }
    const char *advice = goal->at_most ? advice_for(goal->metric) : NULL;
    if (advice && goal->bound == 0)
        pc_str_adds(s, "; do without any");
    else if (advice)
        pc_str_addf(s, "; %s", advice);
    else
        pc_str_addf(s, "; find what %s %s", goal->at_most ? "raises" : "holds down",
                    goal->metric);
}

static char *sentence(const struct pc_limit *limit, const struct pc_metric *m,
                      const struct pc_goal *goal, const struct pc_counts *counts)
{
    struct pc_str s = {0};
    char buf[PC_UNITS_MAX];
    pc_str_addf(&s, "%s: ", limit->metric);
    add_value(&s, limit, m, goal->value, counts->agree);
    char both[PC_LIMIT_TEXT];
    bool kept = goal->kind == PC_VERDICT_PASS; /* if not, the missed bound is named */
    if (kept && isfinite(limit->min) && isfinite(limit->max))
        pc_str_addf(&s, ", %s needed", pc_limit_text(limit, both));
    else if (isfinite(goal->bound))
        pc_str_addf(&s, ", at %s %s %s", goal->at_most ? "most" : "least",
                    pc_format_metric(goal->bound, limit->metric, buf),
                    goal->at_most ? "allowed" : "needed");
    pc_str_adds(&s, ": ");
    if (goal->kind == PC_VERDICT_PASS) {
        pc_str_adds(&s, goal->gold ? "passed, gold" : "passed");
    } else {
        if (isnan(goal->value))
            pc_str_adds(&s, "missed");
        else
            add_distance(&s, goal);
        add_next_step(&s, goal, counts);
    }
    return pc_str_take(&s);
}

static char *why_absent(const char *metric, const struct pc_counts *counts)
{
    const char *of;
    bool of_code = pc_metric_is_of_code(metric, &of);
    if ((of_code || pc_metric_needs_calls(metric)) && counts->missing[0])
        return pc_strfmt("%s: not known here", metric);
    if (of_code)
        return pc_strfmt("%s: the kernel has no %s; keep its name and use it", metric, of);
    return pc_strfmt("%s: the bench reports no %s", metric, metric);
}

struct pc_goal pc_judge_metric(const struct pc_limit *limit, const struct pc_counts *counts)
{
    struct pc_goal goal = {.kind = PC_VERDICT_FAIL, .value = NAN};
    snprintf(goal.metric, sizeof goal.metric, "%s", limit->metric);
    const struct pc_metric *m = pc_metrics_find(&counts->metrics, limit->metric);
    if (!m) {
        goal.at_most = isfinite(limit->max);
        goal.bound = goal.at_most ? limit->max : limit->min;
        goal.sentence = why_absent(limit->metric, counts);
        return goal;
    }
    goal.at_most = upper_bound_counts(limit, m);
    goal.bound = goal.at_most ? limit->max : limit->min;
    if (limit->min > 0 && isfinite(limit->max))
        goal.middle = sqrt(limit->min * limit->max);
    goal.value = pc_limit_value(limit, m, goal.at_most);
    if (within(goal.value, goal.bound, goal.at_most)) {
        goal.kind = PC_VERDICT_PASS;
        goal.gold = within(goal.value, limit->gold, goal.at_most);
    }
    goal.sentence = sentence(limit, m, &goal, counts);
    return goal;
}

void pc_judge_metric_beyond(const struct pc_limit *limit, const struct pc_goal *goal,
                            struct pc_str *list)
{
    char buf[PC_UNITS_MAX];
    if (!isnan(limit->gold) && !goal->gold)
        pc_str_addf(list, "%s%s %s for gold", list->len ? ", " : "", limit->metric,
                    pc_format_metric(limit->gold, limit->metric, buf));
}
