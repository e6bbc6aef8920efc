/*
 * A line taken apart at its blanks, which are those of Unicode, as in Go.
 */
#ifndef PC_BENCHFMT_FIELDS_H
#define PC_BENCHFMT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

struct pc_fields {
    char *next, *end; /* *end can be overwritten */
};

/* The next field, which is ended by a NUL in place; NULL after the last one. */
char *pc_fields_next(struct pc_fields *fields, size_t *length);

/* Bytes of the blank at `s`, 0 when there is none. */
size_t pc_fields_blank(const char *s, const char *end);

#endif
