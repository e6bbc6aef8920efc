#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/session.h"
#include "profile/folded.h"
#include "profile/pprof.h"

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

/* What would fail at the end is better told at the beginning. */
static bool can_be_made(const char *path, struct pc_err *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return pc_fail(err, PC_ENVIRONMENT, "%s is there, and is no file", path);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    return access(folder, W_OK | X_OK) == 0 || pc_fail_errno(err, "cannot write %s", path);
}

static bool start(const char *file, bool wall)
{
    struct pc_err *err = pc_perfprof_failure();
    if (!file || !*file)
        return pc_fail(err, PC_USAGE, "a profile needs the name of a file");
    /* Programs change their folder. */
    PC_AUTO(pc_auto_free) char *path = pc_path_absolute(file, err);
    return path && can_be_made(path, err) && pc_session_begin(wall, path, err);
}

bool bench_profile_start(const char *file)
{
    return start(file, false);
}

bool bench_profile_start_wall(const char *file)
{
    return start(file, true);
}

static bool has_ending(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

bool bench_profile_stop(void)
{
    struct pc_err *err = pc_perfprof_failure();
    PC_AUTO(pc_auto_free) char *path = NULL;
    struct pc_profile profile;
    bool fine = pc_session_end(&path, &profile, err);
    if (fine)
        fine = has_ending(path, ".folded")
                   ? pc_folded_write(path, &profile, profile.main, err)
                   : pc_pprof_write(path, &profile, err);
    pc_profile_fini(&profile);
    return fine;
}

bool bench_profile_label(const char *key, const char *value)
{
    return pc_session_label(key, value, pc_perfprof_failure());
}
