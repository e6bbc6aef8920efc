#include "hotspots/top.h"

#include <stdlib.h>

#include "base/mem.h"
#include "hotspots/sums.h"

struct sorting {
    const struct pc_profile *profile;
    enum pc_top_order order;
};

static int compare_rows(const void *a, const void *b, void *ctx)
{
    const struct pc_top_row *p = a, *q = b;
    const struct sorting *sorting = ctx;
    int self = (p->self.value < q->self.value) - (p->self.value > q->self.value);
    int total = (p->total.value < q->total.value) - (p->total.value > q->total.value);
    int first = sorting->order == PC_TOP_BY_SELF ? self : total;
    int second = sorting->order == PC_TOP_BY_SELF ? total : self;
    if (first || second)
        return first ? first : second;
    return pc_function_order(sorting->profile, p->function, q->function);
}

static void rank_rows(struct pc_top *top, enum pc_top_order order)
{
    size_t leader = 0;
    for (size_t i = 0; i < top->n; i++) {
        struct pc_top_row *row = &top->items[i], *first = &top->items[leader];
        bool is_tied = order == PC_TOP_BY_SELF ? row->self.high >= first->self.low
                                               : row->total.high >= first->total.low;
        if (!is_tied)
            leader = i;
        else if (i != leader)
            row->is_tied = first->is_tied = true;
        row->rank = (unsigned)leader + 1;
    }
    top->is_settled = top->n > 0 && !top->items[0].is_tied;
}

void pc_top_make(struct pc_top *top, const struct pc_stacks *stacks,
                 enum pc_top_order order)
{
    *top = (struct pc_top){0};
    size_t n = stacks->profile->functions.n;
    PC_AUTO(pc_auto_free) struct pc_sum *sums = pc_sums_make(stacks, NULL, n);
    top->items = pc_alloc_array(n + 1, sizeof *top->items);
    for (uint32_t i = 0; i < n; i++) {
        if (sums[i].total > 0)
            top->items[top->n++] =
                (struct pc_top_row){.function = i,
                                    .self = pc_share_of(sums[i].self, &stacks->whole),
                                    .total = pc_share_of(sums[i].total, &stacks->whole)};
    }
    struct sorting sorting = {.profile = stacks->profile, .order = order};
    qsort_r(top->items, top->n, sizeof *top->items, compare_rows, &sorting);
    if (pc_stacks_suffice(stacks))
        rank_rows(top, order);
}

void pc_top_fini(struct pc_top *top)
{
    free(top->items);
    *top = (struct pc_top){0};
}
