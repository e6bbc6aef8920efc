/*
 * From addresses in a process, which need not exist any more, to frames of a profile.
 */
#ifndef PC_PROFILE_CODEMAP_H
#define PC_PROFILE_CODEMAP_H

#include <stddef.h>
#include <stdint.h>

#include "model/profile.h"

struct pc_recorded_module;

/* Whose code the files are. */
struct pc_codemap_spec {
    const char *kernel; /* path of the object that is profiled; NULL: the executable */
    const char *source; /* name of the learner's file; functions of other files of the
                            kernel's object are the bench's; NULL: all are the kernel's */
    const char *host;   /* path of the executable when that runs the kernel, or NULL */
};

struct pc_codemap;

/* Frames become those of `profile`, which, like the strings of `spec`, must outlive them. */
struct pc_codemap *pc_codemap_create(struct pc_profile *profile,
                                     const struct pc_codemap_spec *spec);
void pc_codemap_free(struct pc_codemap *map);

/* A file that was mapped, up to PC_RECORDING_MODULES of them; nothing in it is believed. */
void pc_codemap_add(struct pc_codemap *map, const struct pc_recorded_module *module);

/* Store the frames of `address`, innermost first, up to `max` of them; gives how many.  There is
 * always one.  For a return address the caller subtracts 1. */
size_t pc_codemap_frames(struct pc_codemap *map, uint64_t address, uint32_t *frames,
                         size_t max);

#endif
