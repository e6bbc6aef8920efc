/*
 * Short texts in rows and columns: a table where the screen is wide enough, else a list.
 */
#ifndef PC_REPORT_COLUMNS_H
#define PC_REPORT_COLUMNS_H

#include <stddef.h>

#include "base/str.h"

enum { PC_COLUMNS_MAX = 8 };

/* The first row is the heading; the first `fixed` columns name a row. */
struct pc_columns {
    size_t columns, fixed;
    struct pc_columns_row {
        char *words[PC_COLUMNS_MAX]; /* the table owns them; none is NULL below `columns` */
    } * items;
    size_t n, cap;
};

/* Append it, at most `width` columns wide (0: as wide as it is). */
void pc_columns_add(const struct pc_columns *table, size_t width, struct pc_str *out);

void pc_columns_fini(struct pc_columns *table);

#endif
