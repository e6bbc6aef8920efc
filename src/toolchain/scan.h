/*
 * The tokens of a C file, as far as the rules for kernels need them: comments are skipped,
 * continued lines joined, positions kept.  Never fails: what is no C gives odd tokens.
 */
#ifndef PC_TOOLCHAIN_SCAN_H
#define PC_TOOLCHAIN_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum pc_token_kind {
    PC_TOKEN_WORD,      /* identifier, keyword or number */
    PC_TOKEN_STRING,    /* "..." or '...', with its quotes */
    PC_TOKEN_HEADER,    /* <...> or "..." after #include, with its quotes */
    PC_TOKEN_DIRECTIVE, /* # that begins a preprocessor line */
    PC_TOKEN_MARK,      /* one other character */
    PC_TOKEN_NEWLINE,
    PC_TOKEN_END,
};

struct pc_token {
    enum pc_token_kind kind;
    char text[256]; /* longer ones are cut */
    int line, column;
};

struct pc_scan {
    const char *p, *end;
    int line, column;
    bool line_is_blank; /* nothing but blanks so far in this line */
    bool header_next;   /* after #include */
};

void pc_scan_init(struct pc_scan *scan, const char *text, size_t n);

/* The next token; after PC_TOKEN_END always that. */
void pc_scan_next(struct pc_scan *scan, struct pc_token *token);

/* The first place where `word` occurs as a word, false when it does not. */
bool pc_scan_find(const char *text, size_t n, const char *word, int *line, int *column);

#endif
