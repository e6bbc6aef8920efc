#include "model/metric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

bool pc_metric_is_exact(const char *name)
{
    static const char *const names[] = {"faults/op", "waits/op", "preemptions/op"};
    return !is_one_of(name, names, PC_COUNT(names));
}

bool pc_metric_needs_calls(const char *name)
{
    static const char *const names[] = {"syscalls/op", "connections/op"};
    return is_one_of(name, names, PC_COUNT(names));
}

bool pc_metric_is_of_code(const char *name, const char **of)
{
    static const char *const kinds[] = {"sizeof.", "padding.", "stack-B."};
    for (size_t i = 0; i < PC_COUNT(kinds); i++) {
        size_t n = strlen(kinds[i]);
        if (strncmp(name, kinds[i], n) != 0 || name[n] == '\0')
            continue;
        if (of)
            *of = name + n;
        return true;
    }
    return false;
}

const char *pc_medal_name(enum pc_medal medal)
{
    static const char *const names[] = {
        [PC_MEDAL_NONE] = "passed", [PC_MEDAL_SILVER] = "silver", [PC_MEDAL_GOLD] = "gold"};
    return names[medal];
}

const struct pc_metric *pc_metrics_find(const struct pc_metrics *metrics, const char *name)
{
    for (size_t i = 0; i < metrics->n; i++)
        if (strcmp(metrics->items[i].name, name) == 0)
            return &metrics->items[i];
    return NULL;
}

static struct pc_metric *find_or_add(struct pc_metrics *metrics,
                                     const struct pc_metric *like)
{
    for (size_t i = 0; i < metrics->n; i++)
        if (strcmp(metrics->items[i].name, like->name) == 0)
            return &metrics->items[i];
    if (metrics->n < PC_METRICS_MAX)
        metrics->items[metrics->n++] = *like;
    return NULL;
}

double pc_limit_value(const struct pc_limit *limit, const struct pc_metric *metric,
                      bool at_most)
{
    if (limit->stat == PC_STAT_MEAN)
        return metric->mean;
    return at_most ? metric->max : metric->min;
}

void pc_metrics_merge(struct pc_metrics *into, const struct pc_metrics *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct pc_metric *new = &from->items[i];
        struct pc_metric *old = find_or_add(into, new);
        if (!old)
            continue;
        old->min = new->min < old->min ? new->min : old->min;
        old->max = new->max > old->max ? new->max : old->max;
        old->mean = (old->mean + new->mean) / 2;
    }
}

/* Five sizes are the fewest of which one may be wrong by any amount without moving the
 * exponent far (stats/growth.h). */
void pc_growth_spread(size_t from, size_t to, struct pc_growth_limit *limit)
{
    enum { SIZES = 5 };
    double factor = pow((double)to / (double)from, 1.0 / (SIZES - 1));
    limit->n = 0;
    for (int i = 0; i < SIZES; i++) {
        size_t size = (size_t)llround((double)from * pow(factor, i));
        if (limit->n == 0 || size > limit->sizes[limit->n - 1])
            limit->sizes[limit->n++] = size;
    }
}

static void free_words(char **words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(words[i]);
    free(words);
}

void pc_limits_fini(struct pc_limits *limits)
{
    free_words(limits->allow, limits->n_allow);
    free_words(limits->needs, limits->n_needs);
    free_words(limits->fails, limits->n_fails);
    for (size_t i = 0; i < limits->n_mutants; i++) {
        free(limits->mutants[i].name);
        free_words(limits->mutants[i].fails, limits->mutants[i].n_fails);
    }
    free(limits->mutants);
    free(limits->file);
    *limits = (struct pc_limits){0};
}
