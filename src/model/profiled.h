/*
 * What came of profiling one bench.
 */
#ifndef PC_MODEL_PROFILED_H
#define PC_MODEL_PROFILED_H

#include "model/profile.h"
#include "model/verdict.h"

enum { PC_LEAKS_SHOWN = 8, PC_STUCK_SHOWN = 8 };

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

/* The threads of a process that had to be stopped, as far as they waited for one another. */
struct pc_stuck {
    struct pc_stuck_thread {
        unsigned thread;        /* its number, from 1 */
        const char *what;       /* it waits for: "mutex" */
        uint32_t frame;         /* of the profile, PC_NO_FRAME: unknown */
        unsigned holder_thread; /* that has it; 0: nobody, or nobody knows */
        bool holder_ended;
        uint32_t holder; /* the frame in which that one took it */
        int64_t ns;      /* how long it had waited */
        bool in_circle;  /* whoever has it waits in the end for this one */
    } items[PC_STUCK_SHOWN];
    size_t n;
    unsigned threads; /* that waited; may be more than are here */
    bool has_circle;  /* it is a deadlock */
    size_t held; /* of a process that came to its end: locks that were still held then */
    uint32_t held_at;   /* where one of them was taken, PC_NO_FRAME: unknown */
    unsigned unwatched; /* threads for which there was no room */
};

/* How a kernel keeps the signal of the profiler from coming, on purpose or not. */
enum pc_deafness { PC_HEARS_SIGNAL, PC_BLOCKS_SIGNAL, PC_HANDLES_SIGNAL, PC_STOPS_TIMER };

struct pc_profiled {
    const struct pc_profile *profile; /* may have no samples */
    const char *bench;
    size_t size;           /* 0: the bench has no sizes */
    struct pc_crash crash; /* ending NONE when the kernel came back; its place is known */
    enum pc_deafness deaf; /* found first, of any thread */
    unsigned unarmed;      /* threads that could not be watched */
    struct pc_leaks leaks; /* of allocation profiles */
    struct pc_stuck stuck; /* of lock profiles */
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
