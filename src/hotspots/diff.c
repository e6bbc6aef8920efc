#include "hotspots/diff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "hotspots/sums.h"

/* A function of one of the two profiles. */
struct named {
    const char *name, *file; /* the file's name without its folder, or "" */
    uint32_t function;
    bool is_after;
};

static bool has_files(const struct pc_profile *profile)
{
    for (size_t i = 0; i < profile->functions.n; i++) {
        if (*profile->functions.items[i].file)
            return true;
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    const struct named *p = a, *q = b;
    int order = strcmp(p->name, q->name);
    return order ? order : strcmp(p->file, q->file);
}

static size_t add_names(struct named *names, const struct pc_profile *profile,
                        bool is_after, bool by_file)
{
    for (uint32_t i = 0; i < profile->functions.n; i++) {
        const struct pc_function *function = &profile->functions.items[i];
        names[i] = (struct named){.name = function->name,
                                  .file = by_file ? pc_path_base(function->file) : "",
                                  .function = i,
                                  .is_after = is_after};
    }
    return profile->functions.n;
}

/* The functions of both profiles in groups of those that are the same. */
struct groups {
    uint32_t *before, *after; /* the group of each function */
    struct pc_change *items;  /* one for each group */
    size_t n;
};

static void groups_init(struct groups *groups, const struct pc_profile *before,
                        const struct pc_profile *after)
{
    bool by_file = has_files(before) && has_files(after);
    size_t all = before->functions.n + after->functions.n;
    PC_AUTO(pc_auto_free) struct named *names = pc_alloc_array(all + 1, sizeof *names);
    size_t n = add_names(names, before, false, by_file);
    add_names(names + n, after, true, by_file);
    qsort(names, all, sizeof *names, compare_names);
    *groups = (struct groups){
        .before = pc_alloc_array(before->functions.n + 1, sizeof *groups->before),
        .after = pc_alloc_array(after->functions.n + 1, sizeof *groups->after),
        .items = pc_alloc_array(all + 1, sizeof *groups->items)};
    for (size_t i = 0; i < all; i++) {
        if (i == 0 || compare_names(&names[i - 1], &names[i]) != 0)
            groups->items[groups->n++] =
                (struct pc_change){.before = PC_NO_FUNCTION, .after = PC_NO_FUNCTION};
        struct pc_change *change = &groups->items[groups->n - 1];
        uint32_t *of_function = names[i].is_after ? groups->after : groups->before;
        of_function[names[i].function] = (uint32_t)groups->n - 1;
        *(names[i].is_after ? &change->after : &change->before) = names[i].function;
    }
}

static double per_op(int64_t value, const struct pc_profile *profile)
{
    return profile->ops > 0 ? (double)value / (double)profile->ops : NAN;
}

/* Which way a value for an operation has gone, exactly. */
static int sign_per_op(int64_t was, const struct pc_profile *before, int64_t is,
                       const struct pc_profile *after)
{
    __int128 then = (__int128)was * (__int128)after->ops;
    __int128 now = (__int128)is * (__int128)before->ops;
    return (now > then) - (now < then);
}

/* Functions are there for both profiles only if stacks go through them. */
static void fill_changes(struct pc_diff *diff, const struct groups *groups,
                         const struct pc_stacks *before, const struct pc_stacks *after,
                         enum pc_top_order order)
{
    PC_AUTO(pc_auto_free) struct pc_sum *old =
        pc_sums_make(before, groups->before, groups->n);
    PC_AUTO(pc_auto_free) struct pc_sum *new =
        pc_sums_make(after, groups->after, groups->n);
    bool by_self = order == PC_TOP_BY_SELF;
    for (size_t i = 0; i < groups->n; i++) {
        if (old[i].total == 0 && new[i].total == 0)
            continue;
        struct pc_change change = groups->items[i];
        int64_t was = by_self ? old[i].self : old[i].total;
        int64_t is = by_self ? new[i].self : new[i].total;
        change.old = pc_share_of(was, &before->whole);
        change.new = pc_share_of(is, &after->whole);
        change.share = pc_share_difference(&change.old, &change.new);
        change.old_per_op = per_op(was, before->profile);
        change.new_per_op = per_op(is, after->profile);
        change.sign = diff->is_counted
                          ? sign_per_op(was, before->profile, is, after->profile)
                          : change.share.sign;
        diff->items[diff->n++] = change;
    }
}

struct sorting {
    const struct pc_profile *before, *after;
    bool is_counted;
};

static double size_of(const struct sorting *sorting, const struct pc_change *change)
{
    return fabs(sorting->is_counted ? change->new_per_op - change->old_per_op
                                    : change->share.part);
}

static const char *name_of(const struct sorting *sorting, const struct pc_change *change)
{
    return change->after != PC_NO_FUNCTION
               ? sorting->after->functions.items[change->after].name
               : sorting->before->functions.items[change->before].name;
}

static int compare_changes(const void *a, const void *b, void *sorting)
{
    const struct pc_change *p = a, *q = b;
    bool p_is_sure = p->sign != 0, q_is_sure = q->sign != 0;
    if (p_is_sure != q_is_sure)
        return p_is_sure ? -1 : 1;
    double p_size = size_of(sorting, p), q_size = size_of(sorting, q);
    if (p_size != q_size)
        return p_size > q_size ? -1 : 1;
    int order = strcmp(name_of(sorting, p), name_of(sorting, q));
    return order ? order : (p->before > q->before) - (p->before < q->before);
}

static bool is_comparable(const struct pc_stacks *before, const struct pc_stacks *after,
                          struct pc_err *err)
{
    const struct pc_value_type *old = &before->profile->types[before->type];
    const struct pc_value_type *new = &after->profile->types[after->type];
    bool is_unknown = !*old->unit || !*new->unit;
    return is_unknown ||
           (strcmp(old->name, new->name) == 0 && strcmp(old->unit, new->unit) == 0) ||
           pc_fail(
               err, PC_USAGE,
               "the profiles measure different things: the old one %s in %s, the new one "
               "%s in %s; give two of one kind",
               old->name, old->unit, new->name, new->unit);
}

static bool is_counted(const struct pc_stacks *stacks)
{
    return stacks->whole.certainty == PC_SHARES_EXACT && stacks->profile->ops > 0;
}

bool pc_diff_make(struct pc_diff *diff, const struct pc_stacks *before,
                  const struct pc_stacks *after, enum pc_top_order order,
                  struct pc_err *err)
{
    if (!is_comparable(before, after, err))
        return false;
    struct groups groups;
    groups_init(&groups, before->profile, after->profile);
    *diff = (struct pc_diff){.items = pc_alloc_array(groups.n + 1, sizeof *diff->items),
                             .is_counted = is_counted(before) && is_counted(after),
                             .old_per_op = per_op(before->whole.total, before->profile),
                             .new_per_op = per_op(after->whole.total, after->profile)};
    fill_changes(diff, &groups, before, after, order);
    struct sorting sorting = {
        .before = before->profile, .after = after->profile, .is_counted = diff->is_counted};
    qsort_r(diff->items, diff->n, sizeof *diff->items, compare_changes, &sorting);
    free(groups.before);
    free(groups.after);
    free(groups.items);
    return true;
}

void pc_diff_fini(struct pc_diff *diff)
{
    free(diff->items);
    *diff = (struct pc_diff){0};
}
