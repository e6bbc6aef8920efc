#include "profile/allocs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/sites.h"

/* More than fits into any machine; so that sums of them are numbers. */
static const uint64_t most = UINT64_C(1) << 48;

static int64_t plausible(int64_t n)
{
    return n < 0 ? 0 : n > (int64_t)most ? (int64_t)most : n;
}

static int64_t plausible_count(uint64_t n)
{
    return (int64_t)(n > most ? most : n);
}

static size_t frames_of(struct pc_codemap *map, const struct pc_recorded_site *site,
                        uint32_t *frames, size_t max)
{
    size_t n = 0;
    for (uint32_t i = 0; i < site->depth && i < PC_SITES_DEPTH; i++)
        n += pc_codemap_frames(map, site->addresses[i] - 1, frames + n, max - n);
    return n;
}

/* The frame that a person would look at: the innermost one that is no library's. */
static uint32_t frame_to_show(const struct pc_profile *profile, const uint32_t *frames,
                              size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t function = profile->frames.items[frames[i]].function;
        if (profile->functions.items[function].code != PC_CODE_LIBRARY)
            return frames[i];
    }
    return n > 0 ? frames[0] : PC_NO_FRAME;
}

/* Those of one line are one leak. */
static bool is_same_place(const struct pc_profile *profile, uint32_t a, uint32_t b)
{
    if (a == PC_NO_FRAME || b == PC_NO_FRAME)
        return a == b;
    const struct pc_frame *x = &profile->frames.items[a], *y = &profile->frames.items[b];
    return x->function == y->function && x->line == y->line;
}

/* What each place has leaked. */
struct leak_sums {
    struct pc_leak *items;
    size_t n, cap;
};

static void add_leak(const struct pc_profile *profile, struct leak_sums *sums,
                     struct pc_leak leak)
{
    for (size_t i = 0; i < sums->n; i++) {
        if (!is_same_place(profile, sums->items[i].frame, leak.frame))
            continue;
        sums->items[i].objects += leak.objects;
        sums->items[i].bytes += leak.bytes;
        return;
    }
    *PC_PUSH(sums) = leak;
}

static int largest_first(const void *a, const void *b)
{
    const struct pc_leak *x = a, *y = b;
    if (x->bytes != y->bytes)
        return x->bytes < y->bytes ? 1 : -1;
    return (x->frame > y->frame) - (x->frame < y->frame);
}

static void keep_leaks(struct leak_sums *sums, struct pc_leaks *leaks)
{
    *leaks = (struct pc_leaks){.n = 0};
    if (sums->n > 0)
        qsort(sums->items, sums->n, sizeof *sums->items, largest_first);
    for (size_t i = 0; i < sums->n; i++) {
        leaks->objects += sums->items[i].objects;
        leaks->bytes += sums->items[i].bytes;
        if (leaks->n < PC_COUNT(leaks->items))
            leaks->items[leaks->n++] = sums->items[i];
    }
    free(sums->items);
}

static void add_site(struct pc_codemap *map, const struct pc_recorded_site *site,
                     struct pc_profile *profile, struct leak_sums *sums)
{
    const int64_t values[PC_PROFILE_VALUES] = {
        plausible_count(site->objects), plausible_count(site->bytes),
        plausible(site->live_objects), plausible(site->live_bytes)};
    if (values[0] == 0 && values[2] == 0 && site->leaked_objects == 0)
        return;
    uint32_t frames[PC_PROFILE_DEPTH] = {0};
    size_t n = frames_of(map, site, frames, PC_COUNT(frames));
    if (values[0] > 0 || values[2] > 0)
        pc_profile_add(profile, frames, n, NULL, 0, values);
    if (n == 0)
        profile->lost += (uint64_t)values[0];
    else if (site->is_cut)
        profile->broken += (uint64_t)values[0];
    if (site->leaked_objects > 0)
        add_leak(profile, sums,
                 (struct pc_leak){.frame = frame_to_show(profile, frames, n),
                                  .objects = plausible_count(site->leaked_objects),
                                  .bytes = plausible_count(site->leaked_bytes)});
}

bool pc_allocs_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                    struct pc_profile *profile, struct pc_leaks *leaks, struct pc_err *err)
{
    const struct pc_recorded_sites *sites = memory;
    struct leak_sums sums = {0};
    pc_profile_init(profile, PC_PROFILE_ALLOC);
    profile->main = 0;
    profile->period = 1;
    *leaks = (struct pc_leaks){.n = 0};
    if (size < sizeof *sites || sites->magic != pc_sites_magic ||
        sites->version != PC_SITES_VERSION)
        return pc_fail(err, PC_ENVIRONMENT, "nothing was recorded");
    struct pc_codemap *map = pc_codemap_create(profile, spec);
    for (uint32_t i = 0; i < sites->n_modules && i < PC_RECORDING_MODULES; i++)
        pc_codemap_add(map, &sites->modules[i]);
    for (size_t i = 0; i < PC_SITES_PLACES; i++)
        add_site(map, &sites->sites[i], profile, &sums);
    struct pc_recorded_site rest = sites->rest;
    rest.depth = 0;
    add_site(map, &rest, profile, &sums);
    keep_leaks(&sums, leaks);
    pc_codemap_free(map);
    return true;
}
