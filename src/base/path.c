#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

char *pc_path_join(const char *dir, const char *name)
{
    size_t n = strlen(dir);
    const char *slash = n > 0 && dir[n - 1] != '/' ? "/" : "";
    return pc_strfmt("%s%s%s", dir, slash, name);
}

const char *pc_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *pc_path_dir(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return pc_strdup(".");
    return slash == path ? pc_strdup("/") : pc_strndup(path, (size_t)(slash - path));
}

char *pc_path_absolute(const char *path, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *here = NULL;
    if (path[0] != '/') {
        here = getcwd(NULL, 0);
        if (!here) {
            pc_fail_errno(err, "cannot tell the current folder");
            return NULL;
        }
    }
    struct pc_str out = {0};
    PC_AUTO(pc_auto_free) char *both = here ? pc_path_join(here, path) : pc_strdup(path);
    char *rest = NULL;
    for (char *part = strtok_r(both, "/", &rest); part; part = strtok_r(NULL, "/", &rest)) {
        if (strcmp(part, ".") == 0)
            continue;
        if (strcmp(part, "..") != 0) {
            pc_str_addf(&out, "/%s", part);
            continue;
        }
        while (out.len > 0 && out.s[--out.len] != '/')
            ;
        if (out.s)
            out.s[out.len] = '\0';
    }
    if (out.len == 0)
        pc_str_adds(&out, "/");
    return pc_str_take(&out);
}

bool pc_mkdirs(const char *path, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *part = pc_strdup(path);
    for (char *p = part + 1; *part; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return pc_fail_errno(err, "cannot make the folder %s", part);
        *p = kept;
        if (kept == '\0')
            break;
    }
    struct stat st;
    if (stat(path, &st) != 0)
        return pc_fail_errno(err, "cannot make the folder %s", path);
    if (!S_ISDIR(st.st_mode))
        return pc_fail(err, PC_ENVIRONMENT, "%s is in the way: it is not a folder", path);
    return true;
}

/* The folder of the running program; the caller owns it. */
static char *exe_dir(void)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0)
        return pc_strdup(PC_BINDIR);
    exe[n] = '\0';
    return pc_path_dir(exe);
}

/* Where a part of the installation is.  The program's own build folder (tests and tools in
 * its subfolders count) uses the source tree or itself; a moved installation is found from
 * the program's place; last is the place given to configure. */
static char *place(const char *env, const char *built, const char *beside_bin,
                   const char *installed)
{
    const char *given = env ? getenv(env) : NULL;
    if (given && *given)
        return pc_strdup(given);
    PC_AUTO(pc_auto_free) char *dir = exe_dir();
    size_t n = strlen(PC_BUILDDIR);
    if (strncmp(dir, PC_BUILDDIR, n) == 0 && (dir[n] == '/' || dir[n] == '\0'))
        return pc_strdup(built);
    PC_AUTO(pc_auto_free) char *moved = pc_strfmt("%s/../%s", dir, beside_bin);
    if (pc_file_exists(moved))
        return PC_TAKE(moved);
    return pc_strdup(installed);
}

static char *must_hold(char *dir, const char *name, const char *what, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *wanted = pc_path_join(dir, name);
    if (access(wanted, R_OK) == 0)
        return dir;
    pc_fail_errno(err, "%s %s is not usable (%s is missing; install perfcourse again)",
                  what, dir, name);
    free(dir);
    return NULL;
}

char *pc_datadir(struct pc_err *err)
{
    char *dir = place("PERFCOURSE_DATADIR", PC_SRCDIR, "share/perfcourse", PC_DATADIR);
    return must_hold(dir, "lessons", "the course folder", err);
}

char *pc_libexecdir(struct pc_err *err)
{
    char *dir =
        place("PERFCOURSE_LIBEXECDIR", PC_BUILDDIR, "libexec/perfcourse", PC_LIBEXECDIR);
    return must_hold(dir, "perfcourse-run", "the program folder", err);
}

char *pc_perfbench_include(struct pc_err *err)
{
    char *dir = place("PERFCOURSE_INCLUDEDIR", PC_SRCDIR "/src/perfbench", "include",
                      PC_INCLUDEDIR);
    return must_hold(dir, "perfbench.h", "the header folder", err);
}

static char *in_place(char *dir, const char *name, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *sound = must_hold(dir, name, "the library folder", err);
    return sound ? pc_path_join(sound, name) : NULL;
}

char *pc_perfbench_library(struct pc_err *err)
{
    char *dir = place("PERFCOURSE_LIBDIR", PC_BUILDDIR, "lib", PC_LIBDIR);
    return in_place(dir, "libperfbench.a", err);
}

char *pc_perfbench_counter(struct pc_err *err)
{
    char *dir = place(NULL, PC_BUILDDIR, "lib/perfbench", PC_LIBDIR "/perfbench");
    return in_place(dir, "perfbench-count.so", err);
}

char *pc_homedir(struct pc_err *err)
{
    const char *home = getenv("HOME");
    if (home && home[0] == '/')
        return pc_strdup(home);
    struct passwd *pw = getpwuid(getuid());
    if (pw && pw->pw_dir && pw->pw_dir[0] == '/')
        return pc_strdup(pw->pw_dir);
    pc_fail(err, PC_ENVIRONMENT, "there is no home folder: set HOME");
    return NULL;
}

static char *xdg_dir(const char *env, const char *below_home, struct pc_err *err)
{
    const char *given = getenv(env);
    PC_AUTO(pc_auto_free) char *dir = NULL;
    if (given && given[0] == '/') {
        dir = pc_path_join(given, "perfcourse");
    } else {
        PC_AUTO(pc_auto_free) char *home = pc_homedir(err);
        if (!home)
            return NULL;
        dir = pc_strfmt("%s/%s/perfcourse", home, below_home);
    }
    if (!pc_mkdirs(dir, err))
        return NULL;
    if (access(dir, W_OK | X_OK) != 0) {
        pc_fail_errno(err, "cannot write to %s (set %s to a folder that is yours)", dir,
                      env);
        return NULL;
    }
    return PC_TAKE(dir);
}

char *pc_cachedir(struct pc_err *err)
{
    return xdg_dir("XDG_CACHE_HOME", ".cache", err);
}

char *pc_statedir(struct pc_err *err)
{
    return xdg_dir("XDG_STATE_HOME", ".local/state", err);
}
