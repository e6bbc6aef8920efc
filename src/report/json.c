#include "report/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/parts.h"

struct pc_json_report {
    json_t *checks;
};

struct pc_json_report *pc_json_create(void)
{
    struct pc_json_report *report = pc_alloc(sizeof *report);
    report->checks = json_array();
    return report;
}

static json_t *seconds_of(int64_t ns)
{
    return json_real((double)ns / 1e9);
}

static json_t *place_of(const struct pc_place *p)
{
    if (p->line == 0 && !p->function[0])
        return json_null();
    return json_pack("{s:o,s:i,s:i,s:o}", "file", pc_json_text(p->file), "line", p->line,
                     "column", p->column, "function", pc_json_text(p->function));
}

static const char *ending_name(enum pc_ending ending)
{
    static const char *const names[] = {
        [PC_ENDING_NONE] = "none",           [PC_ENDING_CRASH] = "crash",
        [PC_ENDING_SANITIZER] = "sanitizer", [PC_ENDING_EXIT] = "exit",
        [PC_ENDING_TIME] = "time",           [PC_ENDING_MEMORY] = "memory",
        [PC_ENDING_THREADS] = "threads",     [PC_ENDING_OUTPUT] = "output",
        [PC_ENDING_PROTOCOL] = "protocol",   [PC_ENDING_REFUSED] = "refused",
    };
    return names[ending];
}

static json_t *crash_of(const struct pc_crash *c)
{
    if (c->ending == PC_ENDING_NONE)
        return json_null();
    return json_pack("{s:s,s:o,s:i,s:b,s:o,s:o,s:o}", "ending", ending_name(c->ending),
                     "what", pc_json_text(c->what), "signal", c->signal, "asleep",
                     c->asleep, "place", place_of(&c->place), "other-place",
                     place_of(&c->other), "during", pc_json_text(c->during));
}

static json_t *build_of(const struct pc_build *b)
{
    if (!b)
        return json_null();
    json_t *items = json_array();
    for (size_t i = 0; i < b->n; i++)
        json_array_append_new(items, json_pack("{s:s,s:o,s:o,s:o}", "kind",
                                               b->items[i].error ? "error" : "warning",
                                               "text", pc_json_text(b->items[i].text),
                                               "place", place_of(&b->items[i].place),
                                               "source", pc_json_text(b->items[i].source)));
    return json_pack("{s:b,s:b,s:o,s:o,s:o}", "built", b->built, "cached", b->cached,
                     "seconds", seconds_of(b->wall_ns), "trouble", pc_json_text(b->trouble),
                     "messages", items);
}

static json_t *tests_of(const struct pc_tests *t)
{
    if (!t)
        return json_null();
    json_t *items = json_array();
    for (size_t i = 0; i < t->n_items; i++)
        json_array_append_new(items, json_pack("{s:o,s:o,s:o}", "test",
                                               pc_json_text(t->items[i].test), "text",
                                               pc_json_text(t->items[i].text), "place",
                                               place_of(&t->items[i].place)));
    return json_pack("{s:b,s:I,s:I,s:o,s:o,s:o,s:o}", "ran", t->ran, "tests",
                     (json_int_t)t->n, "failed", (json_int_t)t->failed, "failures", items,
                     "crash", crash_of(&t->crash), "output", pc_json_text(t->output),
                     "seconds", seconds_of(t->wall_ns));
}

/* `n` places that allocate, with what they asked for under the names given. */
static json_t *sites_of(const struct pc_site *sites, size_t n, const char *allocs,
                        const char *bytes)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:o,s:o,s:o}", "place", place_of(&sites[i].place),
                                        allocs, pc_json_number(sites[i].allocs), bytes,
                                        pc_json_number(sites[i].bytes)));
    return list;
}

static json_t *counts_of(const struct pc_counts *c)
{
    if (!c)
        return json_null();
    json_t *metrics = json_object();
    for (size_t i = 0; i < c->metrics.n; i++) {
        const struct pc_metric *m = &c->metrics.items[i];
        json_object_set_new(metrics, m->name,
                            json_pack("{s:o,s:o,s:o}", "min", pc_json_number(m->min), "max",
                                      pc_json_number(m->max), "mean",
                                      pc_json_number(m->mean)));
    }
    return json_pack("{s:b,s:b,s:o,s:I,s:I,s:o,s:o,s:o,s:o}", "ran", c->ran, "agree",
                     c->agree, "metrics", metrics, "leaked-B", (json_int_t)c->leaked_bytes,
                     "leaked-allocs", (json_int_t)c->leaked_allocs, "leaks",
                     sites_of(c->leaks, c->n_leaks, "allocs", "B"), "sites",
                     sites_of(c->sites, c->n_sites, "allocs/op", "B/op"), "missing",
                     pc_json_text(c->missing[0] ? c->missing : NULL), "crash",
                     crash_of(&c->crash));
}

static const char *decision_name(enum pc_decision decision)
{
    static const char *const names[] = {[PC_GOES_ON] = "open",
                                        [PC_DECIDED_PASS] = "pass",
                                        [PC_DECIDED_FAIL] = "fail",
                                        [PC_DECIDED_UNSURE] = "unsure"};
    return names[decision];
}

static json_t *speed_of(const struct pc_speed *s)
{
    if (!s)
        return json_null();
    return json_pack(
        "{s:s,s:o,s:o,s:o,s:o,s:o,s:i,s:o,s:o,s:b,s:o}", "decision",
        decision_name(s->decision), "ratio", pc_json_number(s->ratio), "low",
        pc_json_number(s->low), "high", pc_json_number(s->high), "starter-ns/op",
        pc_json_number(s->base_ns), "ns/op", pc_json_number(s->candidate_ns), "restarts",
        (int)s->restarts, "seconds", seconds_of(s->wall_ns), "others-busy",
        pc_json_number(s->busy), "differs", s->differs, "crash", crash_of(&s->crash));
}

static json_t *growth_of(const struct pc_growth *g)
{
    if (!g)
        return json_null();
    json_t *points = json_array();
    for (size_t i = 0; i < g->n; i++)
        json_array_append_new(points,
                              json_pack("{s:I,s:o}", "n", (json_int_t)g->points[i].size,
                                        "ns/op", pc_json_number(g->points[i].ns)));
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:i,s:o,s:o,s:o,s:b,s:o}", "decision",
                     decision_name(g->decision), "exponent", pc_json_number(g->exponent),
                     "low", pc_json_number(g->low), "high", pc_json_number(g->high), "law",
                     g->law && g->law[0] ? json_string(g->law) : json_null(), "points",
                     points, "rounds", (int)g->rounds, "smallest-ratio",
                     pc_json_number(g->small_ratio), "seconds", seconds_of(g->wall_ns),
                     "others-busy", pc_json_number(g->busy), "differs", g->differs, "crash",
                     crash_of(&g->crash));
}

static json_t *tails_of(const struct pc_tails *t)
{
    if (!t)
        return json_null();
    json_t *quantiles = json_object();
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        const struct pc_tail *q = &t->quantiles[i];
        json_object_set_new(
            quantiles, pc_quantiles[i].name,
            json_pack("{s:s,s:o,s:o,s:o,s:o,s:o}", "decision", decision_name(q->decision),
                      "ratio", pc_json_number(q->ratio), "low", pc_json_number(q->low),
                      "high", pc_json_number(q->high), "starter-ns",
                      pc_json_number(q->base_ns), "ns", pc_json_number(q->candidate_ns)));
    }
    return json_pack("{s:o,s:i,s:o,s:o,s:b,s:o}", "quantiles", quantiles, "restarts",
                     (int)t->restarts, "seconds", seconds_of(t->wall_ns), "others-busy",
                     pc_json_number(t->busy), "differs", t->differs, "crash",
                     crash_of(&t->crash));
}

static json_t *share_of(const struct pc_hotspot_share *share)
{
    if (!share->function[0])
        return json_null();
    return json_pack("{s:o,s:o,s:o,s:o}", "function", pc_json_text(share->function),
                     "share", pc_json_number(share->part), "low",
                     pc_json_number(share->low), "high", pc_json_number(share->high));
}

static json_t *hotspot_of(const struct pc_hotspot *h)
{
    static const char *const kinds[] = {[PC_ANSWER_MISSING] = "missing",
                                        [PC_ANSWER_EMPTY] = "empty",
                                        [PC_ANSWER_UNREADABLE] = "unreadable",
                                        [PC_ANSWER_NAME] = "name"};
    if (!h)
        return json_null();
    return json_pack("{s:s,s:s,s:o,s:b,s:o,s:o,s:I,s:o,s:o}", "constant", h->constant,
                     "answer-is", kinds[h->kind], "answer", pc_json_text(h->answer),
                     "settled", h->is_settled, "named", share_of(&h->named), "rival",
                     share_of(&h->rival), "samples", (json_int_t)h->samples, "seconds",
                     seconds_of(h->wall_ns), "crash", crash_of(&h->crash));
}

static json_t *verdict_of(const struct pc_verdict *v)
{
    static const char *const kinds[] = {[PC_VERDICT_PASS] = "pass",
                                        [PC_VERDICT_FAIL] = "fail",
                                        [PC_VERDICT_UNSURE] = "unsure"};
    json_t *goals = json_array();
    for (size_t i = 0; i < v->n_goals; i++) {
        const struct pc_goal *g = &v->goals[i];
        json_array_append_new(
            goals, json_pack("{s:o,s:s,s:o,s:o,s:s,s:b,s:b,s:o}", "metric",
                             pc_json_text(g->metric), "result", kinds[g->kind], "value",
                             pc_json_number(g->value), "bound", pc_json_number(g->bound),
                             "bound-is", g->at_most ? "max" : "min", "silver", g->silver,
                             "gold", g->gold, "sentence", pc_json_text(g->sentence)));
    }
    json_t *medal =
        v->medal == PC_MEDAL_NONE ? json_null() : json_string(pc_medal_name(v->medal));
    return json_pack("{s:i,s:o,s:b,s:o,s:o,s:o}", "code", (int)v->code, "medal", medal,
                     "speed-skipped", v->speed_skipped, "goals", goals, "reason",
                     pc_json_text(v->reason), "next", pc_json_text(v->next));
}

static json_t *record_of(const struct pc_record *r)
{
    if (!r)
        return json_null();
    return json_pack("{s:b,s:b,s:o}", "first-pass", r->first_pass, "best", r->best,
                     "best-before", pc_json_number(r->before));
}

void pc_json_event(struct pc_json_report *report, const struct pc_event *e)
{
    if (e->kind != PC_EVENT_VERDICT)
        return;
    char id[16], seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)e->seed);
    json_array_append_new(
        report->checks,
        json_pack("{s:s,s:s,s:o,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id",
                  pc_exercise_id(e->exercise, id), "name", e->exercise->name, "kernel",
                  pc_json_text(e->kernel), "content", e->content, "seed", seed, "seconds",
                  seconds_of(e->wall_ns), "build", build_of(e->build), "tests",
                  tests_of(e->tests), "counts", counts_of(e->counts), "speed",
                  speed_of(e->speed), "growth", growth_of(e->growth), "tails",
                  tails_of(e->tails), "hotspot", hotspot_of(e->hotspot), "verdict",
                  verdict_of(e->verdict), "record", record_of(e->record)));
}

char *pc_json_measured(const struct pc_exercise *exercise, const struct pc_growth *growth,
                       const struct pc_counts *counts, size_t count_at)
{
    char id[16];
    json_t *at = counts && count_at ? json_integer((json_int_t)count_at) : json_null();
    return pc_json_dump(json_pack("{s:s,s:s,s:s,s:o,s:o,s:o}", "perfcourse",
                                  PACKAGE_VERSION, "id", pc_exercise_id(exercise, id),
                                  "name", exercise->name, "growth", growth_of(growth),
                                  "counted-at", at, "counts", counts_of(counts)));
}

void pc_json_trouble(struct pc_json_report *report, const struct pc_exercise *exercise,
                     const struct pc_err *err)
{
    char id[16];
    json_array_append_new(report->checks,
                          json_pack("{s:s,s:s,s:{s:i,s:o}}", "id",
                                    pc_exercise_id(exercise, id), "name", exercise->name,
                                    "verdict", "code", (int)err->code, "reason",
                                    pc_json_text(err->msg)));
}

char *pc_json_finish(struct pc_json_report *report, enum pc_code code)
{
    json_t *root = json_pack("{s:s,s:i,s:o}", "perfcourse", PACKAGE_VERSION, "code",
                             (int)code, "checks", report->checks);
    free(report);
    return pc_json_dump(root);
}
