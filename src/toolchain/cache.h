/*
 * The folder of results, shared by every run of the program.
 *
 * Files are named by a hash of all that they were made from, so a file is right or absent;
 * it appears by rename, so it is whole or absent; and no lock is needed.  What a power cut
 * left empty or short is recognised and made again.
 */
#ifndef PC_TOOLCHAIN_CACHE_H
#define PC_TOOLCHAIN_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The path of the file `key` + `suffix`; the caller owns it. */
char *pc_cache_path(const char *dir, const char *key, const char *suffix);

/* Whether `path` is a whole ELF file; a use makes it young again. */
bool pc_cache_holds(const char *path);

/* What a file beside `path` holds, NULL when it is missing; the caller owns it.  A use
 * makes it young again. */
char *pc_cache_text(const char *path, size_t *n);

/* Move the finished file `made` to `path`, unless a whole one is there already: the same key
 * is the same content. */
bool pc_cache_keep(const char *made, const char *path, struct pc_err *err);

/* A new private folder in `dir`, which is made when missing; the caller owns the name. */
char *pc_cache_scratch(const char *dir, struct pc_err *err);

/* Remove it; processes that were just killed may still be finishing a write in it.  NULL is
 * fine. */
void pc_cache_discard(const char *scratch);

/* When to remove what.  Files younger than `safe_s` stay: another process may be about to
 * use them. */
struct pc_cache_bounds {
    uint64_t bytes;
    int64_t unused_s, safe_s;
};
extern const struct pc_cache_bounds pc_cache_usual;

/* Remove files unused for too long, then the longest unused ones until the rest fits, and
 * the scratch folders of programs that were killed.  Failures are ignored: the next build
 * tries again. */
void pc_cache_prune(const char *dir, const struct pc_cache_bounds *bounds);

#endif
