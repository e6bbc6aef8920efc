#include "profile/pprof_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct pc_pprof_place pc_pprof_place_at(const struct pc_profile *profile,
                                        const struct pc_profile_sample *sample, size_t at)
{
    size_t n = 1;
    while (at + n < sample->n && profile->frames.items[sample->frames[at + n - 1]].inlined)
        n++;
    return (struct pc_pprof_place){.frames = sample->frames + at, .n = n};
}

static int compare_places(const void *a, const void *b)
{
    const struct pc_pprof_place *p = a, *q = b;
    for (size_t i = 0; i < p->n && i < q->n; i++) {
        if (p->frames[i] != q->frames[i])
            return p->frames[i] < q->frames[i] ? -1 : 1;
    }
    return (p->n > q->n) - (p->n < q->n);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sort, and keep the first of those that are equal; gives how many there are. */
static size_t sort_once(void *items, size_t n, size_t size,
                        int (*compare)(const void *, const void *))
{
    char *first = items;
    size_t kept = 0;
    if (n > 0)
        qsort(items, n, size, compare);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || compare(first + (kept - 1) * size, first + i * size) != 0)
            memmove(first + kept++ * size, first + i * size, size);
    }
    return kept;
}

static void collect_places(struct pc_pprof_places *places, const struct pc_profile *profile)
{
    for (size_t i = 0; i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        for (size_t at = 0; at < sample->n; at += places->items[places->n - 1].n)
            *PC_PUSH(places) = pc_pprof_place_at(profile, sample, at);
    }
    places->n = sort_once(places->items, places->n, sizeof *places->items, compare_places);
}

static void add_text(struct pc_pprof_texts *texts, const char *text)
{
    *PC_PUSH(texts) = text;
}

static void collect_texts(struct pc_pprof_texts *texts, const struct pc_profile *profile)
{
    add_text(texts, "");
    for (size_t i = 0; i < profile->n_types; i++) {
        add_text(texts, profile->types[i].name);
        add_text(texts, profile->types[i].unit);
    }
    for (size_t i = 0; i < profile->modules.n; i++) {
        add_text(texts, profile->modules.items[i].path);
        add_text(texts, profile->modules.items[i].build_id);
    }
    for (size_t i = 0; i < profile->functions.n; i++) {
        add_text(texts, profile->functions.items[i].name);
        add_text(texts, profile->functions.items[i].file);
    }
    for (size_t i = 0; i < profile->labels.n; i++) {
        const struct pc_label *label = &profile->labels.items[i];
        add_text(texts, label->key);
        add_text(texts, label->unit ? label->unit : label->value);
    }
}

void pc_pprof_index_init(struct pc_pprof_index *index, const struct pc_profile *profile,
                         const char *const *more, size_t n)
{
    *index = (struct pc_pprof_index){0};
    collect_places(&index->places, profile);
    collect_texts(&index->texts, profile);
    for (size_t i = 0; i < n; i++)
        add_text(&index->texts, more[i]);
    index->texts.n = sort_once(index->texts.items, index->texts.n,
                               sizeof *index->texts.items, compare_texts);
}

void pc_pprof_index_fini(struct pc_pprof_index *index)
{
    free(index->texts.items);
    free(index->places.items);
    *index = (struct pc_pprof_index){0};
}

uint64_t pc_pprof_text(const struct pc_pprof_index *index, const char *text)
{
    const char **found = bsearch(&text, index->texts.items, index->texts.n,
                                 sizeof *index->texts.items, compare_texts);
    return (uint64_t)(found - index->texts.items);
}

uint64_t pc_pprof_place_id(const struct pc_pprof_index *index,
                           const struct pc_pprof_place *place)
{
    const struct pc_pprof_place *found =
        bsearch(place, index->places.items, index->places.n, sizeof *index->places.items,
                compare_places);
    return (uint64_t)(found - index->places.items) + 1;
}
