#include "perfprof/endpoints.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "perfprof/allocations.h"
#include "perfprof/session.h"
#include "perfprof/threads_seen.h"
#include "perfprof/waits.h"

/* Each thread is looked at within 4 ms, if it gets a processor. */
enum { USUAL_SECONDS = 30, LOOK_MS = 20, LOOK_MOST_MS = 1000 };

static bool begin_cpu(struct pc_err *err)
{
    return pc_session_begin(PC_SAMPLER_CPU, NULL, err);
}

static bool begin_wall(struct pc_err *err)
{
    return pc_session_begin(PC_SAMPLER_WALL, NULL, err);
}

static bool end_samples(struct pc_profile *profile, struct pc_err *err)
{
    return pc_session_end(NULL, profile, err);
}

/* Where the remedy is one more word of the request, it is told. */
static bool read_allocations(bool live, struct pc_profile *profile, struct pc_err *err)
{
    if (pc_allocations_read(PC_ALLOCATIONS_PROGRAM, live, profile, err))
        return true;
    if (err->code == PC_USAGE)
        pc_fail(err, PC_USAGE,
                "allocations are not recorded in this process: it can call "
                "bench_heap_profile_start(NULL), or be asked for %s?seconds=5",
                live ? "heap" : "allocs");
    return false;
}

static bool read_heap(struct pc_profile *profile, struct pc_err *err)
{
    return read_allocations(true, profile, err);
}

static bool read_allocs(struct pc_profile *profile, struct pc_err *err)
{
    return read_allocations(false, profile, err);
}

static bool begin_allocations(struct pc_err *err)
{
    return pc_allocations_begin(PC_ALLOCATIONS_REQUEST, NULL, err);
}

static bool end_allocations(bool live, struct pc_profile *profile, struct pc_err *err)
{
    struct pc_err ignored;
    bool fine = !profile || pc_allocations_read(PC_ALLOCATIONS_REQUEST, live, profile, err);
    return pc_allocations_end(PC_ALLOCATIONS_REQUEST, NULL, fine ? err : &ignored) && fine;
}

static bool end_heap(struct pc_profile *profile, struct pc_err *err)
{
    return end_allocations(true, profile, err);
}

static bool end_allocs(struct pc_profile *profile, struct pc_err *err)
{
    return end_allocations(false, profile, err);
}

static const char *name_of(void *ctx, uint32_t tid)
{
    const struct pc_threads_seen *threads = ctx;
    for (size_t i = 0; i < threads->n; i++)
        if ((uint32_t)threads->items[i].tid == tid)
            return threads->items[i].name;
    return NULL;
}

static bool read_waits(struct pc_profile *profile, struct pc_err *err)
{
    if (pc_waits_read(PC_WAITS_PROGRAM, profile, err))
        return true;
    if (err->code == PC_USAGE)
        pc_fail(err, PC_USAGE,
                "waiting for locks is not recorded in this process: it can call "
                "bench_mutex_profile_start(NULL), or be asked for mutex?seconds=5");
    return false;
}

static bool begin_waits(struct pc_err *err)
{
    return pc_waits_begin(PC_WAITS_REQUEST, NULL, err);
}

static bool end_waits(struct pc_profile *profile, struct pc_err *err)
{
    struct pc_err ignored;
    bool fine = !profile || pc_waits_read(PC_WAITS_REQUEST, profile, err);
    return pc_waits_end(PC_WAITS_REQUEST, NULL, fine ? err : &ignored) && fine;
}

static bool begin_threads(struct pc_err *err)
{
    return pc_session_begin(PC_SAMPLER_ONCE, NULL, err);
}

/* But for the server's own, which is busy with this. */
static bool has_seen_all(void)
{
    struct pc_threads_seen threads = pc_threads_look();
    size_t n = threads.n;
    free(threads.items);
    return pc_session_seen() + 1 >= n;
}

static bool end_threads(struct pc_profile *profile, struct pc_err *err)
{
    if (!profile)
        return end_samples(NULL, err);
    struct pc_threads_seen threads = pc_threads_look();
    bool fine = pc_session_end_threads(name_of, &threads, profile, err);
    free(threads.items);
    return fine;
}

static const struct pc_endpoint endpoints[] = {
    {.name = "profile",
     .about = "where processor time goes",
     .seconds = USUAL_SECONDS,
     .begin = begin_cpu,
     .end = end_samples},
    {.name = "wall",
     .about = "where time goes by the clock, also while waiting",
     .seconds = USUAL_SECONDS,
     .begin = begin_wall,
     .end = end_samples},
    {.name = "heap",
     .about = "which calls allocated the memory that is in use",
     .read = read_heap,
     .begin = begin_allocations,
     .end = end_heap},
    {.name = "allocs",
     .about = "which calls allocate, also what was freed since",
     .read = read_allocs,
     .begin = begin_allocations,
     .end = end_allocs},
    {.name = "mutex",
     .about = "which calls wait for locks, and for whom",
     .read = read_waits,
     .begin = begin_waits,
     .end = end_waits},
    {.name = "threads",
     .about = "where each thread is",
     .ms = LOOK_MS,
     .ms_most = LOOK_MOST_MS,
     .is_whole = has_seen_all,
     .has_text = true,
     .begin = begin_threads,
     .end = end_threads},
};

const struct pc_endpoint *pc_endpoints(size_t *n)
{
    *n = PC_COUNT(endpoints);
    return endpoints;
}

const struct pc_endpoint *pc_endpoint_at(const char *path)
{
    static const char folder[] = "/debug/pprof/";
    if (strncmp(path, folder, sizeof folder - 1) != 0)
        return NULL;
    for (size_t i = 0; i < PC_COUNT(endpoints); i++)
        if (strcmp(path + sizeof folder - 1, endpoints[i].name) == 0)
            return &endpoints[i];
    return NULL;
}
