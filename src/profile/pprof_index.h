/*
 * What a profile in pprof's format refers to by number: its texts, and the places that its
 * stacks go through.
 */
#ifndef PC_PROFILE_PPROF_INDEX_H
#define PC_PROFILE_PPROF_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "model/profile.h"

/* What pprof calls a location: an address with the functions that are inlined there, the
 * innermost first, and the one that they are inlined into. */
struct pc_pprof_place {
    const uint32_t *frames; /* inside of a sample of the profile */
    size_t n;
};

struct pc_pprof_index {
    struct pc_pprof_texts {
        const char **items; /* those of the profile, in the order of their bytes */
        size_t n, cap;
    } texts;
    struct pc_pprof_places {
        struct pc_pprof_place *items;
        size_t n, cap;
    } places;
};

/* The place that the frames of `sample` from `at` on belong to. */
struct pc_pprof_place pc_pprof_place_at(const struct pc_profile *profile,
                                        const struct pc_profile_sample *sample, size_t at);

/* Texts and places of the profile, and `n` more texts; all must outlive the index. */
void pc_pprof_index_init(struct pc_pprof_index *index, const struct pc_profile *profile,
                         const char *const *more, size_t n);
void pc_pprof_index_fini(struct pc_pprof_index *index);

/* Numbers from 0, the empty text is 0; ids from 1. */
uint64_t pc_pprof_text(const struct pc_pprof_index *index, const char *text);
uint64_t pc_pprof_place_id(const struct pc_pprof_index *index,
                           const struct pc_pprof_place *place);

#endif
