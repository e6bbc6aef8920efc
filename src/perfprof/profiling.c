#include <stdlib.h>

#include "base/mem.h"
#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/session.h"
#include "perfprof/target.h"
#include "sampling/mute.h"

static _Thread_local struct pc_err failure;

struct pc_err *pc_perfprof_failure(void)
{
    failure.msg[0] = '\0';
    return &failure;
}

const char *bench_profile_error(void)
{
    return failure.msg;
}

static bool start(const char *file, enum pc_sampler_mode mode)
{
    struct pc_err *err = pc_perfprof_failure();
    pc_mute();
    char *path = pc_target_find(file, err);
    bool fine = path && pc_session_begin(mode, path, err);
    free(path);
    pc_unmute();
    return fine;
}

bool bench_profile_start(const char *file)
{
    return start(file, PC_SAMPLER_CPU);
}

bool bench_profile_start_wall(const char *file)
{
    return start(file, PC_SAMPLER_WALL);
}

bool bench_profile_stop(void)
{
    struct pc_err *err = pc_perfprof_failure();
    char *path = NULL;
    struct pc_profile profile;
    pc_mute();
    bool fine =
        pc_session_end(&path, &profile, err) && pc_target_write(path, &profile, err);
    pc_profile_fini(&profile);
    free(path);
    pc_unmute();
    return fine;
}

bool bench_profile_label(const char *key, const char *value)
{
    pc_mute();
    bool fine = pc_session_label(key, value, pc_perfprof_failure());
    pc_unmute();
    return fine;
}
