#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
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
            pc_fail_errno(err, "cannot tell the current folder (was it removed? `cd` to "
                               "another)");
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

bool pc_path_is_in(const char *path, const char *dir)
{
    size_t n = strlen(dir);
    return strncmp(path, dir, n) == 0 &&
           (path[n] == '/' || path[n] == '\0' || strcmp(dir, "/") == 0);
}

/* The caller has errno from mkdir(). */
static bool cannot_make(const char *path, struct pc_err *err)
{
    struct stat st;
    int error = errno;
    PC_AUTO(pc_auto_free) char *above = pc_path_dir(path);
    if (error == ENOTDIR && stat(above, &st) == 0)
        return pc_fail(err, PC_ENVIRONMENT, "%s is in the way: it is not a folder", above);
    errno = error;
    return pc_fail_errno(err, "cannot make the folder %s", path);
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
            return cannot_make(part, err);
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

/* The folder of the running program; the caller owns it.  Without /proc the name that it was
 * started by tells, as long as the current folder is still the one of then. */
static char *exe_dir(void)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        exe[n] = '\0';
        return pc_path_dir(exe);
    }
    const char *started_as = (const char *)getauxval(AT_EXECFN);
    if (started_as && realpath(started_as, exe))
        return pc_path_dir(exe);
    return pc_strdup(PC_BINDIR);
}

/* A part of the installation. */
struct part {
    const char *what;       /* for the person */
    const char *env;        /* the variable that moves it, or NULL */
    const char *built;      /* where the build has it */
    const char *installed;  /* where configure put it */
    const char *beside_bin; /* where it is when only the prefix was moved */
    const char *holds;      /* a file of it */
};

static bool sound(const char *dir, const struct part *part)
{
    PC_AUTO(pc_auto_free) char *file = pc_path_join(dir, part->holds);
    return access(file, R_OK) == 0;
}

/* Whether `dir` is the program's own build folder; tests and tools in its subfolders count. */
static bool is_built(const char *dir)
{
    size_t n = strlen(PC_BUILDDIR);
    return strncmp(dir, PC_BUILDDIR, n) == 0 && (dir[n] == '/' || dir[n] == '\0');
}

/* What DESTDIR was, when the program in `dir` was installed with one: "" without it, NULL
 * when `dir` is not where the program is installed. */
static char *stage(const char *dir)
{
    size_t n = strlen(dir), tail = strlen(PC_BINDIR);
    bool ends = n >= tail && strcmp(dir + n - tail, PC_BINDIR) == 0;
    return ends ? pc_strndup(dir, n - tail) : NULL;
}

/* The program's place tells where the rest is; the place given to configure comes last. */
static char *place(const struct part *part)
{
    const char *given = part->env ? getenv(part->env) : NULL;
    if (given && *given)
        return pc_strdup(given);
    PC_AUTO(pc_auto_free) char *dir = exe_dir();
    if (is_built(dir))
        return pc_strdup(part->built);
    PC_AUTO(pc_auto_free) char *root = stage(dir);
    PC_AUTO(pc_auto_free) char *staged =
        pc_strfmt("%s%s", root ? root : "", part->installed);
    if (root && sound(staged, part))
        return PC_TAKE(staged);
    PC_AUTO(pc_auto_free) char *prefix = pc_path_dir(dir);
    PC_AUTO(pc_auto_free) char *moved = pc_path_join(prefix, part->beside_bin);
    if (sound(moved, part))
        return PC_TAKE(moved);
    return pc_strdup(part->installed);
}

static char *find_part(const struct part *part, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *dir = place(part);
    if (sound(dir, part))
        return PC_TAKE(dir);
    pc_fail_errno(err, "%s %s is not usable (%s is missing; install perfcourse again)",
                  part->what, dir, part->holds);
    return NULL;
}

char *pc_datadir(struct pc_err *err)
{
    return find_part(&(struct part){.what = "the course folder",
                                    .env = "PERFCOURSE_DATADIR",
                                    .built = PC_SRCDIR,
                                    .installed = PC_DATADIR,
                                    .beside_bin = "share/perfcourse",
                                    .holds = "lessons"},
                     err);
}

char *pc_libexecdir(struct pc_err *err)
{
    return find_part(&(struct part){.what = "the program folder",
                                    .env = "PERFCOURSE_LIBEXECDIR",
                                    .built = PC_BUILDDIR,
                                    .installed = PC_LIBEXECDIR,
                                    .beside_bin = "libexec/perfcourse",
                                    .holds = "perfcourse-run"},
                     err);
}

char *pc_perfbench_include(struct pc_err *err)
{
    return find_part(&(struct part){.what = "the header folder",
                                    .env = "PERFCOURSE_INCLUDEDIR",
                                    .built = PC_SRCDIR "/src/perfbench",
                                    .installed = PC_INCLUDEDIR,
                                    .beside_bin = "include",
                                    .holds = "perfbench.h"},
                     err);
}

static char *find_file(const struct part *part, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *dir = find_part(part, err);
    return dir ? pc_path_join(dir, part->holds) : NULL;
}

char *pc_perfbench_library(struct pc_err *err)
{
    return find_file(&(struct part){.what = "the library folder",
                                    .env = "PERFCOURSE_LIBDIR",
                                    .built = PC_BUILDDIR,
                                    .installed = PC_LIBDIR,
                                    .beside_bin = "lib",
                                    .holds = "libperfbench.a"},
                     err);
}

char *pc_perfbench_counter(struct pc_err *err)
{
    return find_file(&(struct part){.what = "the library folder",
                                    .built = PC_BUILDDIR,
                                    .installed = PC_LIBDIR "/perfbench",
                                    .beside_bin = "lib/perfbench",
                                    .holds = "perfbench-count.so"},
                     err);
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

/* The folder is made when it is missing. */
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
    struct pc_err why;
    if (pc_mkdirs(dir, &why))
        return PC_TAKE(dir);
    pc_fail(err, why.code, "%s (set %s to another folder)", why.msg, env);
    return NULL;
}

char *pc_cachedir(struct pc_err *err)
{
    static const char env[] = "XDG_CACHE_HOME";
    PC_AUTO(pc_auto_free) char *dir = xdg_dir(env, ".cache", err);
    if (!dir || access(dir, W_OK | X_OK) == 0)
        return PC_TAKE(dir);
    pc_fail_errno(err, "cannot write to %s (set %s to a folder that is yours)", dir, env);
    return NULL;
}

char *pc_statedir(struct pc_err *err)
{
    return xdg_dir("XDG_STATE_HOME", ".local/state", err);
}
