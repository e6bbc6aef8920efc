#include "script/tokens.h"

#include <ctype.h>
#include <string.h>

/* The byte so many places ahead, -1 behind the end. */
static int at(const struct pc_scanner *s, size_t ahead)
{
    return ahead < (size_t)(s->end - s->p) ? (unsigned char)s->p[ahead] : -1;
}

/* One byte on, or two for the line ends that have two. */
static void advance(struct pc_scanner *s)
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
static int long_level(const struct pc_scanner *s)
{
    size_t n = 1;
    if (at(s, 0) != '[')
        return -1;
    while (at(s, n) == '=')
        n++;
    return at(s, n) == '[' ? (int)n - 1 : -1;
}

/* Whether the bracket that ends a text of this level is here. */
static bool closes(const struct pc_scanner *s, int level)
{
    size_t n = 1;
    if (at(s, 0) != ']')
        return false;
    while (at(s, n) == '=')
        n++;
    return at(s, n) == ']' && (int)n - 1 == level;
}

/* Most of a lesson is in long brackets, so they are not read byte by byte. */
static void advance_to(struct pc_scanner *s, const char *to)
{
    bool plain = !memchr(s->p, '\r', (size_t)(to - s->p));
    while (s->p < to) {
        const char *end = plain ? memchr(s->p, '\n', (size_t)(to - s->p)) : s->p;
        if (end) {
            s->p = end;
            advance(s);
        } else {
            s->p = to;
        }
    }
}

static void advance_to_end(struct pc_scanner *s, int level)
{
    while (s->p < s->end && !closes(s, level)) {
        size_t n = (size_t)(s->end - s->p - 1);
        const char *bracket = memchr(s->p + 1, ']', n);
        advance_to(s, bracket ? bracket : s->end);
    }
}

static struct pc_token long_string(struct pc_scanner *s, int level)
{
    struct pc_token t = {.kind = PC_TOKEN_STRING, .line = s->line};
    s->p += level + 2;
    t.s = s->p;
    advance_to_end(s, level);
    t.n = (size_t)(s->p - t.s);
    if (s->p < s->end)
        s->p += level + 2;
    return t;
}

/* Escapes stay as they are: keys that need one are not worth the trouble of reading it. */
static struct pc_token quoted_string(struct pc_scanner *s)
{
    char quote = *s->p++;
    struct pc_token t = {.kind = PC_TOKEN_STRING, .s = s->p, .line = s->line};
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

static void skip_space_and_comments(struct pc_scanner *s)
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

/* The sign of an exponent belongs to the number, any other sign does not. */
static void skip_number(struct pc_scanner *s)
{
    while (is_name_byte(at(s, 0)) || at(s, 0) == '.') {
        bool exponent = strchr("eEpP", *s->p) && (at(s, 1) == '+' || at(s, 1) == '-');
        s->p += exponent ? 2 : 1;
    }
}

struct pc_token pc_token_next(struct pc_scanner *s)
{
    skip_space_and_comments(s);
    struct pc_token t = {.kind = PC_TOKEN_END, .s = s->p, .line = s->line};
    int c = at(s, 0);
    if (c < 0)
        return t;
    if (long_level(s) >= 0)
        return long_string(s, long_level(s));
    if (c == '"' || c == '\'')
        return quoted_string(s);
    if (isdigit(c) || (c == '.' && isdigit(at(s, 1)))) {
        t.kind = PC_TOKEN_NUMBER;
        skip_number(s);
    } else if (is_name_byte(c)) {
        t.kind = PC_TOKEN_NAME;
        while (is_name_byte(at(s, 0)))
            s->p++;
    } else {
        t.kind = PC_TOKEN_SYMBOL;
        /* `name == x` is an item of a list, `name = x` a field. */
        s->p += strchr("=~<>", c) && at(s, 1) == '=' ? 2 : 1;
    }
    t.n = (size_t)(s->p - t.s);
    return t;
}

struct pc_token pc_token_peek(const struct pc_scanner *s)
{
    struct pc_scanner ahead = *s;
    return pc_token_next(&ahead);
}

bool pc_token_is_word(const struct pc_token *t, const char *word)
{
    return t->kind == PC_TOKEN_NAME && t->n == strlen(word) &&
           memcmp(t->s, word, t->n) == 0;
}

bool pc_token_is_symbol(const struct pc_token *t, char c)
{
    return t->kind == PC_TOKEN_SYMBOL && t->n == 1 && t->s[0] == c;
}
