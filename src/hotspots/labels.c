#include "hotspots/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void pc_labels_keys(const struct pc_profile *profile, struct pc_words *keys)
{
    size_t n = profile->labels.n;
    PC_AUTO(pc_auto_free) const char **all = pc_alloc_array(n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = profile->labels.items[i].key;
    qsort(all, n, sizeof *all, compare_keys);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(all[i - 1], all[i]) != 0)
            pc_words_add(keys, all[i]);
    }
}

/* Which label of the stack has the key: its number, or that behind the last one. */
static size_t label_of(const struct pc_stacks *stacks, const struct pc_stack *stack,
                       const bool *has_key)
{
    const struct pc_profile_sample *sample = &stacks->profile->samples.items[stack->sample];
    for (size_t k = 0; k < sample->n_labels; k++) {
        if (has_key[sample->labels[k]])
            return sample->labels[k];
    }
    return stacks->profile->labels.n;
}

static int compare_rows(const void *a, const void *b)
{
    const struct pc_split_row *p = a, *q = b;
    if (p->label == PC_NO_LABEL || q->label == PC_NO_LABEL)
        return (p->label == PC_NO_LABEL) - (q->label == PC_NO_LABEL);
    if (p->share.value != q->share.value)
        return p->share.value > q->share.value ? -1 : 1;
    return (p->label > q->label) - (p->label < q->label);
}

void pc_split_make(struct pc_split *split, const struct pc_stacks *stacks, const char *key)
{
    const struct pc_labels *labels = &stacks->profile->labels;
    PC_AUTO(pc_auto_free) bool *has_key = pc_alloc(labels->n + 1);
    PC_AUTO(pc_auto_free) int64_t *values = pc_alloc_array(labels->n + 1, sizeof *values);
    for (size_t i = 0; i < labels->n; i++)
        has_key[i] = strcmp(labels->items[i].key, key) == 0;
    for (size_t i = 0; i < stacks->n; i++)
        values[label_of(stacks, &stacks->items[i], has_key)] += stacks->items[i].value;
    *split =
        (struct pc_split){.items = pc_alloc_array(labels->n + 1, sizeof *split->items)};
    for (size_t i = 0; i <= labels->n; i++) {
        if (values[i] > 0)
            split->items[split->n++] =
                (struct pc_split_row){.label = i < labels->n ? (uint32_t)i : PC_NO_LABEL,
                                      .share = pc_share_of(values[i], &stacks->whole)};
    }
    qsort(split->items, split->n, sizeof *split->items, compare_rows);
}

void pc_split_fini(struct pc_split *split)
{
    free(split->items);
    *split = (struct pc_split){0};
}
