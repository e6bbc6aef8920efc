#include "hotspots/answer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "hotspots/top.h"

static const double certain = 1000;

static struct pc_hotspot_share share_of(const struct pc_profile *profile,
                                        const struct pc_top_row *row)
{
    struct pc_hotspot_share share = {
        .part = row->self.part, .low = row->self.low, .high = row->self.high};
    const char *name = profile->functions.items[row->function].name;
    pc_text_copy_line(share.function, sizeof share.function, name, strlen(name));
    return share;
}

/* What is in no sample takes nothing, and perhaps a little more. */
static struct pc_hotspot_share unseen(const char *name, const struct pc_whole *whole)
{
    const struct pc_share none = pc_share_of(0, whole);
    struct pc_hotspot_share share = {.low = none.low, .high = none.high};
    snprintf(share.function, sizeof share.function, "%s", name);
    return share;
}

/* What a bet of 1 has become that more than half of a + b samples are of one kind. */
static double winnings(double a, double b)
{
    return exp((a + b) * M_LN2 + lgamma(a + 1) + lgamma(b + 1) - lgamma(a + b + 2));
}

/* Names of the kernel's functions that could be meant. */
static void look_near(struct pc_hotspot *h, const struct pc_top *top,
                      const struct pc_profile *profile)
{
    PC_AUTO(pc_auto_free) const char **names = pc_alloc_array(top->n + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < top->n; i++) {
        const struct pc_function *f = &profile->functions.items[top->items[i].function];
        if (f->code == PC_CODE_KERNEL)
            names[n++] = f->name;
    }
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(h->answer, names, n);
    if (near)
        pc_text_copy_line(h->near, sizeof h->near, near, strlen(near));
}

static void weigh(struct pc_hotspot *h, const struct pc_top *top,
                  const struct pc_stacks *stacks)
{
    const struct pc_top_row *named = NULL, *rival = NULL;
    for (size_t i = 0; i < top->n; i++) {
        const struct pc_top_row *row = &top->items[i];
        const char *name = stacks->profile->functions.items[row->function].name;
        const struct pc_top_row **to = strcmp(name, h->answer) == 0 ? &named : &rival;
        if (!*to)
            *to = row;
    }
    h->is_known = named != NULL;
    h->named = named ? share_of(stacks->profile, named) : unseen(h->answer, &stacks->whole);
    if (rival)
        h->rival = share_of(stacks->profile, rival);
    double a = named ? (double)named->self.value : 0;
    double b = rival ? (double)rival->self.value : 0;
    h->is_settled = winnings(a, b) >= certain;
    h->is_first = a >= b || !h->is_settled;
}

void pc_answer_weigh(const struct pc_profile *profile, struct pc_hotspot *hotspot)
{
    struct pc_stacks stacks;
    struct pc_top top;
    /* The first type counts samples. */
    const struct pc_look look = {.type = 0, .hides_host = true, .folds_libraries = true};
    pc_stacks_init(&stacks, profile, &look);
    pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
    hotspot->measured = pc_stacks_suffice(&stacks);
    hotspot->samples = profile->taken;
    weigh(hotspot, &top, &stacks);
    if (!hotspot->is_known)
        look_near(hotspot, &top, profile);
    pc_top_fini(&top);
    pc_stacks_fini(&stacks);
}
