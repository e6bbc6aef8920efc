/*
 * What came of profiling one bench.
 */
#ifndef PC_MODEL_PROFILED_H
#define PC_MODEL_PROFILED_H

#include "model/profile.h"
#include "model/verdict.h"

struct pc_profiled {
    const struct pc_profile *profile; /* may have no samples */
    const char *bench;
    size_t size;           /* 0: the bench has no sizes */
    struct pc_crash crash; /* ending NONE when the kernel came back; its place is known */
    bool blocked;          /* a thread had the signal of the profiler blocked */
    unsigned unarmed;      /* threads that could not be watched */
};

#endif
