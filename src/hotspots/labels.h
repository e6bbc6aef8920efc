/*
 * A profile by what the program said about its threads: "endpoint" = "/search" 60 %.
 */
#ifndef PC_HOTSPOTS_LABELS_H
#define PC_HOTSPOTS_LABELS_H

#include <stddef.h>
#include <stdint.h>

#include "base/words.h"
#include "hotspots/stacks.h"

#define PC_NO_LABEL UINT32_MAX

/* Append the keys that labels of the profile have, sorted. */
void pc_labels_keys(const struct pc_profile *profile, struct pc_words *keys);

struct pc_split {
    struct pc_split_row {
        uint32_t
            label; /* of the profile, for pc_look; PC_NO_LABEL: stacks without the key */
        struct pc_share share;
    } * items; /* the greatest are first, those without the key last */
    size_t n;
};

/* A stack that has the key twice counts for the first. */
void pc_split_make(struct pc_split *split, const struct pc_stacks *stacks, const char *key);
void pc_split_fini(struct pc_split *split);

#endif
