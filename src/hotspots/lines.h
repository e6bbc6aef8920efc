/*
 * Which lines of a file a profile is made of, for source with numbers beside it.
 */
#ifndef PC_HOTSPOTS_LINES_H
#define PC_HOTSPOTS_LINES_H

#include <stddef.h>

#include "hotspots/stacks.h"

struct pc_lines {
    struct pc_line_row {
        int line;                    /* 0: in this file, nobody knows where */
        struct pc_share self, total; /* as those of functions (hotspots/top.h) */
    } * items; /* in the order of the lines, only those with a value */
    size_t n;
    struct pc_share self, total; /* of the file: stacks that end in it, or go through it */
};

/* `file` is the name that functions of the profile have. */
void pc_lines_make(struct pc_lines *lines, const struct pc_stacks *stacks,
                   const char *file);
void pc_lines_fini(struct pc_lines *lines);

/* The row of a line, NULL when it has no value. */
const struct pc_line_row *pc_lines_find(const struct pc_lines *lines, int line);

#endif
