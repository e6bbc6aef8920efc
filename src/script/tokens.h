/*
 * The words of a Lua source, one after the other.
 *
 * Only sources that Lua's own compiler has accepted are read, so that nothing needs to be
 * checked again: where the two could differ about a wrong source does not matter.
 */
#ifndef PC_SCRIPT_TOKENS_H
#define PC_SCRIPT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum pc_token_kind {
    PC_TOKEN_END,
    PC_TOKEN_NAME,
    PC_TOKEN_STRING,
    PC_TOKEN_NUMBER,
    PC_TOKEN_SYMBOL
};

struct pc_token {
    enum pc_token_kind kind;
    const char *s; /* of a string what is between the quotes, escapes as written */
    size_t n;
    int line;
};

/* A place in the source.  Copying one is how the reader looks ahead. */
struct pc_scanner {
    const char *p, *end;
    int line;
};

/* Read one token and stand behind it; comments and white space are skipped. */
struct pc_token pc_token_next(struct pc_scanner *scanner);

/* The same without moving. */
struct pc_token pc_token_peek(const struct pc_scanner *scanner);

/* Whether it is this name or keyword, or this symbol of one character. */
bool pc_token_is_word(const struct pc_token *token, const char *word);
bool pc_token_is_symbol(const struct pc_token *token, char symbol);

#endif
