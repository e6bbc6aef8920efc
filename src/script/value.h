/*
 * What a Lua file returned, as plain values that outlive the interpreter.
 *
 * Everything after the sandbox reads these trees, so that only the sandbox needs to know
 * how to call Lua safely.  Each value knows the line of the file that it was written on.
 */
#ifndef PC_SCRIPT_VALUE_H
#define PC_SCRIPT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

enum pc_value_kind { PC_NIL, PC_BOOLEAN, PC_NUMBER, PC_STRING, PC_TABLE, PC_FUNCTION };

/* What one file may return. */
enum {
    PC_VALUE_DEPTH = 8,      /* tables within tables */
    PC_VALUES_MAX = 20000,   /* values in all */
    PC_VALUE_TEXT = 4 << 20, /* bytes of text in all */
};

struct pc_field;

struct pc_value {
    enum pc_value_kind kind;
    int line; /* of its key, or of the nearest table around it; 0: unknown */
    bool truth;
    double number;
    char *text; /* `len` bytes and a NUL; may hold NULs of its own */
    size_t len;
    struct pc_field *items; /* of a table: list items in order, then by line */
    size_t n, cap;
};

struct pc_field {
    char *key; /* NULL for the item `index`, which counts from 1 */
    size_t index;
    struct pc_value value;
};

/* The field `key` of a table; NULL when there is none. */
const struct pc_value *pc_value_find(const struct pc_value *table, const char *key);

/* Append a field to a table; gives its value, to be filled in. */
struct pc_value *pc_value_add(struct pc_value *table, const char *key);
void pc_value_add_text(struct pc_value *table, const char *key, const char *text, size_t n);
void pc_value_add_number(struct pc_value *table, const char *key, double number);

/* The text in the field `key`; NULL when there is none. */
const char *pc_value_text(const struct pc_value *table, const char *key);

/* The number in the field `key`, which the rules have let through, or `missing` when it is
 * not there. */
double pc_value_number(const struct pc_value *table, const char *key, double missing);

/* The line to point at for `key`: that of its table when it is missing. */
int pc_value_line(const struct pc_value *table, const char *key);

/* "a string", "a table", ... for messages. */
const char *pc_value_article(const struct pc_value *value);

/* A copy of a string without the white space around it, which the caller owns; NULL when
 * `value` is NULL. */
char *pc_value_trimmed(const struct pc_value *value);

/* Order all fields as the struct promises. */
void pc_value_sort(struct pc_value *value);

void pc_value_fini(struct pc_value *value);

#endif
