#include "script/lines.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum token_kind { END, NAME, STRING, NUMBER, SYMBOL };

struct token {
    enum token_kind kind;
    const char *s; /* of a string what is between the quotes, escapes as written */
    size_t n;
    int line;
};

/* A place in the source.  Copying one is how the reader looks ahead. */
struct scanner {
    const char *p, *end;
    int line;
};

static bool is_word(const struct token *t, const char *word)
{
    return t->kind == NAME && t->n == strlen(word) && memcmp(t->s, word, t->n) == 0;
}

static bool is_symbol(const struct token *t, char c)
{
    return t->kind == SYMBOL && t->n == 1 && t->s[0] == c;
}

static int at(const struct scanner *s, size_t ahead)
{
    return ahead < (size_t)(s->end - s->p) ? (unsigned char)s->p[ahead] : -1;
}

/* One byte on, or two for the line ends that have two. */
static void advance(struct scanner *s)
{
    int c = at(s, 0), next = at(s, 1);
    if (c == '\n' || c == '\r') {
        s->line++;
        if ((next == '\n' || next == '\r') && next != c)
            s->p++;
    }
    s->p++;
}

/* The level of a long bracket `[==[` that begins here, -1 when none does. */
static int long_level(const struct scanner *s)
{
    size_t n = 1;
    if (at(s, 0) != '[')
        return -1;
    while (at(s, n) == '=')
        n++;
    return at(s, n) == '[' ? (int)n - 1 : -1;
}

static bool closes(const struct scanner *s, int level)
{
    size_t n = 1;
    if (at(s, 0) != ']')
        return false;
    while (at(s, n) == '=')
        n++;
    return at(s, n) == ']' && (int)n - 1 == level;
}

static struct token long_string(struct scanner *s, int level)
{
    struct token t = {.kind = STRING, .line = s->line};
    s->p += level + 2;
    t.s = s->p;
    while (s->p < s->end && !closes(s, level))
        advance(s);
    t.n = (size_t)(s->p - t.s);
    if (s->p < s->end)
        s->p += level + 2;
    return t;
}

static struct token quoted_string(struct scanner *s)
{
    char quote = *s->p++;
    struct token t = {.kind = STRING, .s = s->p, .line = s->line};
    while (s->p < s->end && *s->p != quote) {
        bool escape = *s->p == '\\';
        advance(s);
        if (escape && s->p < s->end)
            advance(s);
    }
    t.n = (size_t)(s->p - t.s);
    if (s->p < s->end)
        s->p++;
    return t;
}

static void skip_space_and_comments(struct scanner *s)
{
    while (s->p < s->end) {
        if (isspace((unsigned char)*s->p)) {
            advance(s);
        } else if (at(s, 0) == '-' && at(s, 1) == '-') {
            s->p += 2;
            int level = long_level(s);
            if (level >= 0)
                long_string(s, level);
            else
                while (s->p < s->end && *s->p != '\n' && *s->p != '\r')
                    s->p++;
        } else {
            return;
        }
    }
}

static bool is_name_byte(int c)
{
    return c == '_' || isalnum(c);
}

static void skip_number(struct scanner *s)
{
    while (is_name_byte(at(s, 0)) || at(s, 0) == '.') {
        bool exponent = strchr("eEpP", *s->p) && (at(s, 1) == '+' || at(s, 1) == '-');
        s->p += exponent ? 2 : 1;
    }
}

static struct token next(struct scanner *s)
{
    skip_space_and_comments(s);
    struct token t = {.kind = END, .s = s->p, .line = s->line};
    int c = at(s, 0);
    if (c < 0)
        return t;
    if (long_level(s) >= 0)
        return long_string(s, long_level(s));
    if (c == '"' || c == '\'')
        return quoted_string(s);
    if (isdigit(c) || (c == '.' && isdigit(at(s, 1)))) {
        t.kind = NUMBER;
        skip_number(s);
    } else if (is_name_byte(c)) {
        t.kind = NAME;
        while (is_name_byte(at(s, 0)))
            s->p++;
    } else {
        t.kind = SYMBOL;
        /* `name == x` is an item of a list, `name = x` a field. */
        s->p += strchr("=~<>", c) && at(s, 1) == '=' ? 2 : 1;
    }
    t.n = (size_t)(s->p - t.s);
    return t;
}

static struct token peek(const struct scanner *s)
{
    struct scanner ahead = *s;
    return next(&ahead);
}

static int nesting(const struct token *t)
{
    static const char *const open[] = {"function", "if", "do", "repeat"};
    if (is_symbol(t, '{') || is_symbol(t, '(') || is_symbol(t, '['))
        return 1;
    if (is_symbol(t, '}') || is_symbol(t, ')') || is_symbol(t, ']'))
        return -1;
    for (size_t i = 0; i < PC_COUNT(open); i++)
        if (is_word(t, open[i]))
            return 1;
    return is_word(t, "end") || is_word(t, "until") ? -1 : 0;
}

static bool ends_field(const struct token *t)
{
    return t->kind == END || is_symbol(t, ',') || is_symbol(t, ';') || is_symbol(t, '}');
}

/* Skip the rest of an expression, up to what ends its field. */
static void skip_expression(struct scanner *s)
{
    int depth = 0;
    for (struct token t = peek(s); t.kind != END; t = peek(s)) {
        if (depth == 0 && ends_field(&t))
            return;
        depth += nesting(&t);
        next(s);
    }
}

/* Skip to behind the bracket that closes the one just read. */
static void skip_brackets(struct scanner *s)
{
    int depth = 1;
    while (depth > 0) {
        struct token t = next(s);
        if (t.kind == END)
            return;
        depth += nesting(&t);
    }
}

static struct pc_field *find_field(struct pc_value *table, const struct token *key,
                                   size_t index)
{
    if (key && key->kind == NUMBER)
        index = strtoul(key->s, NULL, 10);
    for (size_t i = 0; table && i < table->n; i++) {
        struct pc_field *f = &table->items[i];
        if (!key || key->kind == NUMBER) {
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
static struct pc_field *read_key(struct scanner *s, struct pc_value *table, size_t *index)
{
    struct scanner ahead = *s;
    struct token key = next(&ahead);
    if (key.kind == NAME) {
        struct token equals = next(&ahead);
        if (is_symbol(&equals, '=')) {
            *s = ahead;
            return find_field(table, &key, 0);
        }
    } else if (is_symbol(&key, '[')) {
        next(s);
        key = peek(s);
        ahead = *s;
        next(&ahead);
        struct token bracket = peek(&ahead);
        skip_brackets(s);
        next(s);
        bool plain = (key.kind == STRING || key.kind == NUMBER) && is_symbol(&bracket, ']');
        return plain ? find_field(table, &key, 0) : NULL;
    }
    return find_field(table, NULL, ++*index);
}

/* Mark the fields of `table` (NULL: of none) up to the bracket that closes it. */
static void mark_table(struct scanner *s, struct pc_value *table)
{
    size_t index = 0;
    for (struct token t = peek(s); t.kind != END; t = peek(s)) {
        if (ends_field(&t)) {
            next(s);
            if (is_symbol(&t, '}'))
                return;
            continue;
        }
        struct pc_field *field = read_key(s, table, &index);
        struct scanner inside = *s;
        struct token value = next(&inside);
        skip_expression(s);
        if (!field)
            continue;
        field->value.line = t.line;
        /* Only a constructor that is the whole expression is the value of the field. */
        struct scanner behind = inside;
        if (is_symbol(&value, '{') && (skip_brackets(&behind), behind.p <= s->p)) {
            struct token end = peek(&behind);
            if (ends_field(&end))
                mark_table(&inside, &field->value);
        }
    }
}

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
static bool ends_file(struct scanner s)
{
    skip_brackets(&s);
    struct token t = next(&s);
    if (is_symbol(&t, ';'))
        t = next(&s);
    return t.kind == END;
}

void pc_lines_mark(const char *source, size_t n, struct pc_value *value)
{
    struct scanner s = {.p = source, .end = source + n, .line = 1};
    for (struct token t = next(&s); t.kind != END; t = next(&s)) {
        if (!is_word(&t, "return"))
            continue;
        struct token open = peek(&s);
        if (!is_symbol(&open, '{'))
            continue;
        next(&s);
        if (ends_file(s)) {
            value->line = t.line;
            mark_table(&s, value);
            break;
        }
    }
    inherit_lines(value);
}
