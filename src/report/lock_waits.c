#include "report/lock_waits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool pc_lock_is_counted(const struct pc_profile *profile)
{
    static const char *const names[] = {
        [PC_LOCK_CALLS] = "calls", [PC_LOCK_WAITS] = "contentions", [PC_LOCK_NS] = "delay"};
    bool counted = profile->kind == PC_PROFILE_LOCK && profile->n_types == PC_LOCK_VALUES;
    for (size_t type = 0; counted && type < PC_LOCK_VALUES; type++)
        counted = strcmp(profile->types[type].name, names[type]) == 0;
    return counted;
}

/* The innermost frame that is no library's. */
static uint32_t shown_frame(const struct pc_profile *profile,
                            const struct pc_profile_sample *sample)
{
    for (size_t i = 0; i < sample->n; i++) {
        uint32_t function = profile->frames.items[sample->frames[i]].function;
        if (profile->functions.items[function].code != PC_CODE_LIBRARY)
            return sample->frames[i];
    }
    return sample->n > 0 ? sample->frames[0] : PC_NO_FRAME;
}

static bool is_same_line(const struct pc_profile *profile, uint32_t a, uint32_t b)
{
    if (a == PC_NO_FRAME || b == PC_NO_FRAME)
        return a == b;
    const struct pc_frame *x = &profile->frames.items[a], *y = &profile->frames.items[b];
    return x->function == y->function && x->line == y->line;
}

/* NULL when the sample has no such label. */
static const char *label_of(const struct pc_profile *profile,
                            const struct pc_profile_sample *sample, const char *key)
{
    for (size_t i = 0; i < sample->n_labels; i++) {
        const struct pc_label *label = &profile->labels.items[sample->labels[i]];
        if (strcmp(label->key, key) == 0)
            return label->value;
    }
    return NULL;
}

static struct pc_lock_row *row_of(struct pc_lock_waits *waits, uint32_t frame,
                                  const char *what)
{
    for (size_t i = 0; i < waits->n; i++)
        if (strcmp(waits->items[i].what, what) == 0 &&
            is_same_line(waits->profile, waits->items[i].frame, frame))
            return &waits->items[i];
    struct pc_lock_row *row = PC_PUSH(waits);
    *row = (struct pc_lock_row){.frame = frame, .what = what};
    return row;
}

static struct pc_lock_other *other_of(struct pc_lock_row *row, const char *place,
                                      bool wakes)
{
    struct pc_lock_others *others = &row->others;
    for (size_t i = 0; i < others->n; i++) {
        const char *known = others->items[i].place;
        if (known && place ? strcmp(known, place) == 0 : known == place)
            return &others->items[i];
    }
    struct pc_lock_other *other = PC_PUSH(others);
    *other = (struct pc_lock_other){.place = place, .wakes = wakes};
    return other;
}

static void add_sample(struct pc_lock_waits *waits, const struct pc_profile_sample *sample)
{
    const struct pc_profile *profile = waits->profile;
    const char *what = label_of(profile, sample, PC_LABEL_LOCK);
    const char *holder = label_of(profile, sample, PC_LABEL_HOLDER);
    const char *waker = label_of(profile, sample, PC_LABEL_WAKER);
    struct pc_lock_row *row = row_of(waits, shown_frame(profile, sample), what ? what : "");
    struct pc_lock_other *other = other_of(row, holder ? holder : waker, waker != NULL);
    other->waits += sample->values[PC_LOCK_WAITS];
    other->ns += sample->values[PC_LOCK_NS];
    row->waits += sample->values[PC_LOCK_WAITS];
    row->ns += sample->values[PC_LOCK_NS];
}

/* Calls have no chains, so they belong to a line. */
static void add_calls(struct pc_lock_waits *waits, const struct pc_profile_sample *sample)
{
    uint32_t frame = shown_frame(waits->profile, sample);
    for (size_t i = 0; i < waits->n; i++)
        if (is_same_line(waits->profile, waits->items[i].frame, frame))
            waits->items[i].calls += sample->values[PC_LOCK_CALLS];
}

static int compare(int64_t a, int64_t b)
{
    return (a < b) - (a > b);
}

static int by_time(const void *a, const void *b)
{
    const struct pc_lock_row *x = a, *y = b;
    int order = compare(x->ns, y->ns);
    return order ? order : (x->frame > y->frame) - (x->frame < y->frame);
}

static int by_number(const void *a, const void *b)
{
    const struct pc_lock_row *x = a, *y = b;
    int order = compare(x->waits, y->waits);
    return order ? order : by_time(a, b);
}

static int other_by_time(const void *a, const void *b)
{
    const struct pc_lock_other *x = a, *y = b;
    return compare(x->ns, y->ns);
}

static int other_by_number(const void *a, const void *b)
{
    const struct pc_lock_other *x = a, *y = b;
    int order = compare(x->waits, y->waits);
    return order ? order : other_by_time(a, b);
}

void pc_lock_waits_init(struct pc_lock_waits *waits, const struct pc_profile *profile,
                        enum pc_lock_value by)
{
    *waits = (struct pc_lock_waits){.profile = profile,
                                    .per = profile->ops > 0 ? (double)profile->ops : 1,
                                    .calls = pc_profile_total(profile, PC_LOCK_CALLS),
                                    .waits = pc_profile_total(profile, PC_LOCK_WAITS),
                                    .ns = pc_profile_total(profile, PC_LOCK_NS)};
    for (size_t i = 0; i < profile->samples.n; i++)
        if (profile->samples.items[i].values[PC_LOCK_WAITS] > 0)
            add_sample(waits, &profile->samples.items[i]);
    for (size_t i = 0; i < profile->samples.n; i++)
        if (profile->samples.items[i].values[PC_LOCK_CALLS] > 0)
            add_calls(waits, &profile->samples.items[i]);
    bool counts = by == PC_LOCK_WAITS;
    for (size_t i = 0; i < waits->n; i++)
        qsort(waits->items[i].others.items, waits->items[i].others.n,
              sizeof *waits->items[i].others.items,
              counts ? other_by_number : other_by_time);
    if (waits->n > 0)
        qsort(waits->items, waits->n, sizeof *waits->items, counts ? by_number : by_time);
}

void pc_lock_waits_fini(struct pc_lock_waits *waits)
{
    for (size_t i = 0; i < waits->n; i++)
        free(waits->items[i].others.items);
    free(waits->items);
}

/* Whether "add pool.c:31" is that line of the file. */
static bool is_at(const char *place, const char *file, int line)
{
    const char *colon = strrchr(place, ':');
    if (!colon || strtol(colon + 1, NULL, 10) != line)
        return false;
    size_t n = strlen(file), before = (size_t)(colon - place);
    return before > n && strncmp(colon - n, file, n) == 0 && colon[-(long)n - 1] == ' ';
}

struct pc_lock_line pc_lock_line_of(const struct pc_lock_waits *waits, int line)
{
    const struct pc_profile *profile = waits->profile;
    const char *file = profile->source_name ? profile->source_name : "";
    struct pc_lock_line sum = {.waits = 0};
    for (size_t i = 0; i < waits->n; i++) {
        const struct pc_lock_row *row = &waits->items[i];
        const struct pc_frame *frame =
            row->frame == PC_NO_FRAME ? NULL : &profile->frames.items[row->frame];
        if (frame && frame->line == line &&
            strcmp(profile->functions.items[frame->function].file, file) == 0) {
            sum.waits += row->waits;
            sum.ns += row->ns;
        }
        for (size_t k = 0; k < row->others.n; k++)
            if (row->others.items[k].place && is_at(row->others.items[k].place, file, line))
                sum.caused += row->others.items[k].ns;
    }
    return sum;
}
