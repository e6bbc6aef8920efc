#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "script/lesson.h"
#include "script/sandbox.h"
#include "script/shape.h"

/* Metrics are named as Go names its units ("allocs/op", "peak-B"), which tells them from
 * the other keys. */
static bool is_metric(const char *key)
{
    size_t n = strlen(key);
    for (size_t i = 0; i < n; i++)
        if (!isgraph((unsigned char)key[i]))
            return false;
    return n < PC_METRIC_NAME && strpbrk(key, "/-") != NULL;
}

static const struct pc_rule limits_rules[] = {
    {.key = "speedup", .type = PC_SHAPE_TABLE},
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
    {.key = "min", .type = PC_SHAPE_NUMBER, .required = true},
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

static double number_or(const struct pc_value *table, const char *key, double missing)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v ? v->number : missing;
}

static int line_of(const struct pc_value *table, const char *key)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v ? v->line : table->line;
}

static bool read_speedup(const struct pc_document *doc, const struct pc_value *v,
                         struct pc_speed_limit *speed)
{
    if (!v)
        return true;
    if (!pc_shape_check(doc, "speedup", v, &speedup_shape))
        return false;
    *speed = (struct pc_speed_limit){
        .set = true,
        .min = number_or(v, "min", NAN),
        .silver = number_or(v, "silver", NAN),
        .gold = number_or(v, "gold", NAN),
        .at = (size_t)number_or(v, "at", 0),
    };
    const struct pc_value *bench = pc_value_find(v, "bench");
    if (bench)
        snprintf(speed->bench, sizeof speed->bench, "%s", bench->text);
    if (speed->min <= 0)
        return pc_document_fail(doc, line_of(v, "min"),
                                "speedup.min must be above 0, got %g", speed->min);
    if (speed->silver < speed->min)
        return pc_document_fail(doc, line_of(v, "silver"),
                                "speedup.silver must be at least min, %g, got %g",
                                speed->min, speed->silver);
    double below = isnan(speed->silver) ? speed->min : speed->silver;
    if (speed->gold < below)
        return pc_document_fail(
            doc, line_of(v, "gold"), "speedup.gold must be at least %s, %g, got %g",
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
        return pc_document_fail(doc, line_of(v, "min"),
                                "%s.min must be at most max, %g, got %g", metric,
                                limit->max, limit->min);
    if (isfinite(limit->max) && limit->gold > limit->max)
        return pc_document_fail(doc, line_of(v, "gold"),
                                "%s.gold must be at most max, %g, got %g", metric,
                                limit->max, limit->gold);
    if (limit->gold < limit->min)
        return pc_document_fail(doc, line_of(v, "gold"),
                                "%s.gold must be at least min, %g, got %g", metric,
                                limit->min, limit->gold);
    return true;
}

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
    limit->max = number_or(v, "max", INFINITY);
    limit->min = number_or(v, "min", -INFINITY);
    limit->gold = number_or(v, "gold", NAN);
    return check_bounds(doc, v, limit);
}

static bool read_metrics(const struct pc_document *doc, const struct pc_value *root,
                         struct pc_limits *limits)
{
    for (size_t i = 0; i < root->n; i++) {
        const struct pc_field *f = &root->items[i];
        if (!is_metric(f->key))
            continue;
        if (limits->n == PC_LIMITS_MAX)
            return pc_document_fail(doc, f->value.line, "there are more than %d limits",
                                    PC_LIMITS_MAX);
        if (!read_metric(doc, f->key, &f->value, &limits->items[limits->n++]))
            return false;
    }
    if (limits->n == 0 && !limits->speedup.set)
        return pc_document_fail(doc, root->line,
                                "there is no limit: give speedup or a metric");
    return true;
}

/* Copy a list of words, each of which may occur once. */
static bool read_words(const struct pc_document *doc, const char *path,
                       const struct pc_value *list, char ***words, size_t *n)
{
    *words = pc_alloc_array(list ? list->n : 0, sizeof **words);
    for (size_t i = 0; list && i < list->n; i++) {
        const struct pc_value *v = &list->items[i].value;
        (*words)[(*n)++] = pc_value_trimmed(v);
        for (size_t k = 0; k < i; k++)
            if (strcmp((*words)[k], (*words)[i]) == 0)
                return pc_document_fail(doc, v->line, "%s[%zu] repeats \"%s\"", path, i + 1,
                                        (*words)[i]);
    }
    return true;
}

/* The words of `needs` become arguments of pkg-config. */
static bool read_needs(const struct pc_document *doc, const struct pc_value *list,
                       struct pc_limits *limits)
{
    if (!read_words(doc, "needs", list, &limits->needs, &limits->n_needs))
        return false;
    for (size_t i = 0; i < limits->n_needs; i++) {
        const char *s = limits->needs[i];
        bool good = isalnum((unsigned char)s[0]);
        for (; good && *s; s++)
            good = isalnum((unsigned char)*s) || strchr("+-._", *s);
        if (!good)
            return pc_document_fail(doc, list->items[i].value.line,
                                    "needs[%zu] must be a name for pkg-config, got \"%s\"",
                                    i + 1, limits->needs[i]);
    }
    return true;
}

/* Each reason for a kernel to fail is a limit of this exercise or a stage of the check. */
static bool read_reasons(const struct pc_document *doc, const char *path,
                         const struct pc_value *list, const struct pc_limits *limits,
                         char ***words, size_t *n)
{
    if (!read_words(doc, path, list, words, n))
        return false;
    const char *known[PC_LIMITS_MAX + 5] = {"wrong", "crash", "leak", "build"};
    size_t n_known = 4;
    if (limits->speedup.set)
        known[n_known++] = "speedup";
    for (size_t i = 0; i < limits->n; i++)
        known[n_known++] = limits->items[i].metric;
    for (size_t i = 0; i < *n; i++) {
        bool found = false;
        for (size_t k = 0; k < n_known; k++)
            found = found || strcmp((*words)[i], known[k]) == 0;
        if (found)
            continue;
        PC_AUTO(pc_auto_free) char *near = pc_text_nearest((*words)[i], known, n_known);
        return pc_document_fail(doc, list->items[i].value.line,
                                "%s[%zu]: \"%s\" is no limit of this exercise%s%s%s", path,
                                i + 1, (*words)[i], near ? "; did you mean " : "",
                                near ? near : "", near ? "?" : "");
    }
    return true;
}

static bool read_mutant(const struct pc_document *doc, const char *folder,
                        const struct pc_field *f, struct pc_limits *limits)
{
    if (!f->key)
        return pc_document_fail(doc, f->value.line,
                                "mutants: write NAME = {REASONS}, item %zu has no name",
                                f->index);
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("mutants.%s", f->key);
    struct pc_mutant *m = &limits->mutants[limits->n_mutants++];
    m->name = pc_strdup(f->key);
    PC_AUTO(pc_auto_free) char *file = pc_strfmt("%s/%s.c", folder, f->key);
    if (strchr(f->key, '/') || !pc_file_exists(file))
        return pc_document_fail(doc, f->value.line, "%s: there is no file mutants/%s.c",
                                path, f->key);
    const struct pc_rule reasons = {
        .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE, .least = 1};
    return pc_shape_check_list(doc, path, &f->value, &reasons) &&
           read_reasons(doc, path, &f->value, limits, &m->fails, &m->n_fails);
}

static bool is_listed(const struct pc_limits *limits, const char *file)
{
    size_t n = strlen(file) - 2;
    for (size_t i = 0; i < limits->n_mutants; i++) {
        const char *name = limits->mutants[i].name;
        if (strlen(name) == n && memcmp(name, file, n) == 0)
            return true;
    }
    return false;
}

/* A mutant without reasons would never be run, a reason without a mutant proves nothing. */
static bool read_mutants(const struct pc_document *doc, const char *folder,
                         const struct pc_value *root, struct pc_limits *limits)
{
    const struct pc_value *table = pc_value_find(root, "mutants");
    limits->mutants = pc_alloc_array(table ? table->n : 0, sizeof *limits->mutants);
    for (size_t i = 0; table && i < table->n; i++)
        if (!read_mutant(doc, folder, &table->items[i], limits))
            return false;
    if (!pc_file_exists(folder))
        return true;
    char **names = pc_dir_names(folder, doc->err);
    bool ok = names != NULL;
    for (size_t i = 0; ok && names[i]; i++) {
        size_t n = strlen(names[i]);
        bool source = n > 2 && strcmp(names[i] + n - 2, ".c") == 0;
        if (source && !is_listed(limits, names[i]))
            ok = pc_document_fail(doc, table ? table->line : root->line,
                                  "mutants does not say how mutants/%s fails", names[i]);
    }
    pc_names_free(names);
    return ok;
}

static bool read_limits(const struct pc_document *doc, const char *mutants,
                        const struct pc_value *root, struct pc_limits *limits)
{
    if (!pc_shape_check(doc, "", root, &limits_shape))
        return false;
    limits->count_at = (size_t)number_or(root, "count_at", 0);
    const struct pc_value *allow = pc_value_find(root, "allow");
    return read_speedup(doc, pc_value_find(root, "speedup"), &limits->speedup) &&
           read_metrics(doc, root, limits) &&
           read_needs(doc, pc_value_find(root, "needs"), limits) &&
           read_words(doc, "allow", allow, &limits->allow, &limits->n_allow) &&
           read_reasons(doc, "fails", pc_value_find(root, "fails"), limits, &limits->fails,
                        &limits->n_fails) &&
           read_mutants(doc, mutants, root, limits);
}

bool pc_limits_load(const struct pc_course *course, const struct pc_exercise *exercise,
                    struct pc_limits *limits, struct pc_err *err)
{
    struct pc_err unused;
    if (!err)
        err = &unused;
    PC_AUTO(pc_auto_free)
    char *folder =
        pc_strfmt("%s/checks/%s/%s", course->dir, exercise->topic->folder, exercise->name);
    PC_AUTO(pc_auto_free) char *mutants = pc_strfmt("%s/mutants", folder);
    *limits = (struct pc_limits){.file = pc_strfmt("%s/limits.lua", folder)};
    const struct pc_document doc = {"limits.lua", err};
    struct pc_value root;
    bool ok = pc_sandbox_run(limits->file, doc.name, &root, err) &&
              read_limits(&doc, mutants, &root, limits);
    pc_value_fini(&root);
    if (ok)
        return true;
    pc_limits_fini(limits);
    return pc_while(err, "%02d %s", exercise->topic->number, exercise->name);
}
