/*
 * The text of a Lua file, read with all that must be true of it before Lua sees it.
 */
#ifndef PC_SCRIPT_SOURCE_H
#define PC_SCRIPT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct pc_script_source {
    char *file; /* its bytes; owned */
    const char *text;
    size_t n; /* of `text`, which is in `file` behind a byte order mark */
};

/* Read the file at `path`, called `name` in messages: at most 1 MiB of UTF-8, not compiled.
 * To be freed also on failure. */
bool pc_script_source_read(const char *path, const char *name,
                           struct pc_script_source *source, struct pc_err *err);
void pc_script_source_fini(struct pc_script_source *source);

#endif
