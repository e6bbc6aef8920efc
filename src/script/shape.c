#include "script/shape.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { NAME_MAX_LETTERS = 31 };

bool pc_document_fail(const struct pc_document *doc, int line, const char *fmt, ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    char harmless[sizeof doc->err->msg + 1]; /* too long for a message when it is cut */
    pc_text_copy_line(harmless, sizeof harmless, pc_str_get(&text), text.len);
    pc_str_fini(&text);
    if (line > 0)
        return pc_fail(doc->err, PC_ENVIRONMENT, "%s:%d: %s", doc->name, line, harmless);
    return pc_fail(doc->err, PC_ENVIRONMENT, "%s: %s", doc->name, harmless);
}

/* Texts end up on a terminal, so what could act on it is refused at the source. */
static bool check_text(const struct pc_document *doc, const char *path,
                       const struct pc_value *v, bool one_line)
{
    PC_AUTO(pc_auto_free) char *trimmed = pc_value_trimmed(v);
    if (!pc_text_is_utf8(v->text, v->len))
        return pc_document_fail(doc, v->line, "%s must be UTF-8", path);
    for (size_t i = 0; i < v->len; i++)
        if (iscntrl((unsigned char)v->text[i]) && v->text[i] != '\n' && v->text[i] != '\t')
            return pc_document_fail(doc, v->line,
                                    "%s must not hold control characters (byte %d)", path,
                                    v->text[i]);
    if (!pc_text_is_harmless(v->text, v->len))
        return pc_document_fail(doc, v->line,
                                "%s must not hold characters that a terminal acts on, as "
                                "those that turn the direction of a line",
                                path);
    if (!*trimmed)
        return pc_document_fail(doc, v->line, "%s must not be empty", path);
    if (one_line && strchr(trimmed, '\n'))
        return pc_document_fail(doc, v->line, "%s must be one line", path);
    return true;
}

static bool check_name(const struct pc_document *doc, const char *path,
                       const struct pc_value *v)
{
    size_t n = 0;
    while (v->text[n] == '_' || isalnum((unsigned char)v->text[n]))
        n++;
    if (n == 0 || n != v->len || isdigit((unsigned char)v->text[0]))
        return pc_document_fail(doc, v->line, "%s must be a C identifier, got \"%s\"", path,
                                v->text);
    if (n > NAME_MAX_LETTERS)
        return pc_document_fail(doc, v->line, "%s must have at most %d letters, got %zu",
                                path, NAME_MAX_LETTERS, n);
    return true;
}

static bool check_number(const struct pc_document *doc, const char *path,
                         const struct pc_value *v, enum pc_shape_type type)
{
    static const double exact = 9007199254740992; /* whole numbers up to here are exact */
    double x = v->number;
    if (!isfinite(x))
        return pc_document_fail(doc, v->line, "%s must be a finite number, got %g", path,
                                x);
    if (type == PC_SHAPE_COUNT && (x < 1 || x > exact || x != floor(x)))
        return pc_document_fail(doc, v->line, "%s must be a whole number from 1, got %g",
                                path, x);
    if (type == PC_SHAPE_POSITIVE && x <= 0)
        return pc_document_fail(doc, v->line, "%s must be greater than 0, got %g", path, x);
    if (x < 0)
        return pc_document_fail(doc, v->line, "%s must not be negative, got %g", path, x);
    return true;
}

/* A field with a name, or a gap, would be lost when the items are counted from 1 to n. */
static bool check_list(const struct pc_document *doc, const char *path,
                       const struct pc_value *v)
{
    for (size_t i = 0; i < v->n; i++) {
        const struct pc_field *f = &v->items[i];
        if (f->key)
            return pc_document_fail(doc, f->value.line,
                                    "%s must be a list, but has the key \"%s\"", path,
                                    f->key);
        if (f->index != i + 1)
            return pc_document_fail(doc, f->value.line, "%s[%zu] is missing", path, i + 1);
    }
    return true;
}

bool pc_shape_check_value(const struct pc_document *doc, const char *path,
                          const struct pc_value *v, enum pc_shape_type type)
{
    static const struct {
        enum pc_value_kind kind;
        const char *words;
    } wanted[] = {
        [PC_SHAPE_LINE] = {PC_STRING, "a string"},
        [PC_SHAPE_PROSE] = {PC_STRING, "a string"},
        [PC_SHAPE_NAME] = {PC_STRING, "a string"},
        [PC_SHAPE_NUMBER] = {PC_NUMBER, "a number"},
        [PC_SHAPE_POSITIVE] = {PC_NUMBER, "a number"},
        [PC_SHAPE_COUNT] = {PC_NUMBER, "a number"},
        [PC_SHAPE_TRUE] = {PC_BOOLEAN, "a boolean"},
        [PC_SHAPE_FUNCTION] = {PC_FUNCTION, "a function"},
        [PC_SHAPE_ANY] = {PC_NIL, "anything"},
        [PC_SHAPE_TABLE] = {PC_TABLE, "a table"},
        [PC_SHAPE_LIST] = {PC_TABLE, "a list"},
    };
    if (type != PC_SHAPE_ANY && v->kind != wanted[type].kind)
        return pc_document_fail(doc, v->line, "%s must be %s, got %s", path,
                                wanted[type].words, pc_value_article(v));
    switch (type) {
    case PC_SHAPE_LINE:
    case PC_SHAPE_PROSE:
        return check_text(doc, path, v, type == PC_SHAPE_LINE);
    case PC_SHAPE_NAME:
        return check_name(doc, path, v);
    case PC_SHAPE_NUMBER:
    case PC_SHAPE_POSITIVE:
    case PC_SHAPE_COUNT:
        return check_number(doc, path, v, type);
    case PC_SHAPE_TRUE:
        return v->truth ||
               pc_document_fail(doc, v->line, "%s is true or left out, not false", path);
    case PC_SHAPE_LIST:
        return check_list(doc, path, v);
    case PC_SHAPE_FUNCTION:
    case PC_SHAPE_ANY:
    case PC_SHAPE_TABLE:
        break;
    }
    return true;
}

bool pc_shape_check_list(const struct pc_document *doc, const char *path,
                         const struct pc_value *list, const struct pc_rule *rule)
{
    if (!pc_shape_check_value(doc, path, list, PC_SHAPE_LIST))
        return false;
    if (list->n < rule->least)
        return pc_document_fail(doc, list->line,
                                "%s must have at least %zu item%s, got "
                                "%zu",
                                path, rule->least, rule->least == 1 ? "" : "s", list->n);
    if (rule->most > 0 && list->n > rule->most)
        return pc_document_fail(doc, list->line, "%s must have at most %zu items, got %zu",
                                path, rule->most, list->n);
    for (size_t i = 0; i < list->n; i++) {
        PC_AUTO(pc_auto_free) char *item = pc_strfmt("%s[%zu]", path, i + 1);
        if (!pc_shape_check_value(doc, item, &list->items[i].value, rule->item))
            return false;
    }
    return true;
}

/* The whole file has no name of its own in a path. */
static char *path_of(const char *path, const char *key)
{
    return *path ? pc_strfmt("%s.%s", path, key) : pc_strdup(key);
}

/* A mistyped key that was skipped would leave a limit unset, so it is an error and the
 * message helps: the nearest key, or all when none is near. */
static bool unknown_key(const struct pc_document *doc, const char *path,
                        const struct pc_field *field, const struct pc_shape *shape)
{
    int line = field->value.line;
    const char *in = *path ? " in " : "";
    if (!field->key)
        return pc_document_fail(doc, line, "item %zu%s%s has no key", field->index, in,
                                path);
    PC_AUTO(pc_auto_free) const char **keys = pc_alloc_array(shape->n, sizeof *keys);
    struct pc_str all = {0};
    for (size_t i = 0; i < shape->n; i++) {
        keys[i] = shape->rules[i].key;
        pc_str_addf(&all, "%s%s", i ? ", " : "", keys[i]);
    }
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(field->key, keys, shape->n);
    if (near)
        pc_document_fail(doc, line, "unknown key \"%s\"%s%s; did you mean %s?", field->key,
                         in, path, near);
    else
        pc_document_fail(doc, line, "unknown key \"%s\"%s%s; known are %s", field->key, in,
                         path, pc_str_get(&all));
    pc_str_fini(&all);
    return false;
}

static bool check_keys(const struct pc_document *doc, const char *path,
                       const struct pc_value *table, const struct pc_shape *shape)
{
    for (size_t i = 0; i < table->n; i++) {
        const struct pc_field *f = &table->items[i];
        bool known = f->key && shape->other && shape->other(f->key);
        for (size_t k = 0; k < shape->n && f->key; k++)
            known = known || strcmp(f->key, shape->rules[k].key) == 0;
        if (!known)
            return unknown_key(doc, path, f, shape);
    }
    return true;
}

bool pc_shape_check(const struct pc_document *doc, const char *path,
                    const struct pc_value *table, const struct pc_shape *shape)
{
    if (!check_keys(doc, path, table, shape))
        return false;
    /* In the order of the rules, so that of several errors the same one is reported. */
    for (size_t i = 0; i < shape->n; i++) {
        const struct pc_rule *rule = &shape->rules[i];
        const struct pc_value *v = pc_value_find(table, rule->key);
        PC_AUTO(pc_auto_free) char *where = path_of(path, rule->key);
        if (!v && rule->required)
            return pc_document_fail(doc, table->line, "%s is missing", where);
        if (!v)
            continue;
        bool ok = rule->type == PC_SHAPE_LIST
                      ? pc_shape_check_list(doc, where, v, rule)
                      : pc_shape_check_value(doc, where, v, rule->type);
        if (!ok)
            return false;
    }
    return true;
}
