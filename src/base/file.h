/*
 * Whole files: read with a bound, written so that a reader sees the old or the new
 * content, never a part.
 */
#ifndef PC_BASE_FILE_H
#define PC_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Read the regular file `path` of at most `max` bytes.  Gives NUL-terminated memory that
 * the caller owns and its length in `*n` (may be NULL), or NULL with the reason: missing,
 * a directory, a FIFO, unreadable, too large.  Never blocks on a special file. */
char *pc_file_read(const char *path, size_t max, size_t *n, struct pc_err *err);

/* Replace `path` by `n` bytes in one step: a temporary file in the same folder, fsync,
 * rename.  On failure the old file is untouched and the temporary one removed. */
bool pc_file_write(const char *path, const void *data, size_t n, struct pc_err *err);

/* The same without waiting for the disk, for caches that can be made again. */
bool pc_file_write_cache(const char *path, const void *data, size_t n, struct pc_err *err);

/* Create `path` only if nothing is there; `*made` tells.  */
bool pc_file_create(const char *path, const void *data, size_t n, bool *made,
                    struct pc_err *err);

/* Another content for a file that was read as `old`, from which `data` differs. */
struct pc_file_change {
    const void *old;
    size_t n_old;
    const void *data;
    size_t n;
};

/* Replace `path` as pc_file_write does, but only if it still holds what was read: what an
 * editor saves meanwhile stays.  `*replaced` tells. */
bool pc_file_replace(const char *path, const struct pc_file_change *change, bool *replaced,
                     struct pc_err *err);

/* Remove what killed writers left in the folder `dir`: files half written, never one with a
 * name that somebody gave it.  Those who write to last do it in their folder by themselves. */
void pc_file_sweep(const char *dir);

bool pc_file_exists(const char *path);

/* Whether `path` is a file of these `n` bytes. */
bool pc_file_holds(const char *path, const void *data, size_t n);

/* Remove a file or a whole folder; a missing one is fine.  Symbolic links are removed, not
 * followed. */
bool pc_file_remove_tree(const char *path, struct pc_err *err);

/* Names in a folder, sorted bytewise, without those that begin with a dot; ends with NULL.
 * The caller frees each name and the array (pc_names_free). */
char **pc_dir_names(const char *path, struct pc_err *err);
void pc_names_free(char **names);

#endif
