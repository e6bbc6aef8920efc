#include "hotspots/stacks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static enum pc_code_owner owner_of(const struct pc_profile *profile, uint32_t frame)
{
    return profile->functions.items[profile->frames.items[frame].function].code;
}

/* Drop what is outside of the bench, and what of the host the bench calls, such as what stands
 * in front of pthread_create(); gives how many are left. */
static size_t without_host(const struct pc_profile *profile, uint32_t *frames, size_t n)
{
    size_t bench = n, kept = 0;
    while (bench > 0 && owner_of(profile, frames[bench - 1]) != PC_CODE_KERNEL &&
           owner_of(profile, frames[bench - 1]) != PC_CODE_BENCH)
        bench--;
    if (bench == 0)
        return n;
    for (size_t i = 0; i < bench; i++) {
        if (owner_of(profile, frames[i]) != PC_CODE_HOST)
            frames[kept++] = frames[i];
    }
    return kept;
}

/* Drop the frames of libraries that something else calls; gives how many are left. */
static size_t without_libraries(const struct pc_profile *profile, uint32_t *frames,
                                size_t n)
{
    size_t outermost = n, kept = 0;
    while (outermost > 0 && owner_of(profile, frames[outermost - 1]) == PC_CODE_LIBRARY)
        outermost--;
    for (size_t i = 0; i < n; i++) {
        if (i >= outermost || owner_of(profile, frames[i]) != PC_CODE_LIBRARY)
            frames[kept++] = frames[i];
    }
    return kept;
}

static bool has_label(const struct pc_profile_sample *sample, const uint32_t *label)
{
    for (size_t i = 0; i < sample->n_labels; i++) {
        if (label && sample->labels[i] == *label)
            return true;
    }
    return !label;
}

/* Time is always sampled; what counts everything has no rate, and no distance between two
 * samples. */
static enum pc_certainty certainty_of(const struct pc_profile *profile)
{
    if (profile->taken > 0 || profile->hz > 0)
        return PC_SHARES_SAMPLED;
    bool may_count = profile->kind == PC_PROFILE_ALLOC || profile->kind == PC_PROFILE_LOCK;
    return may_count && profile->period <= 1 ? PC_SHARES_EXACT : PC_SHARES_ESTIMATED;
}

void pc_stacks_init(struct pc_stacks *stacks, const struct pc_profile *profile,
                    const struct pc_look *look)
{
    size_t n_frames = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        n_frames += profile->samples.items[i].n;
    *stacks = (struct pc_stacks){
        .profile = profile,
        .type = look->type,
        .items = pc_alloc_array(profile->samples.n + 1, sizeof *stacks->items),
        .frames = pc_alloc_array(n_frames + 1, sizeof *stacks->frames)};
    uint32_t *frames = stacks->frames;
    for (size_t i = 0; i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        int64_t value = sample->values[look->type];
        if (value <= 0 || !has_label(sample, look->label))
            continue;
        size_t n = sample->n;
        memcpy(frames, sample->frames, n * sizeof *frames);
        if (look->hides_host)
            n = without_host(profile, frames, n);
        if (look->folds_libraries)
            n = without_libraries(profile, frames, n);
        stacks->items[stacks->n++] =
            (struct pc_stack){.frames = frames, .n = n, .value = value, .sample = i};
        stacks->whole.total += value;
        frames += n;
    }
    stacks->whole.certainty = certainty_of(profile);
    int64_t all = pc_profile_total(profile, look->type);
    if (all > 0)
        stacks->whole.taken =
            (double)profile->taken * ((double)stacks->whole.total / (double)all);
}

void pc_stacks_fini(struct pc_stacks *stacks)
{
    free(stacks->items);
    free(stacks->frames);
    *stacks = (struct pc_stacks){0};
}

uint32_t pc_stack_function(const struct pc_stacks *stacks, const struct pc_stack *stack,
                           size_t k)
{
    return stacks->profile->frames.items[stack->frames[k]].function;
}

bool pc_stacks_suffice(const struct pc_stacks *stacks)
{
    return stacks->whole.certainty != PC_SHARES_SAMPLED ||
           stacks->whole.taken >= PC_SAMPLES_LEAST;
}

int64_t pc_stacks_need_ns(const struct pc_stacks *stacks)
{
    double taken = stacks->whole.taken;
    if (pc_stacks_suffice(stacks) || taken <= 0)
        return 0;
    /* A file may say that it took for ever. */
    double most = (double)(INT64_MAX / 2);
    return (int64_t)fmin(most,
                         ceil((double)stacks->profile->wall_ns / taken * PC_SAMPLES_LEAST));
}

int pc_function_order(const struct pc_profile *profile, uint32_t a, uint32_t b)
{
    const struct pc_function *f = &profile->functions.items[a];
    const struct pc_function *g = &profile->functions.items[b];
    int order = strcmp(f->name, g->name);
    if (order == 0)
        order = strcmp(f->file, g->file);
    if (order == 0)
        order = (a > b) - (a < b);
    return (order > 0) - (order < 0);
}
