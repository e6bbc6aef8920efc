#include "perfprof/endpoints.h"

#include <string.h>

#include "base/mem.h"
#include "perfprof/allocations.h"
#include "perfprof/session.h"

enum { USUAL_SECONDS = 30 };

static bool begin_cpu(struct pc_err *err)
{
    return pc_session_begin(false, NULL, err);
}

static bool begin_wall(struct pc_err *err)
{
    return pc_session_begin(true, NULL, err);
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
