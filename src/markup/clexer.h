/*
 * C cut into tokens, for colours: it knows no grammar, only how words look.
 *
 * The state is all that one token needs to know of those before it.  A zeroed struct begins
 * a file.
 */
#ifndef PC_MARKUP_CLEXER_H
#define PC_MARKUP_CLEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/style.h"

struct pc_clexer {
    bool in_comment;  /* a comment that began in a line before */
    bool in_remark;   /* a comment up to the line's end, which a backslash carries over */
    bool in_string;   /* a string that a backslash carries over */
    bool joined;      /* that backslash was the last token */
    bool in_line;     /* something other than blanks stood in this line */
    bool header_next; /* behind #include: a name in angle brackets */
    bool tag_next;    /* behind struct, union or enum: the name of a type */
};

/* Bytes of the first token of `s`, at least 1 when `n` is, and its style.  A newline is a
 * token of its own, and no other token contains one. */
size_t pc_clexer_next(struct pc_clexer *lexer, const char *s, size_t n,
                      enum pc_style *style);

#endif
