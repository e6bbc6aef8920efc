/*
 * reset and undo.  Below .perfcourse/undo/EX/ lie
 *
 *     NNNNNN.c         what a reset put aside: a stack, undo takes the highest
 *     NNNNNN.undone.c  what an undo put aside: kept for the learner, never taken
 *
 * Both kinds share one sequence of numbers, so that nothing there is ever replaced, and
 * what to do next is read off the names: there is no state that could disagree with them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "workspace/provide.h"
#include "workspace/workspace.h"

static char *undo_folder(const struct pc_workspace *ws, const struct pc_exercise *e)
{
    return pc_strfmt("%s/.perfcourse/undo/%s", ws->dir, e->name);
}

/* The number of "000012.c" or "000012.undone.c"; 0 for other names. */
static unsigned long number_of(const char *name, bool *undone)
{
    unsigned long n = strtoul(name, NULL, 10);
    PC_AUTO(pc_auto_free) char *put = pc_strfmt("%06lu.c", n);
    PC_AUTO(pc_auto_free) char *back = pc_strfmt("%06lu.undone.c", n);
    *undone = strcmp(name, back) == 0;
    return *undone || strcmp(name, put) == 0 ? n : 0;
}

struct numbers {
    unsigned long last; /* the highest of all, 0: none */
    unsigned long top;  /* the highest that undo may take, 0: none */
};

static bool read_numbers(const char *folder, struct numbers *numbers, struct pc_err *err)
{
    *numbers = (struct numbers){0};
    if (!pc_file_exists(folder))
        return true;
    char **names = pc_dir_names(folder, err);
    for (char **name = names; name && *name; name++) {
        bool undone;
        unsigned long n = number_of(*name, &undone);
        if (n > numbers->last)
            numbers->last = n;
        if (n > numbers->top && !undone)
            numbers->top = n;
    }
    pc_names_free(names);
    return names != NULL;
}

/* Keep `data` under a new number.  Another perfcourse may take that number meanwhile; then
 * it is the next one. */
static bool put_aside(const char *folder, unsigned long last, const char *ending,
                      const char *data, size_t n, struct pc_err *err)
{
    if (!pc_mkdirs(folder, err))
        return false;
    for (bool made = false; !made;) {
        PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s/%06lu%s", folder, ++last, ending);
        if (!pc_file_create(path, data, n, &made, err))
            return false;
    }
    return true;
}

/* The starter as the course has it; the caller owns it. */
static char *read_starter(const struct pc_course *course, const struct pc_exercise *e,
                          size_t *n, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s/exercises/%s/%s/%s.c", course->dir,
                                                 e->topic->folder, e->name, e->name);
    return pc_file_read(path, PC_KERNEL_MAX, n, err);
}

/* The kernel in the workspace.  A deleted one is no error but NULL in `*text`. */
static bool read_kernel(const char *path, char **text, size_t *n, struct pc_err *err)
{
    *text = NULL;
    if (!pc_file_exists(path))
        return true;
    *text = pc_provide_read(path, n, err);
    return *text != NULL;
}

bool pc_workspace_edited(const struct pc_workspace *ws, const struct pc_course *course,
                         const struct pc_exercise *exercise, bool *edited,
                         struct pc_err *err)
{
    size_t n_starter, n;
    PC_AUTO(pc_auto_free) char *starter = read_starter(course, exercise, &n_starter, err);
    PC_AUTO(pc_auto_free) char *path = pc_workspace_kernel(ws, exercise);
    PC_AUTO(pc_auto_free) char *kernel = NULL;
    if (!starter || !read_kernel(path, &kernel, &n, err))
        return false;
    *edited = kernel && (n != n_starter || memcmp(kernel, starter, n) != 0);
    return true;
}

/* A kernel that has to go: it is put aside, then the other text takes its place. */
static bool exchange(const struct pc_workspace *ws, const struct pc_exercise *e,
                     const struct pc_file_change *change, const char *ending,
                     bool *replaced, struct pc_err *err)
{
    struct numbers numbers;
    PC_AUTO(pc_auto_free) char *path = pc_workspace_kernel(ws, e);
    PC_AUTO(pc_auto_free) char *folder = undo_folder(ws, e);
    return read_numbers(folder, &numbers, err) &&
           put_aside(folder, numbers.last, ending, change->old, change->n_old, err) &&
           pc_file_replace(path, change, replaced, err);
}

/* Put `text` in place of the kernel, or where one is missing; `*done` is false when the kernel
 * was saved just then, by an editor or another perfcourse: that was not put aside and stays. */
static bool try_to_put(const struct pc_workspace *ws, const struct pc_exercise *e,
                       const char *text, size_t n_text, const char *ending, bool *changed,
                       bool *done, struct pc_err *err)
{
    struct pc_file_change change = {.data = text, .n = n_text};
    PC_AUTO(pc_auto_free) char *path = pc_workspace_kernel(ws, e);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    PC_AUTO(pc_auto_free) char *kernel = NULL;
    *changed = false;
    if (!read_kernel(path, &kernel, &change.n_old, err))
        return false;
    change.old = kernel;
    *done = kernel && change.n_old == n_text && memcmp(kernel, text, n_text) == 0;
    if (*done)
        return true;
    bool ok =
        kernel ? exchange(ws, e, &change, ending, changed, err)
               : pc_mkdirs(folder, err) && pc_file_create(path, text, n_text, changed, err);
    *done = *changed;
    return ok;
}

static bool put_kernel(const struct pc_workspace *ws, const struct pc_exercise *e,
                       const char *text, size_t n_text, const char *ending, bool *changed,
                       struct pc_err *err)
{
    enum { TRIES = 20 };
    bool done = false;
    for (int i = 0; !done && i < TRIES; i++)
        if (!try_to_put(ws, e, text, n_text, ending, changed, &done, err))
            return false;
    return done || pc_fail(err, PC_ENVIRONMENT,
                           "%s: another program saves the kernel again and again; it stays",
                           e->name);
}

bool pc_workspace_reset(const struct pc_workspace *ws, const struct pc_course *course,
                        const struct pc_exercise *exercise, bool *changed,
                        struct pc_err *err)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *starter = read_starter(course, exercise, &n, err);
    PC_AUTO(pc_auto_free) char *relative =
        pc_strfmt("%s/%s/%s.c", exercise->topic->folder, exercise->name, exercise->name);
    *changed = false;
    return starter && put_kernel(ws, exercise, starter, n, ".c", changed, err) &&
           pc_provide_record(ws->dir, relative, starter, n, err);
}

bool pc_workspace_replace(const struct pc_workspace *ws, const struct pc_exercise *exercise,
                          const char *text, size_t n, bool *changed, struct pc_err *err)
{
    return put_kernel(ws, exercise, text, n, ".c", changed, err);
}

/* A stop between any two steps loses nothing: the file taken goes last. */
bool pc_workspace_undo(const struct pc_workspace *ws, const struct pc_exercise *exercise,
                       struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = undo_folder(ws, exercise);
    struct numbers numbers;
    bool changed;
    size_t n;
    if (!read_numbers(folder, &numbers, err))
        return false;
    if (numbers.top == 0)
        return pc_fail(err, PC_USAGE, "%s: there is no reset left to undo", exercise->name);
    PC_AUTO(pc_auto_free) char *taken = pc_strfmt("%s/%06lu.c", folder, numbers.top);
    PC_AUTO(pc_auto_free) char *old = pc_file_read(taken, PC_KERNEL_MAX, &n, err);
    if (!old || !put_kernel(ws, exercise, old, n, ".undone.c", &changed, err))
        return false;
    if (unlink(taken) != 0 && errno != ENOENT)
        return pc_fail_errno(err, "cannot remove %s", taken);
    return true;
}
