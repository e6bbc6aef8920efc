/*
 * The tokens of a C file as a list, and the few phrases that can be told without a parser:
 * brackets that belong together, casts, the bodies of functions.
 */
#ifndef PC_TOOLCHAIN_PHRASES_H
#define PC_TOOLCHAIN_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

#include "toolchain/scan.h"

/* Newlines are left out; in the place of a line of the preprocessor one token of kind
 * PC_TOKEN_DIRECTIVE stays. */
struct pc_phrases {
    struct pc_token *items; /* the caller frees them */
    size_t n, cap;
};
void pc_phrases_read(struct pc_phrases *t, const char *text, size_t n);

/* Token `i`; beyond both ends there are tokens without text. */
const char *pc_word_at(const struct pc_phrases *t, size_t i);
bool pc_word_is(const struct pc_phrases *t, size_t i, const char *text);
bool pc_is_word(const struct pc_phrases *t, size_t i);

bool pc_is_among(const char *word, const char *const *names, size_t n);

/* Words that stand before an expression, so that they are neither type nor function. */
bool pc_is_keyword(const char *word);

/* The bracket that closes, or with `step` -1 opens, the one at `i`; `t->n` when none does. */
size_t pc_phrases_partner(const struct pc_phrases *t, size_t i, int step);

/* The function around token `i`, from the bracket before its parameters to the one behind
 * its body. */
struct pc_body {
    size_t begin, end;
};
bool pc_phrases_body(const struct pc_phrases *t, size_t i, struct pc_body *body);

/* Whether no line of the preprocessor inside may leave a part of it out. */
bool pc_phrases_are_whole(const struct pc_phrases *t, const struct pc_body *body);

/* Step back from `i`, what stands before an expression, over casts such as (char *). */
size_t pc_phrases_before_casts(const struct pc_phrases *t, size_t i);

#endif
