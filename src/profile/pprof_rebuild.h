/*
 * From the tables of a file in pprof's format to the samples of a profile.
 */
#ifndef PC_PROFILE_PPROF_REBUILD_H
#define PC_PROFILE_PPROF_REBUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/profile.h"
#include "profile/pprof_parse.h"

struct pc_rebuild {
    const struct pc_raw *raw;
    struct pc_profile *profile; /* which has its types already */
    size_t slots[PC_RAW_TYPES]; /* of the profile's values, PC_PROFILE_VALUES: none */
    struct pc_rebuilt {
        uint32_t *frames; /* of the profile */
        size_t n;
        bool is_made;
    } * locations;                     /* as frames, made when they are first met */
    size_t left;                       /* bytes that the profile may still take, about */
    int64_t totals[PC_PROFILE_VALUES]; /* of all samples up to now */
    struct pc_err *err;
};

/* All must outlive it; `slots` are to be set. */
void pc_rebuild_init(struct pc_rebuild *r, const struct pc_raw *raw,
                     struct pc_profile *profile, struct pc_err *err);
void pc_rebuild_fini(struct pc_rebuild *r);

/* A text of the file on one line, harmless to a terminal, that the caller owns; NULL with
 * the reason when it is not there. */
char *pc_rebuild_text(struct pc_rebuild *r, uint64_t index);

/* Add all samples to the profile; false with the reason. */
bool pc_rebuild_samples(struct pc_rebuild *r);

#endif
