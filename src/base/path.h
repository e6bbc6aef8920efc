/*
 * Where things are: paths are joined, folders made, the program's own places found.
 */
#ifndef PC_BASE_PATH_H
#define PC_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* "dir/name", without a double slash; the caller owns it. */
char *pc_path_join(const char *dir, const char *name);

/* The last component, inside `path`. */
const char *pc_path_base(const char *path);

/* Everything before the last component, "." when there is none; the caller owns it. */
char *pc_path_dir(const char *path);

/* An absolute path without "." and ".."; it need not exist.  The caller owns it. */
char *pc_path_absolute(const char *path, struct pc_err *err);

/* Whether `path` is the folder `dir` or below it; both absolute, without links or "..". */
bool pc_path_is_in(const char *path, const char *dir);

/* Make `path` and the folders above it (mode 0777 minus umask). */
bool pc_mkdirs(const char *path, struct pc_err *err);

/* The course's folder (with lessons/, exercises/, checks/): PERFCOURSE_DATADIR, else the
 * source tree when the program runs from a build folder, else where it was installed.
 * NULL with a reason when it holds no course. */
char *pc_datadir(struct pc_err *err);

/* The folder of the hosts: PERFCOURSE_LIBEXECDIR, else beside the build, else installed. */
char *pc_libexecdir(struct pc_err *err);

/* The folder with perfbench.h, and the file libperfbench.a, by the same rule. */
char *pc_perfbench_include(struct pc_err *err);
char *pc_perfbench_library(struct pc_err *err);

/* The object that is preloaded to count allocations in a bench program, also by that rule. */
char *pc_perfbench_counter(struct pc_err *err);

/* $XDG_CACHE_HOME/perfcourse and $XDG_STATE_HOME/perfcourse, made when missing.  A relative
 * XDG path counts as unset, as the XDG specification asks.  The cache can be written, or it
 * is refused; a state folder that can only be read is better than none. */
char *pc_cachedir(struct pc_err *err);
char *pc_statedir(struct pc_err *err);

/* The user's home folder: HOME, else the password file. */
char *pc_homedir(struct pc_err *err);

#endif
