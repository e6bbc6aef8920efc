#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/growth.h"
#include "script/lesson.h"
#include "script/needs.h"
#include "script/parallel.h"
#include "script/reasons.h"
#include "script/shape.h"
#include "script/tail.h"

/* Metrics are named as Go names its units ("allocs/op", "peak-B"), or of the code
 * ("sizeof.node"), which tells them from the other keys. */
static bool is_metric(const char *key)
{
    size_t n = strlen(key);
    for (size_t i = 0; i < n; i++)
        if (!isgraph((unsigned char)key[i]))
            return false;
    return n < PC_METRIC_NAME && (strpbrk(key, "/-") || pc_metric_is_of_code(key, NULL));
}

static const struct pc_rule limits_rules[] = {
    {.key = "speedup", .type = PC_SHAPE_TABLE},
    {.key = "growth", .type = PC_SHAPE_TABLE},
    {.key = "tail", .type = PC_SHAPE_TABLE},
    {.key = "hotspot", .type = PC_SHAPE_NAME},
    {.key = "sanitize", .type = PC_SHAPE_LINE},
    {.key = "count_at", .type = PC_SHAPE_COUNT},
    {.key = "needs", .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE},
    {.key = "allow", .type = PC_SHAPE_LIST, .item = PC_SHAPE_NAME},
    {.key = "fails",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_LINE,
     .required = true,
     .least = 1},
    {.key = "mutants", .type = PC_SHAPE_TABLE},
};
static const struct pc_shape limits_shape = {limits_rules, PC_COUNT(limits_rules),
                                             is_metric};

static const struct pc_rule speedup_rules[] = {
    {.key = "min", .type = PC_SHAPE_NUMBER},
    {.key = "efficiency", .type = PC_SHAPE_POSITIVE},
    {.key = "parallel", .type = PC_SHAPE_ANY},
    {.key = "silver", .type = PC_SHAPE_NUMBER},
    {.key = "gold", .type = PC_SHAPE_NUMBER},
    {.key = "at", .type = PC_SHAPE_COUNT},
    {.key = "bench", .type = PC_SHAPE_NAME},
};
static const struct pc_shape speedup_shape = {speedup_rules, PC_COUNT(speedup_rules), NULL};

static const struct pc_rule metric_rules[] = {
    {.key = "max", .type = PC_SHAPE_NUMBER},
    {.key = "min", .type = PC_SHAPE_NUMBER},
    {.key = "gold", .type = PC_SHAPE_NUMBER},
    {.key = "stat", .type = PC_SHAPE_LINE},
};
static const struct pc_shape metric_shape = {metric_rules, PC_COUNT(metric_rules), NULL};

static bool read_speedup(const struct pc_document *doc, const struct pc_value *v,
                         struct pc_speed_limit *speed)
{
    if (!v)
        return true;
    if (!pc_shape_check(doc, "speedup", v, &speedup_shape))
        return false;
    *speed = (struct pc_speed_limit){
        .set = true,
        .min = pc_value_number(v, "min", NAN),
        .silver = pc_value_number(v, "silver", NAN),
        .gold = pc_value_number(v, "gold", NAN),
        .at = (size_t)pc_value_number(v, "at", 0),
    };
    const struct pc_value *bench = pc_value_find(v, "bench");
    if (bench)
        snprintf(speed->bench, sizeof speed->bench, "%s", bench->text);
    if (!pc_parallel_read(doc, v, speed))
        return false;
    if (isnan(speed->min))
        return pc_document_fail(doc, v->line, "speedup.min is missing");
    /* A missing medal is NAN, which compares false and so passes. */
    if (speed->min <= 0)
        return pc_document_fail(doc, pc_value_line(v, "min"),
                                "speedup.min must be above 0, got %g", speed->min);
    if (speed->silver < speed->min)
        return pc_document_fail(doc, pc_value_line(v, "silver"),
                                "speedup.silver must be at least min, %g, got %g",
                                speed->min, speed->silver);
    double below = isnan(speed->silver) ? speed->min : speed->silver;
    if (speed->gold < below)
        return pc_document_fail(
            doc, pc_value_line(v, "gold"), "speedup.gold must be at least %s, %g, got %g",
            isnan(speed->silver) ? "min" : "silver", below, speed->gold);
    return true;
}

static bool read_stat(const struct pc_document *doc, const char *metric,
                      const struct pc_value *v, enum pc_stat *stat)
{
    *stat = v && strcmp(v->text, "mean") == 0 ? PC_STAT_MEAN : PC_STAT_MAX;
    if (v && *stat == PC_STAT_MAX && strcmp(v->text, "max") != 0)
        return pc_document_fail(doc, v->line, "%s.stat must be max or mean, got \"%s\"",
                                metric, v->text);
    return true;
}

/* A bound beyond the one to pass: further on the same side. */
static bool check_bounds(const struct pc_document *doc, const struct pc_value *v,
                         const struct pc_limit *limit)
{
    const char *metric = limit->metric;
    if (isinf(limit->max) && isinf(limit->min))
        return pc_document_fail(doc, v->line, "%s needs a max or a min", metric);
    if (limit->min > limit->max)
        return pc_document_fail(doc, pc_value_line(v, "min"),
                                "%s.min must be at most max, %g, got %g", metric,
                                limit->max, limit->min);
    if (isfinite(limit->max) && limit->gold > limit->max)
        return pc_document_fail(doc, pc_value_line(v, "gold"),
                                "%s.gold must be at most max, %g, got %g", metric,
                                limit->max, limit->gold);
    if (limit->gold < limit->min)
        return pc_document_fail(doc, pc_value_line(v, "gold"),
                                "%s.gold must be at least min, %g, got %g", metric,
                                limit->min, limit->gold);
    return true;
}

/* `allocs/op = 24` is short for `allocs/op = {max = 24}`. */
static bool read_metric(const struct pc_document *doc, const char *metric,
                        const struct pc_value *v, struct pc_limit *limit)
{
    *limit = (struct pc_limit){.max = INFINITY, .min = -INFINITY, .gold = NAN};
    snprintf(limit->metric, sizeof limit->metric, "%s", metric);
    if (v->kind != PC_TABLE) {
        limit->max = v->number;
        return pc_shape_check_value(doc, metric, v, PC_SHAPE_NUMBER);
    }
    if (!pc_shape_check(doc, metric, v, &metric_shape) ||
        !read_stat(doc, metric, pc_value_find(v, "stat"), &limit->stat))
        return false;
    limit->max = pc_value_number(v, "max", INFINITY);
    limit->min = pc_value_number(v, "min", -INFINITY);
    limit->gold = pc_value_number(v, "gold", NAN);
    return check_bounds(doc, v, limit);
}

static bool read_metrics(const struct pc_document *doc, const struct pc_value *root,
                         struct pc_limits *limits)
{
    for (size_t i = 0; i < root->n; i++) {
        const struct pc_field *f = &root->items[i];
        if (!is_metric(f->key))
            continue;
        if (!pc_tail_check_metric(doc, f->key, f->value.line))
            return false;
        if (limits->n == PC_LIMITS_MAX)
            return pc_document_fail(doc, f->value.line, "there are more than %d limits",
                                    PC_LIMITS_MAX);
        if (!read_metric(doc, f->key, &f->value, &limits->items[limits->n++]))
            return false;
    }
    if (limits->n == 0 && !limits->speedup.set && !limits->growth.set && !limits->tail.set)
        return pc_document_fail(
            doc, root->line, "there is no limit: give speedup, growth, tail or a metric");
    return true;
}

/* The starter is profiled with the bench and at the size of the speed-up. */
static bool read_hotspot(const struct pc_document *doc, const struct pc_value *v,
                         struct pc_limits *limits)
{
    if (v)
        snprintf(limits->hotspot, sizeof limits->hotspot, "%s", v->text);
    return !v || limits->speedup.set ||
           pc_document_fail(doc, v->line,
                            "hotspot needs a speedup, whose bench it profiles");
}

static bool read_sanitize(const struct pc_document *doc, const struct pc_value *v,
                          struct pc_limits *limits)
{
    limits->races = v && strcmp(v->text, "thread") == 0;
    return !v || limits->races ||
           pc_document_fail(doc, v->line, "sanitize must be thread, got \"%s\"", v->text);
}

static bool read_limits(const struct pc_document *doc, const char *mutants,
                        const struct pc_value *root, struct pc_limits *limits)
{
    if (!pc_shape_check(doc, "", root, &limits_shape))
        return false;
    limits->count_at = (size_t)pc_value_number(root, "count_at", 0);
    const struct pc_value *allow = pc_value_find(root, "allow");
    return read_speedup(doc, pc_value_find(root, "speedup"), &limits->speedup) &&
           pc_growth_read(doc, pc_value_find(root, "growth"), &limits->speedup,
                          &limits->growth) &&
           pc_tail_read(doc, pc_value_find(root, "tail"), &limits->speedup,
                        &limits->tail) &&
           read_hotspot(doc, pc_value_find(root, "hotspot"), limits) &&
           read_sanitize(doc, pc_value_find(root, "sanitize"), limits) &&
           read_metrics(doc, root, limits) &&
           pc_needs_read(doc, "needs", pc_value_find(root, "needs"), &limits->needs,
                         &limits->n_needs) &&
           pc_reasons_read_words(doc, "allow", allow, &limits->allow, &limits->n_allow) &&
           pc_reasons_read(doc, "fails", pc_value_find(root, "fails"), limits,
                           &limits->fails, &limits->n_fails) &&
           pc_reasons_read_mutants(doc, mutants, root, limits);
}

bool pc_limits_load(const struct pc_course *course, const struct pc_exercise *exercise,
                    struct pc_limits *limits, struct pc_err *err)
{
    return pc_limits_load_by(NULL, course, exercise, limits, err);
}

bool pc_limits_load_by(const struct pc_evaluator *by, const struct pc_course *course,
                       const struct pc_exercise *exercise, struct pc_limits *limits,
                       struct pc_err *err)
{
    struct pc_err unused;
    if (!err)
        err = &unused;
    PC_AUTO(pc_auto_free) char *folder =
        pc_strfmt("%s/checks/%s/%s", course->dir, exercise->topic->folder, exercise->name);
    PC_AUTO(pc_auto_free) char *mutants = pc_strfmt("%s/mutants", folder);
    *limits = (struct pc_limits){.file = pc_strfmt("%s/limits.lua", folder)};
    const struct pc_document doc = {"limits.lua", err};
    struct pc_value root;
    bool ok = pc_script_evaluate(by, limits->file, doc.name, &root, err) &&
              read_limits(&doc, mutants, &root, limits);
    pc_value_fini(&root);
    if (ok)
        return true;
    pc_limits_fini(limits);
    return pc_while(err, "%02d %s", exercise->topic->number, exercise->name);
}
