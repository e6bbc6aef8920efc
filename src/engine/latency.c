#include "engine/latency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/order.h"

static void add(struct pc_metrics *metrics, const char *name, double *values, size_t n)
{
    struct pc_metric *m = &metrics->items[metrics->n++];
    snprintf(m->name, sizeof m->name, "%s-ns", name);
    m->mean = pc_median(values, n);
    /* The median has left the values sorted. */
    struct pc_interval interval = pc_median_interval(values, n, 0.95);
    m->min = interval.low;
    m->max = interval.high;
}

void pc_latency_metrics(const struct pc_latencies *items, size_t n,
                        struct pc_metrics *metrics)
{
    PC_AUTO(pc_auto_free) double *values = pc_alloc_array(n, sizeof *values);
    metrics->n = 0;
    for (size_t k = 0; k < PC_QUANTILES; k++) {
        for (size_t i = 0; i < n; i++)
            values[i] = items[i].quantiles[k];
        add(metrics, pc_quantiles[k].name, values, n);
    }
    for (size_t i = 0; i < n; i++)
        values[i] = items[i].max;
    add(metrics, "max", values, n);
}
