#include <stdlib.h>

#include "perfprof/allocations.h"
#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/target.h"
#include "sampling/mute.h"

bool bench_heap_profile_start(const char *file)
{
    struct pc_err *err = pc_perfprof_failure();
    pc_mute();
    char *path = file ? pc_target_find(file, err) : NULL;
    bool fine = (path || !file) && pc_allocations_begin(PC_ALLOCATIONS_PROGRAM, path, err);
    free(path);
    pc_unmute();
    return fine;
}

static bool write_to(const char *path, struct pc_err *err)
{
    struct pc_profile profile;
    bool fine = pc_allocations_read(PC_ALLOCATIONS_PROGRAM, true, &profile, err) &&
                pc_target_write(path, &profile, err);
    pc_profile_fini(&profile);
    return fine;
}

bool bench_heap_profile_write(const char *file)
{
    struct pc_err *err = pc_perfprof_failure();
    pc_mute();
    char *path = pc_target_find(file, err);
    bool fine = path && write_to(path, err);
    free(path);
    pc_unmute();
    return fine;
}

bool bench_heap_profile_stop(void)
{
    struct pc_err *err = pc_perfprof_failure();
    char *path = NULL;
    struct pc_profile profile;
    struct pc_err ignored;
    pc_mute();
    bool fine = pc_allocations_read(PC_ALLOCATIONS_PROGRAM, true, &profile, err);
    fine &= pc_allocations_end(PC_ALLOCATIONS_PROGRAM, &path, fine ? err : &ignored);
    fine = fine && (!path || pc_target_write(path, &profile, err));
    pc_profile_fini(&profile);
    free(path);
    pc_unmute();
    return fine;
}
