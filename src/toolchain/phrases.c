#include "toolchain/phrases.h"

#include <string.h>

#include "base/mem.h"

void pc_phrases_read(struct pc_phrases *tokens, const char *text, size_t n)
{
    struct pc_scan scan;
    struct pc_token token;
    bool skips = false;
    pc_scan_init(&scan, text, n);
    do {
        pc_scan_next(&scan, &token);
        if (token.kind == PC_TOKEN_NEWLINE) {
            skips = false;
        } else if (!skips) {
            *PC_PUSH(tokens) = token;
            skips = token.kind == PC_TOKEN_DIRECTIVE;
        }
    } while (token.kind != PC_TOKEN_END);
}

const char *pc_word_at(const struct pc_phrases *t, size_t i)
{
    return i < t->n ? t->items[i].text : "";
}

bool pc_word_is(const struct pc_phrases *t, size_t i, const char *text)
{
    return strcmp(pc_word_at(t, i), text) == 0;
}

bool pc_is_word(const struct pc_phrases *t, size_t i)
{
    return i < t->n && t->items[i].kind == PC_TOKEN_WORD;
}

bool pc_is_among(const char *word, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, names[i]) == 0)
            return true;
    return false;
}

bool pc_is_keyword(const char *word)
{
    static const char *const names[] = {"return", "else",  "goto",     "case",
                                        "sizeof", "if",    "while",    "for",
                                        "switch", "break", "continue", "do"};
    return pc_is_among(word, names, PC_COUNT(names));
}

size_t pc_phrases_partner(const struct pc_phrases *t, size_t i, int step)
{
    int depth = 0;
    for (; i < t->n; i += (size_t)step) {
        const char *text = pc_word_at(t, i);
        if (t->items[i].kind != PC_TOKEN_MARK || !*text)
            continue;
        depth += strchr("([{", *text) ? step : strchr(")]}", *text) ? -step : 0;
        if (depth == 0)
            return i;
    }
    return t->n;
}

bool pc_phrases_body(const struct pc_phrases *t, size_t i, struct pc_body *body)
{
    for (size_t k = 0; k < i; k++) {
        if (!pc_word_is(t, k, "{"))
            continue;
        size_t end = pc_phrases_partner(t, k, 1);
        if (i < end && k > 0 && pc_word_is(t, k - 1, ")")) {
            *body = (struct pc_body){.begin = pc_phrases_partner(t, k - 1, -1), .end = end};
            return body->begin < t->n && end < t->n;
        }
        if (end >= t->n)
            return false;
        k = end;
    }
    return false;
}

bool pc_phrases_are_whole(const struct pc_phrases *t, const struct pc_body *body)
{
    for (size_t i = body->begin; i < body->end; i++)
        if (t->items[i].kind == PC_TOKEN_DIRECTIVE)
            return false;
    return true;
}

size_t pc_phrases_before_casts(const struct pc_phrases *t, size_t i)
{
    while (pc_word_is(t, i, ")")) {
        size_t open = pc_phrases_partner(t, i, -1);
        if (open >= i || open + 1 == i || open == 0)
            return i;
        for (size_t k = open + 1; k < i; k++)
            if (!pc_is_word(t, k) && !pc_word_is(t, k, "*"))
                return i;
        if (pc_is_word(t, open - 1) && !pc_is_keyword(pc_word_at(t, open - 1)))
            return i; /* a call */
        i = open - 1;
    }
    return i;
}
