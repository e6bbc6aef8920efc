/*
 * What a table of a Lua file must look like, as tables of rules.
 *
 * The rules answer for everything that can be said about one field alone: unknown keys,
 * missing ones, types, texts.  What a rule has let through can be read without further
 * checks; how fields depend on each other is for the caller to check.
 */
#ifndef PC_SCRIPT_SHAPE_H
#define PC_SCRIPT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "script/value.h"

enum pc_shape_type {
    PC_SHAPE_LINE,   /* a text of one line, not blank */
    PC_SHAPE_PROSE,  /* a text of any number of lines, not blank */
    PC_SHAPE_NAME,   /* a C identifier of at most 31 letters */
    PC_SHAPE_NUMBER, /* finite, not negative */
    PC_SHAPE_POSITIVE,
    PC_SHAPE_COUNT, /* a whole number from 1 */
    PC_SHAPE_TRUE,  /* true, or the key is left out */
    PC_SHAPE_FUNCTION,
    PC_SHAPE_ANY,
    PC_SHAPE_TABLE,
    PC_SHAPE_LIST, /* of items of the type `item` */
};

struct pc_rule {
    const char *key;
    enum pc_shape_type type, item;
    bool required;
    size_t least, most; /* items of a list; most 0: any number */
};

struct pc_shape {
    const struct pc_rule *rules;
    size_t n;
    bool (*other)(const char *key); /* accepts keys without a rule; NULL: there are none */
};

/* Where messages come from and go to: "limits.lua:4: TEXT", with the code PC_ENVIRONMENT
 * and in harmless characters. */
struct pc_document {
    const char *name;
    struct pc_err *err;
};

/* Always false.  Line 0 is left out. */
bool pc_document_fail(const struct pc_document *doc, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Check one value, called `path` in messages ("exercises[2].hints[1]"). */
bool pc_shape_check_value(const struct pc_document *doc, const char *path,
                          const struct pc_value *value, enum pc_shape_type type);

/* Check a list with its items by one rule, whose key does not count. */
bool pc_shape_check_list(const struct pc_document *doc, const char *path,
                         const struct pc_value *list, const struct pc_rule *rule);

/* Check a table with all its fields.  The table of the whole file has the path "". */
bool pc_shape_check(const struct pc_document *doc, const char *path,
                    const struct pc_value *table, const struct pc_shape *shape);

#endif
