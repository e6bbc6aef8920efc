/*
 * What came of profiling one bench.
 */
#ifndef PC_MODEL_PROFILED_H
#define PC_MODEL_PROFILED_H

#include "model/profile.h"
#include "model/verdict.h"

enum { PC_LEAKS_SHOWN = 8 };

#define PC_NO_FRAME UINT32_MAX

/* What was left when the bench had torn down, of all that was allocated since it was set up. */
struct pc_leaks {
    struct pc_leak {
        uint32_t frame; /* of the profile, PC_NO_FRAME: unknown */
        int64_t objects, bytes;
    } items[PC_LEAKS_SHOWN]; /* the largest places */
    size_t n;
    int64_t objects, bytes; /* of all */
};

struct pc_profiled {
    const struct pc_profile *profile; /* may have no samples */
    const char *bench;
    size_t size;           /* 0: the bench has no sizes */
    struct pc_crash crash; /* ending NONE when the kernel came back; its place is known */
    bool blocked;          /* a thread had the signal of the profiler blocked */
    unsigned unarmed;      /* threads that could not be watched */
    struct pc_leaks leaks; /* of allocation profiles */
};

/* A copy of what was found, with all that it points to. */
struct pc_kept_profile {
    struct pc_profiled found;
    struct pc_profile profile;
    char *bench;
};
struct pc_kept_profile *pc_kept_profile_create(const struct pc_profiled *found);
void pc_kept_profile_free(struct pc_kept_profile *kept); /* NULL is fine */

#endif
