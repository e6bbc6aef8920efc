#include "workspace/workspace.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "workspace/compile_commands.h"
#include "workspace/provide.h"

/* What .perfcourse/version says; and bytes of .perfcourse/pack. */
enum { FORMAT = 1, PACK_BYTES = 1024 };

static const char readme[] =
    "# Your perfcourse workspace\n"
    "\n"
    "Each folder NN_topic/EXERCISE holds one exercise:\n"
    "\n"
    "- `EXERCISE.c` is the kernel, the file that you edit;\n"
    "- `EXERCISE.h` says what it must do;\n"
    "- `bench.c` measures it.\n"
    "\n"
    "Edit the kernel in any editor, save, and let it be judged:\n"
    "\n"
    "    perfcourse list           what there is\n"
    "    perfcourse show 07.1      the story of an exercise\n"
    "    perfcourse check 07.1     build, test, measure, judge\n"
    "    perfcourse hint 07.1      when you are stuck\n"
    "    perfcourse reset 07.1     put the starting code back; yours is kept\n"
    "    perfcourse undo 07.1      bring back what the last reset put aside\n"
    "\n"
    "A check uses its own copies of the header and the bench, so changing yours does\n"
    "no harm.  A file that you edited is never overwritten; one that you delete comes "
    "back.\n"
    "`compile_commands.json` tells clangd how to compile, and is written by perfcourse.\n"
    "What `reset` put aside is in `.perfcourse/undo`.\n";

/* Behind it, for the files of a pack. */
static const char about_pack[] =
    "%s\n"
    "These are the exercises of the pack %s: each command needs `--pack FOLDER`, the\n"
    "folder of the pack, or `PERFCOURSE_PACK=FOLDER` in the environment.\n";

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_workspace(const char *dir)
{
    PC_AUTO(pc_auto_free) char *marker = pc_path_join(dir, ".perfcourse");
    return is_folder(marker);
}

/* Whose files a workspace holds: the name of a pack, or "" for the course.  The caller owns
 * it. */
static char *pack_of(const char *dir)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, ".perfcourse/pack");
    char *name = pc_file_read(path, PACK_BYTES, NULL, NULL);
    if (name)
        name[strcspn(name, "\n")] = '\0';
    return name ? name : pc_strdup("");
}

static bool is_workspace_of(const char *dir, const char *pack)
{
    PC_AUTO(pc_auto_free) char *whose = pack_of(dir);
    return is_workspace(dir) && strcmp(whose, pack ? pack : "") == 0;
}

static bool check_pack(const char *dir, const char *pack, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *whose = pack_of(dir);
    if (!is_workspace(dir) || strcmp(whose, pack ? pack : "") == 0)
        return true;
    if (!*whose)
        return pc_fail(err, PC_USAGE,
                       "%s is the workspace of the course, not of the pack %s; "
                       "`perfcourse init DIR` makes another",
                       dir, pack);
    return pc_fail(err, PC_USAGE, "%s is the workspace of the pack %s; %s", dir, whose,
                   pack ? "`perfcourse init DIR` makes another"
                        : "say --pack, or make another with `perfcourse init DIR`");
}

/* Missing and empty folders are free to become a workspace. */
static bool is_free(const char *dir)
{
    DIR *d = opendir(dir);
    if (!d)
        return errno == ENOENT;
    size_t n = 0;
    while (n <= 2 && readdir(d))
        n++;
    closedir(d);
    return n <= 2;
}

/* A newer program may keep things here that this one would damage. */
static bool check_format(const char *dir, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, ".perfcourse/version");
    if (!pc_file_exists(path))
        return true;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, 64, NULL, err);
    if (!text)
        return false;
    long format = strtol(text, NULL, 10);
    if (format > FORMAT)
        return pc_fail(err, PC_ENVIRONMENT,
                       "the workspace %s is of format %ld, made by a newer perfcourse; "
                       "install that one, or make another with `perfcourse init DIR`",
                       dir, format);
    return true;
}

/* Take what the user named, by the option or the variable `by`. */
static bool find_given(const char *given, const char *by, struct pc_workspace *ws,
                       struct pc_err *err)
{
    ws->dir = pc_path_absolute(given, err);
    if (!ws->dir)
        return false;
    if (!is_workspace(ws->dir))
        return pc_fail(err, PC_USAGE,
                       "%s: %s is no workspace; `perfcourse init DIR` makes one", by,
                       ws->dir);
    return check_pack(ws->dir, ws->pack, err);
}

/* The nearest folder from the current one upwards; NULL when there is none. */
static char *find_above(const char *pack)
{
    PC_AUTO(pc_auto_free) char *dir = getcwd(NULL, 0);
    while (dir && !is_workspace_of(dir, pack)) {
        if (strcmp(dir, "/") == 0)
            return NULL;
        char *up = pc_path_dir(dir);
        free(dir);
        dir = up;
    }
    return PC_TAKE(dir);
}

/* The marker makes it a workspace, and comes before all else: what was begun is found. */
static bool mark(struct pc_workspace *ws, struct pc_err *err)
{
    ws->created = !is_workspace(ws->dir);
    PC_AUTO(pc_auto_free) char *marker = pc_path_join(ws->dir, ".perfcourse");
    PC_AUTO(pc_auto_free) char *version = pc_path_join(marker, "version");
    PC_AUTO(pc_auto_free) char *text = pc_strfmt("%d\n", FORMAT);
    PC_AUTO(pc_auto_free) char *whose = pc_path_join(marker, "pack");
    PC_AUTO(pc_auto_free) char *pack = ws->pack ? pc_strfmt("%s\n", ws->pack) : NULL;
    bool made;
    return pc_mkdirs(marker, err) &&
           (!pack || pc_file_create(whose, pack, strlen(pack), &made, err)) &&
           pc_file_create(version, text, strlen(text), &made, err);
}

/* The first of the names at home that is a workspace, else the first that is free.  What is
 * there may be anything, such as the source of this program: then it is left alone. */
static bool find_at_home(struct pc_workspace *ws, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *first =
        ws->pack ? pc_strfmt("perfcourse-%s", ws->pack) : pc_strdup("perfcourse");
    PC_AUTO(pc_auto_free) char *second = pc_strfmt("%s-workspace", first);
    const char *const names[] = {first, second};
    PC_AUTO(pc_auto_free) char *home = pc_homedir(err);
    if (!home || !pc_mkdirs(home, err))
        return false;
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        PC_AUTO(pc_auto_free) char *dir = pc_path_join(home, names[i]);
        bool found = is_workspace_of(dir, ws->pack);
        if (!found && (ws->dir || !is_free(dir))) {
            /* Another perfcourse may have made it between the two looks. */
            found = is_workspace_of(dir, ws->pack);
            if (!found)
                continue;
        }
        free(ws->dir);
        ws->dir = PC_TAKE(dir);
        if (found)
            return true;
    }
    if (ws->dir)
        return mark(ws, err);
    return pc_fail(err, PC_USAGE,
                   "%s/%s and %s are there but are no workspaces; make one with "
                   "`perfcourse init DIR` and work inside of it",
                   home, names[0], names[1]);
}

static bool find(const char *given, struct pc_workspace *ws, struct pc_err *err)
{
    const char *env = getenv("PERFCOURSE_WORKSPACE");
    if (given)
        return find_given(given, "--workspace", ws, err);
    /* A variable is for all that follows, also for what comes before or after a pack. */
    bool elsewhere = ws->pack && env && *env && !is_workspace_of(env, ws->pack);
    if (env && *env && !elsewhere)
        return find_given(env, "PERFCOURSE_WORKSPACE", ws, err);
    ws->dir = find_above(ws->pack);
    return ws->dir || find_at_home(ws, err);
}

bool pc_workspace_find(const char *given, struct pc_workspace *ws, struct pc_err *err)
{
    return pc_workspace_find_of(given, NULL, ws, err);
}

bool pc_workspace_find_of(const char *given, const char *pack, struct pc_workspace *ws,
                          struct pc_err *err)
{
    *ws = (struct pc_workspace){.pack = pack};
    if (find(given, ws, err) && check_format(ws->dir, err))
        return true;
    pc_workspace_fini(ws);
    return false;
}

static bool provide_one(const struct pc_workspace *ws, const struct pc_course *course,
                        const struct pc_exercise *e, const char *name, size_t *made,
                        struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path =
        pc_strfmt("%s/%s/%s", e->topic->folder, e->name, name);
    PC_AUTO(pc_auto_free) char *source = pc_strfmt("%s/exercises/%s", course->dir, path);
    size_t n;
    bool written = false;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(source, PC_KERNEL_MAX, &n, err);
    if (!text || !pc_provide_file(ws->dir, path, text, n, &written, err))
        return false;
    *made += written;
    return true;
}

/* The contract, and what else the bench includes. */
static bool provide_headers(const struct pc_workspace *ws, const struct pc_course *course,
                            const struct pc_exercise *e, size_t *made, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder =
        pc_strfmt("%s/exercises/%s/%s", course->dir, e->topic->folder, e->name);
    char **names = pc_dir_names(folder, err);
    bool ok = names != NULL;
    for (char **name = names; ok && *name; name++) {
        size_t n = strlen(*name);
        if (n > 2 && strcmp(*name + n - 2, ".h") == 0)
            ok = provide_one(ws, course, e, *name, made, err);
    }
    pc_names_free(names);
    return ok;
}

/* The kernel comes last: once it is there, so is all that it needs. */
static bool provide_exercise(const struct pc_workspace *ws, const struct pc_course *course,
                             const struct pc_exercise *e, size_t *made, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_join(e->topic->folder, e->name);
    PC_AUTO(pc_auto_free) char *undo = pc_path_join(".perfcourse/undo", e->name);
    pc_provide_sweep(ws->dir, folder);
    pc_provide_sweep(ws->dir, undo);
    PC_AUTO(pc_auto_free) char *kernel = pc_strfmt("%s.c", e->name);
    return provide_headers(ws, course, e, made, err) &&
           provide_one(ws, course, e, "bench.c", made, err) &&
           provide_one(ws, course, e, kernel, made, err);
}

/* What the workspace needs apart from exercises. */
static bool provide_common(const struct pc_workspace *ws, const struct pc_course *course,
                           const char *include_dir, size_t *made, struct pc_err *err)
{
    bool written;
    pc_provide_sweep(ws->dir, "");
    PC_AUTO(pc_auto_free) char *about =
        course->pack ? pc_strfmt(about_pack, readme, course->pack) : pc_strdup(readme);
    if (!pc_provide_file(ws->dir, "README.md", about, strlen(about), &written, err))
        return false;
    *made += written;
    PC_AUTO(pc_auto_free) char *include = pc_path_absolute(include_dir, err);
    if (!include)
        return false;
    PC_AUTO(pc_auto_free) char *wanted = pc_compile_commands(ws->dir, course, include);
    PC_AUTO(pc_auto_free) char *file = pc_path_join(ws->dir, "compile_commands.json");
    PC_AUTO(pc_auto_free) char *present = pc_file_read(file, PC_KERNEL_MAX, NULL, NULL);
    if (present && strcmp(present, wanted) == 0)
        return true;
    ++*made;
    return pc_file_write(file, wanted, strlen(wanted), err);
}

static bool init(const struct pc_course *course, const char *include_dir,
                 struct pc_workspace *ws, size_t *made, struct pc_err *err)
{
    if (!check_format(ws->dir, err) || !check_pack(ws->dir, ws->pack, err) ||
        !mark(ws, err))
        return false;
    for (size_t t = 0; t < course->n_topics; t++)
        for (size_t i = 0; i < course->topics[t].n_exercises; i++)
            if (!provide_exercise(ws, course, &course->topics[t].exercises[i], made, err))
                return false;
    return provide_common(ws, course, include_dir, made, err);
}

bool pc_workspace_init(const char *dir, const struct pc_course *course,
                       const char *include_dir, struct pc_workspace *ws, size_t *made,
                       struct pc_err *err)
{
    *ws = (struct pc_workspace){.dir = pc_path_absolute(dir, err), .pack = course->pack};
    *made = 0;
    if (ws->dir && init(course, include_dir, ws, made, err))
        return true;
    pc_workspace_fini(ws);
    return false;
}

bool pc_workspace_provide(const struct pc_workspace *ws, const struct pc_course *course,
                          const struct pc_exercise *exercise, const char *include_dir,
                          struct pc_err *err)
{
    size_t made = 0;
    return provide_exercise(ws, course, exercise, &made, err) &&
           provide_common(ws, course, include_dir, &made, err);
}

char *pc_workspace_kernel(const struct pc_workspace *ws, const struct pc_exercise *exercise)
{
    return pc_strfmt("%s/%s/%s/%s.c", ws->dir, exercise->topic->folder, exercise->name,
                     exercise->name);
}

void pc_workspace_fini(struct pc_workspace *ws)
{
    free(ws->dir);
    *ws = (struct pc_workspace){0};
}
