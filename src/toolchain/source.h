/*
 * The texts that a build works on, read once.
 *
 * The compiler sees private copies, so that the key in the cache, the text that is
 * inspected and the text that is compiled are the same even while files change.  The
 * kernel lies in a folder of its own: it can include nothing but the headers of the course
 * and of the system.
 */
#ifndef PC_TOOLCHAIN_SOURCE_H
#define PC_TOOLCHAIN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/hash.h"
#include "toolchain/toolchain.h"

struct pc_source {
    char *name; /* without a folder; NULL: there is none */
    char *text;
    size_t len;
};

struct pc_sources {
    struct pc_source kernel, bench, test;
    struct pc_headers {
        struct pc_source *items;
        size_t n, cap;
    } headers; /* those of the course and perfbench.h */
};

/* The folders below a scratch folder where the copies lie. */
#define PC_KERNEL_DIR "kernel"
#define PC_COURSE_DIR "course"
#define PC_HEADER_DIR "include"

bool pc_sources_read(struct pc_sources *sources, const struct pc_build_spec *spec,
                     const char *perfbench_dir, struct pc_err *err);
bool pc_sources_write(const struct pc_sources *sources, const char *scratch,
                      struct pc_err *err);
void pc_sources_fini(struct pc_sources *sources);

void pc_source_hash(const struct pc_source *source, struct pc_hash *hash);

/* The source that a compiler calls `file`, whatever folder it puts in front; NULL when it
 * is none of ours. */
const struct pc_source *pc_sources_find(const struct pc_sources *sources, const char *file);

/* Line `line` of it without its end, made harmless; the caller owns it.  NULL when there is
 * no such line. */
char *pc_source_line(const struct pc_source *source, int line);

#endif
