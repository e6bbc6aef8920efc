#include "script/tail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static const struct pc_rule rules[] = {
    {.key = "p50", .type = PC_SHAPE_ANY},  {.key = "p90", .type = PC_SHAPE_ANY},
    {.key = "p99", .type = PC_SHAPE_ANY},  {.key = "p99.9", .type = PC_SHAPE_ANY},
    {.key = "at", .type = PC_SHAPE_COUNT}, {.key = "bench", .type = PC_SHAPE_NAME},
};
static const struct pc_shape shape = {rules, PC_COUNT(rules), NULL};

static const struct pc_rule bound_rules[] = {
    {.key = "max_ratio", .type = PC_SHAPE_POSITIVE, .required = true},
    {.key = "gold", .type = PC_SHAPE_POSITIVE},
};
static const struct pc_shape bound_shape = {bound_rules, PC_COUNT(bound_rules), NULL};

/* `p99 = 0.5` is short for `p99 = {max_ratio = 0.5}`. */
static bool read_bound(const struct pc_document *doc, const char *name,
                       const struct pc_value *v, struct pc_tail_bound *bound)
{
    char path[32];
    snprintf(path, sizeof path, "tail.%s", name);
    *bound = (struct pc_tail_bound){NAN, NAN};
    if (!v)
        return true;
    if (v->kind != PC_TABLE) {
        bound->max_ratio = v->number;
        return pc_shape_check_value(doc, path, v, PC_SHAPE_POSITIVE);
    }
    if (!pc_shape_check(doc, path, v, &bound_shape))
        return false;
    bound->max_ratio = pc_value_number(v, "max_ratio", NAN);
    bound->gold = pc_value_number(v, "gold", NAN);
    if (bound->gold > bound->max_ratio)
        return pc_document_fail(doc, pc_value_line(v, "gold"),
                                "%s.gold must be at most max_ratio, %g, got %g", path,
                                bound->max_ratio, bound->gold);
    return true;
}

bool pc_tail_read(const struct pc_document *doc, const struct pc_value *v,
                  const struct pc_speed_limit *speed, struct pc_tail_limit *tail)
{
    if (!v)
        return true;
    if (!pc_shape_check(doc, "tail", v, &shape))
        return false;
    *tail = (struct pc_tail_limit){
        .set = true, .at = (size_t)pc_value_number(v, "at", (double)speed->at)};
    const struct pc_value *bench = pc_value_find(v, "bench");
    snprintf(tail->bench, sizeof tail->bench, "%s", bench ? bench->text : speed->bench);
    bool any = false;
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        const char *name = pc_quantiles[i].name;
        if (!read_bound(doc, name, pc_value_find(v, name), &tail->bounds[i]))
            return false;
        any = any || !isnan(tail->bounds[i].max_ratio);
    }
    return any || pc_document_fail(doc, v->line, "tail needs a quantile, such as p99");
}

bool pc_tail_check_metric(const struct pc_document *doc, const char *metric, int line)
{
    size_t n = strlen(metric);
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        const char *name = pc_quantiles[i].name;
        if (n == strlen(name) + 3 && strncmp(metric, name, n - 3) == 0 &&
            strcmp(metric + n - 3, "-ns") == 0)
            return pc_document_fail(doc, line,
                                    "%s differs from machine to machine: use tail = {%s = "
                                    "{max_ratio = ...}}, a share of the starter's",
                                    metric, name);
    }
    return true;
}
