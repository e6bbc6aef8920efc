#include "perfprof/target.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "profile/folded.h"
#include "profile/pprof.h"

static bool can_be_made(const char *path, struct pc_err *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return pc_fail(err, PC_ENVIRONMENT, "%s is there, and is no file", path);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    return access(folder, W_OK | X_OK) == 0 || pc_fail_errno(err, "cannot write %s", path);
}

char *pc_target_find(const char *file, struct pc_err *err)
{
    if (!file || !*file) {
        pc_fail(err, PC_USAGE, "a profile needs the name of a file");
        return NULL;
    }
    PC_AUTO(pc_auto_free) char *path = pc_path_absolute(file, err);
    return path && can_be_made(path, err) ? PC_TAKE(path) : NULL;
}

static bool has_ending(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

bool pc_target_write(const char *path, const struct pc_profile *profile, struct pc_err *err)
{
    return has_ending(path, ".folded") ? pc_folded_write(path, profile, profile->main, err)
                                       : pc_pprof_write(path, profile, err);
}
