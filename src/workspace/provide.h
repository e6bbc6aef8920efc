/*
 * Files that the course hands to the learner.
 *
 * For each one .perfcourse/provided/ holds the hash of what was written.  A file that still
 * has that hash is unedited and follows the course when that is upgraded; any other file is
 * the learner's and stays.
 */
#ifndef PC_WORKSPACE_PROVIDE_H
#define PC_WORKSPACE_PROVIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { PC_KERNEL_MAX = 4 << 20 }; /* bytes of a file in the workspace, and in the course */

/* Make sure that `path` (relative to the workspace `dir`, in folders that exist or can be
 * made) is there and, unless edited, is `data`.  `*written` tells whether it changed. */
bool pc_provide_file(const char *dir, const char *path, const char *data, size_t n,
                     bool *written, struct pc_err *err);

/* From now on `path` is unedited when it is `data`. */
bool pc_provide_record(const char *dir, const char *path, const char *data, size_t n,
                       struct pc_err *err);

/* Remove what killed writers left in `folder` of the workspace, and among its records. */
void pc_provide_sweep(const char *dir, const char *folder);

/* Read a file of the workspace as pc_file_read does, with a remedy in the message. */
char *pc_provide_read(const char *file, size_t *n, struct pc_err *err);

#endif
