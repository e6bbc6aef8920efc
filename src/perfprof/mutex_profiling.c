#include <stdlib.h>

#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/target.h"
#include "perfprof/waits.h"
#include "sampling/mute.h"

bool bench_mutex_profile_start(const char *file)
{
    struct pc_err *err = pc_perfprof_failure();
    pc_mute();
    char *path = file ? pc_target_find(file, err) : NULL;
    bool fine = (path || !file) && pc_waits_begin(PC_WAITS_PROGRAM, path, err);
    free(path);
    pc_unmute();
    return fine;
}

bool bench_mutex_profile_stop(void)
{
    struct pc_err *err = pc_perfprof_failure();
    char *path = NULL;
    struct pc_profile profile;
    struct pc_err ignored;
    pc_mute();
    bool fine = pc_waits_read(PC_WAITS_PROGRAM, &profile, err);
    fine &= pc_waits_end(PC_WAITS_PROGRAM, &path, fine ? err : &ignored);
    fine = fine && (!path || pc_target_write(path, &profile, err));
    pc_profile_fini(&profile);
    free(path);
    pc_unmute();
    return fine;
}
