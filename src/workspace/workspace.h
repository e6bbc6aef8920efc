/*
 * The learner's files.
 *
 * A workspace is a folder with `.perfcourse/` in it, which holds what `reset` put aside,
 * and NN_topic/EX/{EX.c, EX.h, bench.c} copies of the files of the course or of one pack.  An edited file is
 * never overwritten; an unedited one follows the course when that is upgraded.  What is no
 * file of at most 4 MiB in place of a kernel is an error with the remedy.
 */
#ifndef PC_WORKSPACE_WORKSPACE_H
#define PC_WORKSPACE_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/course.h"

struct pc_workspace {
    char *dir;        /* absolute */
    const char *pack; /* whose files it holds, the caller's; NULL: those of the course */
    bool created;     /* by this call: tell the user once */
};

/* Find it: `given` (--workspace), else PERFCOURSE_WORKSPACE, else the nearest folder from
 * the current one upwards that holds .perfcourse, else ~/perfcourse, which is made; when
 * that is there and holds something else, such as the source of this program, the same with
 * ~/perfcourse-workspace.  A given one that is no workspace is an error with
 * the remedy (PC_USAGE). */
bool pc_workspace_find(const char *given, struct pc_workspace *ws, struct pc_err *err);

/* The same for the pack of this name (NULL: the course), whose workspace says so in
 * .perfcourse/pack and is ~/perfcourse-NAME.  One that is of something else is refused when
 * it was given, and else passed over. */
bool pc_workspace_find_of(const char *given, const char *pack, struct pc_workspace *ws,
                          struct pc_err *err);

/* Make `dir` a workspace with all files of `course`; what exists stays as it is.  The
 * number of files that were written goes to `*made`. */
bool pc_workspace_init(const char *dir, const struct pc_course *course,
                       const char *include_dir, struct pc_workspace *ws, size_t *made,
                       struct pc_err *err);

/* Make sure that the files of one exercise are there and, unless edited, are the course's;
 * and keep compile_commands.json right.  `include_dir` holds perfbench.h. */
bool pc_workspace_provide(const struct pc_workspace *ws, const struct pc_course *course,
                          const struct pc_exercise *exercise, const char *include_dir,
                          struct pc_err *err);

/* The learner's kernel file; the caller owns the path. */
char *pc_workspace_kernel(const struct pc_workspace *ws,
                          const struct pc_exercise *exercise);

/* Whether the kernel differs from the starter; a deleted one, which provide brings back,
 * does not. */
bool pc_workspace_edited(const struct pc_workspace *ws, const struct pc_course *course,
                         const struct pc_exercise *exercise, bool *edited,
                         struct pc_err *err);

/* Put the starter back; the old kernel is kept under .perfcourse/undo/.  `*changed` is
 * false when it was the starter already. */
bool pc_workspace_reset(const struct pc_workspace *ws, const struct pc_course *course,
                        const struct pc_exercise *exercise, bool *changed,
                        struct pc_err *err);

/* Put another text in place of the kernel, which is kept as by reset. */
bool pc_workspace_replace(const struct pc_workspace *ws, const struct pc_exercise *exercise,
                          const char *text, size_t n, bool *changed, struct pc_err *err);

/* Bring back, byte for byte, what the latest reset or replacement put aside; the present file is put aside
 * in turn, where no undo takes it.  Each undo goes one step further back; without a reset
 * left it fails with PC_USAGE. */
bool pc_workspace_undo(const struct pc_workspace *ws, const struct pc_exercise *exercise,
                       struct pc_err *err);

void pc_workspace_fini(struct pc_workspace *ws);

#endif
