#include "host/count.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/orders.h"
#include "sampling/sites.h"

enum { SITES_TOLD = 16, OPS_MAX = 1000000 };

/* Following system calls is slow, and a few operations tell as much as many. */
enum { CALLS_NS = 1000000000 };

/* The values of one metric over operations. */
struct series {
    char unit[32];
    uint64_t n;
    double min, max, sum;
};

struct series_list {
    struct series *items;
    size_t n, cap;
};

static void add_value(struct series_list *list, const char *unit, double value)
{
    size_t k = 0;
    while (k < list->n && strcmp(list->items[k].unit, unit) != 0)
        k++;
    if (k == list->n) {
        struct series *fresh = PC_PUSH(list);
        *fresh = (struct series){.min = value, .max = value};
        strncpy(fresh->unit, unit, sizeof fresh->unit - 1);
    }
    struct series *s = &list->items[k];
    s->n++;
    s->sum += value;
    s->min = value < s->min ? value : s->min;
    s->max = value > s->max ? value : s->max;
}

static void add_counts(struct series_list *list, const struct pc_counts *op)
{
    add_value(list, "allocs/op", (double)op->allocs);
    add_value(list, "B/op", (double)op->bytes);
    add_value(list, "frees/op", (double)op->frees);
    add_value(list, "live-B", (double)op->live);
    add_value(list, "peak-B", (double)op->peak);
    add_value(list, "threads/op", (double)op->threads);
    add_value(list, "faults/op", (double)op->faults);
    add_value(list, "waits/op", (double)op->waits);
    add_value(list, "preemptions/op", (double)op->preemptions);
}

static void add_calls(struct series_list *list, const struct pc_tracer *op)
{
    add_value(list, "syscalls/op", (double)op->calls);
    add_value(list, "connections/op", (double)op->connections);
}

static void add_metrics(struct series_list *list, const struct pc_mailbox *box)
{
    for (uint32_t i = 0; i < box->answer.n_metrics && i < PC_BOX_METRICS; i++) {
        struct pc_box_metric metric = box->answer.metrics[i];
        metric.unit[sizeof metric.unit - 1] = '\0';
        add_value(list, metric.unit, metric.value);
    }
}

static bool send_leaks(const struct pc_tally *tally)
{
    for (int k = 0; k < PC_LEAKS_MAX && tally->leaks[k].allocs > 0; k++) {
        struct pc_str line = {0};
        pc_str_adds(&line, "leak");
        pc_line_addf(&line, "address", "%" PRIx64, tally->leaks[k].address);
        pc_line_addf(&line, "allocs", "%" PRIu64, tally->leaks[k].allocs);
        pc_line_addf(&line, "bytes", "%" PRIu64, tally->leaks[k].bytes);
        if (!pc_answer_send(&line))
            return false;
    }
    return true;
}

static bool send_series(const struct series_list *list)
{
    for (size_t k = 0; k < list->n; k++) {
        const struct series *s = &list->items[k];
        struct pc_str line = {0};
        pc_str_adds(&line, "metric");
        pc_line_add(&line, "name", s->unit);
        pc_line_addf(&line, "min", "%.17g", s->min);
        pc_line_addf(&line, "max", "%.17g", s->max);
        pc_line_addf(&line, "mean", "%.17g", s->sum / (double)s->n);
        if (!pc_answer_send(&line))
            return false;
    }
    return true;
}

static int busiest_first(const void *a, const void *b)
{
    const struct pc_alloc_site *x = a, *y = b;
    return (x->allocs < y->allocs) - (x->allocs > y->allocs);
}

/* Sorted in a copy, as the worker goes on using the table. */
static bool send_sites(const struct pc_tally *tally)
{
    struct pc_alloc_site *sites = pc_alloc(sizeof tally->sites);
    memcpy(sites, tally->sites, sizeof tally->sites);
    qsort(sites, PC_SITES_MAX, sizeof *sites, busiest_first);
    bool going = true;
    for (int k = 0; going && k < SITES_TOLD && sites[k].allocs > 0; k++) {
        struct pc_str line = {0};
        pc_str_adds(&line, "site");
        pc_line_addf(&line, "address", "%" PRIx64, sites[k].address);
        pc_line_add(&line, "object", "kernel");
        pc_line_addf(&line, "allocs", "%" PRIu64, sites[k].allocs);
        pc_line_addf(&line, "bytes", "%" PRIu64, sites[k].bytes);
        going = pc_answer_send(&line);
    }
    free(sites);
    return going;
}

/* Results are told while counting: the digest of the host allocates nothing. */
static bool run_op(struct pc_count *count)
{
    count->member.box->order.batch = (struct pc_batch){.inputs = count->iteration,
                                                       .start = count->iteration,
                                                       .timed = 1,
                                                       .digests_timed = true};
    count->iteration++;
    return pc_answer_call(&count->member, PC_ORDER_BATCH);
}

static bool run_ops(struct pc_count *count, struct series_list *list, uint64_t n,
                    uint64_t warmup)
{
    uint64_t digest = 0;
    for (uint64_t k = 0; k < warmup; k++)
        if (!run_op(count))
            return false;
    /* The worker sleeps now. */
    memset(count->tally->sites, 0, sizeof count->tally->sites);
    count->tally->walks = PC_WALKS_MAX;
    if (count->sites)
        pc_sites_restart(count->sites);
    int64_t began = pc_now();
    uint64_t k = 0;
    for (; k < n && !(count->calls && k > 0 && pc_now() - began > CALLS_NS); k++) {
        count->tracer.calls = count->tracer.connections = 0;
        if (!run_op(count))
            return false;
        if (count->calls) {
            add_calls(list, &count->tracer);
        } else {
            add_counts(list, &count->tally->sum);
            add_metrics(list, count->member.box);
        }
        digest = (digest ^ count->member.box->answer.batch.digest) * 0x9e3779b97f4a7c15;
    }
    if (count->sites)
        pc_sites_stop(count->sites);
    if (!send_series(list) || (!count->calls && !send_sites(count->tally)))
        return false;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    pc_line_addf(&line, "n", "%" PRIu64, k);
    pc_line_addf(&line, "digest", "%" PRIx64, digest);
    return pc_answer_send(&line);
}

static bool serve_hello(void *host, const struct pc_line *order)
{
    struct pc_count *count = host;
    (void)order;
    return pc_answer_hello("count", &count->member, 1);
}

static bool serve_list(void *host, const struct pc_line *order)
{
    struct pc_count *count = host;
    (void)order;
    if (count->is_set_up)
        return pc_answer_error("list comes before setup");
    return pc_answer_list(&count->member);
}

static bool serve_setup(void *host, const struct pc_line *order)
{
    struct pc_count *count = host;
    if (count->is_set_up)
        return pc_answer_error("there is one setup only");
    count->is_set_up = true;
    if (!pc_order_copy_setup(order, count->member.box) ||
        !pc_answer_call(&count->member, PC_ORDER_SETUP))
        return false;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    return pc_answer_send(&line);
}

static bool serve_ops(void *host, const struct pc_line *order)
{
    struct pc_count *count = host;
    uint64_t n, warmup = 2;
    if (!count->is_set_up)
        return pc_answer_error("ops come after setup");
    if (!pc_line_u64(order, "n", &n) || n > OPS_MAX)
        return pc_answer_error("ops needs n, at most %d", OPS_MAX);
    if (pc_line_get(order, "warmup") && !pc_line_u64(order, "warmup", &warmup))
        return pc_answer_error("warmup is not a number");
    struct series_list list = {0};
    bool going = run_ops(count, &list, n, warmup);
    free(list.items);
    return going;
}

static bool serve_end(void *host, const struct pc_line *order)
{
    struct pc_count *count = host;
    (void)order;
    if (!pc_answer_call(&count->member, PC_ORDER_END) || !send_leaks(count->tally))
        return false;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    pc_line_addf(&line, "leaked-B", "%" PRId64, count->tally->left.live);
    pc_line_addf(&line, "leaked-allocs", "%" PRId64, count->tally->left.blocks);
    pc_line_addf(&line, "threads-left", "%" PRIu64, pc_member_threads_left(&count->member));
    return pc_answer_send(&line);
}

void pc_count_serve(struct pc_count *count)
{
    static const struct pc_order_row orders[] = {
        {"hello", serve_hello}, {"list", serve_list}, {"setup", serve_setup},
        {"ops", serve_ops},     {"end", serve_end},   {NULL, NULL},
    };
    pc_orders_serve(orders, count);
}
