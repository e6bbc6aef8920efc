#include "judge/judge.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "judge/fault.h"
#include "judge/goals.h"

static bool counted(const struct pc_findings *f)
{
    return f->counts && f->counts->ran && f->counts->crash.ending == PC_ENDING_NONE;
}

/* Whether there is a speed-up to judge.  A job that ran out of time before its first
 * restart counts: that is unsure, not a missing stage. */
static bool timed(const struct pc_findings *f)
{
    const struct pc_speed *s = f->speed;
    return s && s->crash.ending == PC_ENDING_NONE && !s->crash_in_base && !s->differs &&
           (s->measured || s->decision != PC_GOES_ON);
}

static bool grown(const struct pc_findings *f)
{
    const struct pc_growth *g = f->growth;
    return g && g->crash.ending == PC_ENDING_NONE && !g->crash_in_base && !g->differs &&
           (g->measured || g->decision != PC_GOES_ON);
}

static bool told(const struct pc_findings *f)
{
    const struct pc_tails *t = f->tails;
    return t && t->crash.ending == PC_ENDING_NONE && !t->crash_in_base && !t->differs;
}

static bool has_bound(const struct pc_limits *limits, size_t quantile)
{
    return limits->tail.set && !isnan(limits->tail.bounds[quantile].max_ratio);
}

static void judge_goals(const struct pc_limits *limits, const struct pc_findings *f,
                        struct pc_verdict *v)
{
    for (size_t i = 0; counted(f) && i < limits->n; i++)
        v->goals[v->n_goals++] = pc_judge_metric(&limits->items[i], f->counts);
    if (limits->speedup.set && !f->speed_skipped && timed(f))
        v->goals[v->n_goals++] = pc_judge_speedup(&limits->speedup, f->speed);
    if (limits->growth.set && !f->speed_skipped && grown(f))
        v->goals[v->n_goals++] = pc_judge_growth(&limits->growth, f->growth);
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (has_bound(limits, i) && !f->speed_skipped && told(f))
            v->goals[v->n_goals++] = pc_judge_tail(&limits->tail, i, f->tails);
    /* The last one: those before it are found by their place. */
    if (limits->hotspot[0] && !f->speed_skipped && f->hotspot)
        v->goals[v->n_goals++] = pc_judge_hotspot(f->hotspot);
}

/* The limit whose metric is not there: the bench does not report it, so that the course is
 * broken, or the machine cannot tell.  What the kernel does not have is its own fault. */
static const struct pc_limit *unreported(const struct pc_limits *limits,
                                         const struct pc_findings *f)
{
    for (size_t i = 0; counted(f) && i < limits->n; i++)
        if (!pc_metrics_find(&f->counts->metrics, limits->items[i].metric) &&
            (!pc_metric_is_of_code(limits->items[i].metric, NULL) || f->counts->missing[0]))
            return &limits->items[i];
    return NULL;
}

static size_t count_goals(const struct pc_verdict *v, enum pc_verdict_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_goals; i++)
        n += v->goals[i].kind == kind;
    return n;
}

/* `reason` and `next` become the verdict's. */
static void conclude(struct pc_verdict *v, enum pc_code code, char *reason, char *next)
{
    v->code = code;
    v->reason = reason;
    v->next = next;
}

/* There is one when this is called. */
static const struct pc_goal *first_missed(const struct pc_verdict *v)
{
    const struct pc_goal *goal = v->goals;
    while (goal->kind != PC_VERDICT_FAIL)
        goal++;
    return goal;
}

static char *names_of_missed(const struct pc_verdict *v)
{
    struct pc_str s = {0};
    for (size_t i = 0; i < v->n_goals; i++)
        if (v->goals[i].kind == PC_VERDICT_FAIL)
            pc_str_addf(&s, "%s%s", s.len ? ", " : "", v->goals[i].metric);
    return pc_str_take(&s);
}

static void missed(struct pc_verdict *v, const struct pc_findings *f)
{
    PC_AUTO(pc_auto_free) char *names = names_of_missed(v);
    char *reason = v->n_goals == 1
                       ? pc_strfmt("the limit is missed: %s", names)
                       : pc_strfmt("%zu of %zu limits missed: %s",
                                   count_goals(v, PC_VERDICT_FAIL), v->n_goals, names);
    const char *first = first_missed(v)->metric;
    const struct pc_place *place = counted(f) ? pc_judge_busiest(f->counts, first) : NULL;
    const struct pc_goal *last = &v->goals[v->n_goals - 1];
    char *next;
    if (strcmp(last->metric, "hotspot") == 0 && last->kind == PC_VERDICT_FAIL)
        next = pc_strdup("begin with the hotspot: what is not slow need not be changed");
    else if (strcmp(first, "speedup") == 0 && f->growth &&
             f->growth->decision == PC_DECIDED_FAIL)
        next = pc_strdup("begin with growth: it is what the time is lost to");
    else if (strcmp(first, "speedup") == 0)
        next = pc_strdup("find where the time goes before you change anything");
    else if (place)
        next = pc_strfmt("begin with %s, at %s:%d", first, place->file, place->line);
    else
        next = pc_strfmt("begin with %s", first);
    conclude(v, PC_MISSED, reason, next);
}

static bool is_unsure(const struct pc_verdict *v, const char *metric)
{
    for (size_t i = 0; i < v->n_goals; i++)
        if (v->goals[i].kind == PC_VERDICT_UNSURE &&
            strcmp(v->goals[i].metric, metric) == 0)
            return true;
    return false;
}

/* "speed-up", "speed-up and p99": what is uncertain. */
static char *names_of_unsure(const struct pc_verdict *v)
{
    struct pc_str s = {0};
    for (size_t i = 0, n = 0; i < v->n_goals; i++) {
        const char *metric = v->goals[i].metric;
        if (v->goals[i].kind != PC_VERDICT_UNSURE)
            continue;
        pc_str_addf(&s, "%s%s", n++ == 0 ? "" : " and ",
                    strcmp(metric, "speedup") == 0 ? "speed-up" : metric);
    }
    return pc_str_take(&s);
}

static void unsure(struct pc_verdict *v, const struct pc_findings *f)
{
    bool speed = is_unsure(v, "speedup"), growth = is_unsure(v, "growth");
    double busy = fmax(speed ? f->speed->busy : 0, growth ? f->growth->busy : 0);
    if (f->tails && !speed && !growth)
        busy = f->tails->busy;
    /* Less than half a processor is what an idle machine shows too. */
    char *next = busy >= 0.5
                     ? pc_strfmt("other work kept %.1f processors busy: check again when "
                                 "it is done, or with --careful",
                                 busy)
                     : pc_strdup("check again with --careful, or make it faster");
    PC_AUTO(pc_auto_free) char *names = names_of_unsure(v);
    char *reason = count_goals(v, PC_VERDICT_UNSURE) > 1
                       ? pc_strfmt("%s are not certain", names)
                       : pc_strfmt("the %s is not certain", names);
    conclude(v, PC_UNSURE, reason, next);
}

/* A speed-up by threads, and too few processors to see one. */
static bool is_impossible(const struct pc_speed_limit *limit)
{
    return limit->set && limit->cpus > 0 && limit->threads == 0;
}

/* Neither passed nor missed: whoever has one processor learns that here and not elsewhere,
 * and nothing is kept as passed that was not measured. */
static void impossible(struct pc_verdict *v, const struct pc_speed_limit *limit)
{
    conclude(
        v, PC_ENVIRONMENT,
        pc_strfmt("the speed-up cannot be judged here: it takes %u processors, and "
                  "this machine lends %u",
                  limit->least, limit->allowed),
        pc_strdup("everything else is fine; check it where more processors are allowed"));
}

/* "; speed-up and growth were not judged" */
static void add_skipped(struct pc_str *s, const struct pc_limits *limits)
{
    const struct {
        bool set;
        const char *name;
    } rows[] = {{limits->speedup.set, "speed-up"},
                {limits->growth.set, "growth"},
                {limits->tail.set, "latency"},
                {limits->hotspot[0] != '\0', "hotspot"}};
    size_t n = 0, listed = 0;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        n += rows[i].set;
    if (n == 0)
        return;
    pc_str_adds(s, n == 1 ? "; the " : "; ");
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (rows[i].set && ++listed > 0)
            pc_str_addf(s, "%s%s",
                        listed == 1  ? ""
                        : listed < n ? ", "
                                     : " and ",
                        rows[i].name);
    pc_str_adds(s, n == 1 ? " was not judged" : " were not judged");
}

/* Whether all bounds of one kind are reached, and there is one.  Who has gold has silver. */
static bool reaches(const struct pc_verdict *v, const struct pc_limits *limits, bool gold)
{
    size_t bounds = 0, reached = 0;
    for (size_t i = 0; gold && i < v->n_goals && i < limits->n; i++) {
        bounds += !isnan(limits->items[i].gold);
        reached += v->goals[i].gold;
    }
    size_t k = limits->n;
    if (limits->speedup.set) {
        const struct pc_goal *speedup = &v->goals[k++];
        bool golden = gold && !isnan(limits->speedup.gold);
        bool silvery = !golden && !isnan(limits->speedup.silver);
        bounds += golden || silvery;
        reached +=
            (golden && speedup->gold) || (silvery && (speedup->silver || speedup->gold));
    }
    if (gold && limits->growth.set && !isnan(limits->growth.gold)) {
        bounds++;
        reached += v->goals[k].gold;
    }
    k += limits->growth.set;
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (has_bound(limits, i)) {
            bounds += gold && !isnan(limits->tail.bounds[i].gold);
            reached += gold && v->goals[k].gold;
            k++;
        }
    return bounds > 0 && reached == bounds;
}

static enum pc_medal medal_of(const struct pc_verdict *v, const struct pc_limits *limits)
{
    if (v->speed_skipped && (limits->speedup.set || limits->growth.set || limits->tail.set))
        return PC_MEDAL_NONE;
    return reaches(v, limits, true)    ? PC_MEDAL_GOLD
           : reaches(v, limits, false) ? PC_MEDAL_SILVER
                                       : PC_MEDAL_NONE;
}

static void passed(struct pc_verdict *v, const struct pc_limits *limits)
{
    struct pc_str s = {0}, beyond = {0};
    if (v->n_goals == 1)
        pc_str_adds(&s, "the limit is met");
    else if (v->n_goals > 1)
        pc_str_addf(&s, "all %zu limits are met", v->n_goals);
    else
        pc_str_adds(&s, "the tests pass");
    if (v->speed_skipped)
        add_skipped(&s, limits);
    v->medal = medal_of(v, limits);
    if (v->medal != PC_MEDAL_NONE)
        pc_str_addf(&s, ": %s", pc_medal_name(v->medal));

    for (size_t i = 0; i < v->n_goals && i < limits->n; i++)
        pc_judge_metric_beyond(&limits->items[i], &v->goals[i], &beyond);
    size_t k = limits->n;
    if (limits->speedup.set && !v->speed_skipped)
        pc_judge_speedup_beyond(&limits->speedup, &v->goals[k++], &beyond);
    if (limits->growth.set && !v->speed_skipped)
        pc_judge_growth_beyond(&limits->growth, &v->goals[k++], &beyond);
    for (size_t i = 0; i < PC_QUANTILES && !v->speed_skipped; i++)
        if (has_bound(limits, i))
            pc_judge_tail_beyond(&limits->tail, i, &v->goals[k++], &beyond);
    char *next = NULL;
    if (beyond.len)
        next = pc_strfmt("if you want more: %s", pc_str_get(&beyond));
    pc_str_fini(&beyond);
    conclude(v, PC_PASSED, pc_str_take(&s), next);
}

void pc_judge(const struct pc_limits *limits, const struct pc_findings *findings,
              struct pc_verdict *verdict)
{
    *verdict = (struct pc_verdict){.speed_skipped = findings->speed_skipped};
    judge_goals(limits, findings, verdict);
    if (pc_judge_fault(findings, verdict))
        return;
    const struct pc_limit *lost = unreported(limits, findings);
    bool timing = !findings->speed_skipped;
    bool untold = lost && (pc_metric_needs_calls(lost->metric) ||
                           pc_metric_is_of_code(lost->metric, NULL));
    if (untold && findings->counts->missing[0])
        pc_judge_broken(verdict, pc_strdup(findings->counts->missing));
    else if (lost)
        pc_judge_broken(verdict, pc_strfmt("the bench reports no %s", lost->metric));
    else if (count_goals(verdict, PC_VERDICT_FAIL) > 0)
        missed(verdict, findings);
    else if (limits->n > 0 && !counted(findings))
        pc_judge_broken(verdict, pc_strdup("the allocations were not counted"));
    else if (timing && is_impossible(&limits->speedup))
        impossible(verdict, &limits->speedup);
    else if (timing && limits->speedup.set && !timed(findings))
        pc_judge_broken(verdict, pc_strdup("the speed-up was not measured"));
    else if (timing && limits->growth.set && !grown(findings))
        pc_judge_broken(verdict, pc_strdup("the growth was not measured"));
    else if (timing && limits->tail.set && !told(findings))
        pc_judge_broken(verdict, pc_strdup("the latencies were not measured"));
    else if (timing && limits->hotspot[0] && !findings->hotspot)
        pc_judge_broken(verdict, pc_strdup("the starter was not profiled"));
    else if (count_goals(verdict, PC_VERDICT_UNSURE) > 0)
        unsure(verdict, findings);
    else
        passed(verdict, limits);
}
