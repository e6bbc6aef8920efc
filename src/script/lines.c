#include "script/lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/tokens.h"

/* How a token changes the depth.  Blocks count like brackets, because the commas of a
 * function's body end no field. */
static int nesting(const struct pc_token *t)
{
    static const char *const open[] = {"function", "if", "do", "repeat"};
    if (pc_token_is_symbol(t, '{') || pc_token_is_symbol(t, '(') ||
        pc_token_is_symbol(t, '['))
        return 1;
    if (pc_token_is_symbol(t, '}') || pc_token_is_symbol(t, ')') ||
        pc_token_is_symbol(t, ']'))
        return -1;
    for (size_t i = 0; i < PC_COUNT(open); i++)
        if (pc_token_is_word(t, open[i]))
            return 1;
    return pc_token_is_word(t, "end") || pc_token_is_word(t, "until") ? -1 : 0;
}

static bool ends_field(const struct pc_token *t)
{
    return t->kind == PC_TOKEN_END || pc_token_is_symbol(t, ',') ||
           pc_token_is_symbol(t, ';') || pc_token_is_symbol(t, '}');
}

/* Skip the rest of an expression, up to what ends its field. */
static void skip_expression(struct pc_scanner *s)
{
    int depth = 0;
    for (;;) {
        struct pc_scanner before = *s;
        struct pc_token t = pc_token_next(s);
        if (t.kind == PC_TOKEN_END || (depth == 0 && ends_field(&t))) {
            *s = before;
            return;
        }
        depth += nesting(&t);
    }
}

/* Skip to behind the bracket that closes the one just read. */
static void skip_brackets(struct pc_scanner *s)
{
    int depth = 1;
    while (depth > 0) {
        struct pc_token t = pc_token_next(s);
        if (t.kind == PC_TOKEN_END)
            return;
        depth += nesting(&t);
    }
}

/* The field that a key means, or the item `index` when there is no key. */
static struct pc_field *find_field(struct pc_value *table, const struct pc_token *key,
                                   size_t index)
{
    if (key && key->kind == PC_TOKEN_NUMBER)
        index = strtoul(key->s, NULL, 10);
    for (size_t i = 0; table && i < table->n; i++) {
        struct pc_field *f = &table->items[i];
        if (!key || key->kind == PC_TOKEN_NUMBER) {
            if (!f->key && f->index == index)
                return f;
        } else if (f->key && strlen(f->key) == key->n &&
                   memcmp(f->key, key->s, key->n) == 0) {
            return f;
        }
    }
    return NULL;
}

/* Read `key =`, `["key"] =` or nothing, and give the field of `table` that is meant. */
static struct pc_field *read_key(struct pc_scanner *s, struct pc_value *table,
                                 size_t *index)
{
    struct pc_scanner ahead = *s;
    struct pc_token key = pc_token_next(&ahead);
    if (key.kind == PC_TOKEN_NAME) {
        struct pc_token equals = pc_token_next(&ahead);
        if (pc_token_is_symbol(&equals, '=')) {
            *s = ahead;
            return find_field(table, &key, 0);
        }
    } else if (pc_token_is_symbol(&key, '[')) {
        pc_token_next(s);
        key = pc_token_peek(s);
        ahead = *s;
        pc_token_next(&ahead);
        struct pc_token bracket = pc_token_peek(&ahead);
        skip_brackets(s);
        pc_token_next(s);
        bool plain = (key.kind == PC_TOKEN_STRING || key.kind == PC_TOKEN_NUMBER) &&
                     pc_token_is_symbol(&bracket, ']');
        return plain ? find_field(table, &key, 0) : NULL;
    }
    return find_field(table, NULL, ++*index);
}

/* Mark the fields of `table` (NULL: of none) up to the bracket that closes it. */
static void mark_table(struct pc_scanner *s, struct pc_value *table)
{
    size_t index = 0;
    for (struct pc_token t = pc_token_peek(s); t.kind != PC_TOKEN_END;
         t = pc_token_peek(s)) {
        if (ends_field(&t)) {
            pc_token_next(s);
            if (pc_token_is_symbol(&t, '}'))
                return;
            continue;
        }
        struct pc_field *field = read_key(s, table, &index);
        struct pc_scanner inside = *s;
        struct pc_token value = pc_token_next(&inside);
        skip_expression(s);
        if (!field)
            continue;
        field->value.line = t.line;
        /* Only a constructor that is the whole expression is the value of the field. */
        struct pc_scanner behind = inside;
        if (pc_token_is_symbol(&value, '{') && (skip_brackets(&behind), behind.p <= s->p)) {
            struct pc_token end = pc_token_peek(&behind);
            if (ends_field(&end))
                mark_table(&inside, &field->value);
        }
    }
}

/* What was computed is blamed on what it was computed for. */
static void inherit_lines(struct pc_value *value)
{
    for (size_t i = 0; i < value->n; i++) {
        struct pc_value *v = &value->items[i].value;
        if (v->line == 0)
            v->line = value->line;
        inherit_lines(v);
    }
}

/* Whether the table constructor just opened is the last thing in the file: then it is
 * what the whole file returns. */
static bool ends_file(struct pc_scanner s)
{
    skip_brackets(&s);
    struct pc_token t = pc_token_next(&s);
    if (pc_token_is_symbol(&t, ';'))
        t = pc_token_next(&s);
    return t.kind == PC_TOKEN_END;
}

/* Stand behind the brace that opens the table which the file returns; false when that is
 * not written out.  `line` is that of the `return`. */
static bool find_table(struct pc_scanner *s, int *line)
{
    for (struct pc_token t = pc_token_next(s); t.kind != PC_TOKEN_END;
         t = pc_token_next(s)) {
        if (!pc_token_is_word(&t, "return"))
            continue;
        struct pc_token open = pc_token_peek(s);
        if (!pc_token_is_symbol(&open, '{'))
            continue;
        pc_token_next(s);
        *line = t.line;
        if (ends_file(*s))
            return true;
    }
    return false;
}

void pc_lines_mark(const char *source, size_t n, struct pc_value *value)
{
    struct pc_scanner s = {.p = source, .end = source + n, .line = 1};
    int line;
    if (find_table(&s, &line)) {
        value->line = line;
        mark_table(&s, value);
    }
    inherit_lines(value);
}

/* Behind the brace that opens the list of the field `key`; false when the next field is
 * another one, and then nothing is read. */
static bool opens_list(struct pc_scanner *s, const char *key)
{
    struct pc_scanner ahead = *s;
    struct pc_token name = pc_token_next(&ahead);
    struct pc_token equals = pc_token_next(&ahead);
    struct pc_token open = pc_token_next(&ahead);
    if (name.kind != PC_TOKEN_NAME || !pc_token_is_word(&name, key) ||
        !pc_token_is_symbol(&equals, '=') || !pc_token_is_symbol(&open, '{'))
        return false;
    *s = ahead;
    return true;
}

/* The scanner stands behind the opening brace of the list. */
static void measure_list(struct pc_scanner s, const char *source,
                         struct pc_list_place *place)
{
    *place = (struct pc_list_place){.begin = (size_t)(s.p - source)};
    place->last = place->begin;
    for (int depth = 1;;) {
        struct pc_token t = pc_token_next(&s);
        depth += nesting(&t);
        if (depth == 0 || t.kind == PC_TOKEN_END) {
            place->end = (size_t)(s.p - source) - (depth == 0);
            return;
        }
        bool separates = pc_token_is_symbol(&t, ',') || pc_token_is_symbol(&t, ';');
        place->comma = depth == 1 && separates;
        place->last = (size_t)(s.p - source);
    }
}

bool pc_lines_find_list(const char *source, size_t n, const char *key,
                        struct pc_list_place *place)
{
    struct pc_scanner s = {.p = source, .end = source + n, .line = 1};
    int line;
    if (!find_table(&s, &line))
        return false;
    for (;;) {
        struct pc_token t = pc_token_peek(&s);
        if (t.kind == PC_TOKEN_END || pc_token_is_symbol(&t, '}'))
            return false;
        if (opens_list(&s, key)) {
            measure_list(s, source, place);
            return true;
        }
        skip_expression(&s);
        pc_token_next(&s);
    }
}
