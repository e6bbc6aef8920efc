#include "toolchain/scan.h"

#include <string.h>

void pc_scan_init(struct pc_scan *scan, const char *text, size_t n)
{
    *scan = (struct pc_scan){
        .p = text, .end = text + n, .line = 1, .column = 1, .line_is_blank = true};
}

/* Step over backslash and newline, which continue a line anywhere, even inside words. */
static void join_lines(struct pc_scan *scan)
{
    for (;;) {
        const char *p = scan->p;
        if (p == scan->end || *p != '\\')
            return;
        p++;
        while (p < scan->end && (*p == ' ' || *p == '\t' || *p == '\r'))
            p++;
        if (p == scan->end || *p != '\n')
            return;
        scan->p = p + 1;
        scan->line++;
        scan->column = 1;
    }
}

/* The next character without taking it, -1 at the end. */
static int peek(struct pc_scan *scan)
{
    join_lines(scan);
    return scan->p < scan->end ? (unsigned char)*scan->p : -1;
}

static int take(struct pc_scan *scan)
{
    int c = peek(scan);
    if (c < 0)
        return c;
    scan->p++;
    scan->column++;
    if (c == '\n') {
        scan->line++;
        scan->column = 1;
    }
    return c;
}

static bool follows(struct pc_scan *scan, char wanted)
{
    struct pc_scan ahead = *scan;
    take(&ahead);
    return peek(&ahead) == wanted;
}

static void skip_comment(struct pc_scan *scan)
{
    take(scan);
    if (take(scan) == '/') {
        while (peek(scan) >= 0 && peek(scan) != '\n')
            take(scan);
        return;
    }
    int before = 0;
    for (int c = take(scan); c >= 0 && !(before == '*' && c == '/'); c = take(scan))
        before = c;
}

static void skip_blanks(struct pc_scan *scan)
{
    for (;;) {
        int c = peek(scan);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f')
            take(scan);
        else if (c == '/' && (follows(scan, '*') || follows(scan, '/')))
            skip_comment(scan);
        else
            return;
    }
}

/* Letters of words; every byte above ASCII counts, it can only be part of one. */
static bool is_word(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '$' || c >= 0x80;
}

static void append(struct pc_token *token, size_t *n, int c)
{
    if (*n + 1 < sizeof token->text) {
        token->text[(*n)++] = (char)c;
        token->text[*n] = '\0';
    }
}

/* Text up to the character `close`, at most to the end of the line. */
static void take_quoted(struct pc_scan *scan, struct pc_token *token, int close,
                        bool escapes)
{
    size_t n = 0;
    append(token, &n, take(scan));
    while (peek(scan) >= 0 && peek(scan) != '\n') {
        int c = take(scan);
        append(token, &n, c);
        if (c == close)
            return;
        if (escapes && c == '\\' && peek(scan) >= 0 && peek(scan) != '\n')
            append(token, &n, take(scan));
    }
}

static void take_word(struct pc_scan *scan, struct pc_token *token)
{
    size_t n = 0;
    while (is_word(peek(scan)))
        append(token, &n, take(scan));
}

void pc_scan_next(struct pc_scan *scan, struct pc_token *token)
{
    skip_blanks(scan);
    int c = peek(scan);
    *token = (struct pc_token){
        .kind = PC_TOKEN_MARK, .line = scan->line, .column = scan->column};
    bool first = scan->line_is_blank, header = scan->header_next;
    scan->line_is_blank = c == '\n';
    scan->header_next = false;
    if (c < 0) {
        token->kind = PC_TOKEN_END;
    } else if (c == '\n') {
        token->kind = PC_TOKEN_NEWLINE;
        take(scan);
    } else if (header && (c == '<' || c == '"')) {
        token->kind = PC_TOKEN_HEADER;
        take_quoted(scan, token, c == '<' ? '>' : '"', false);
    } else if (c == '"' || c == '\'') {
        token->kind = PC_TOKEN_STRING;
        take_quoted(scan, token, c, true);
    } else if (is_word(c)) {
        token->kind = PC_TOKEN_WORD;
        take_word(scan, token);
    } else if (first && (c == '#' || (c == '%' && follows(scan, ':')))) {
        token->kind = PC_TOKEN_DIRECTIVE;
        if (take(scan) == '%')
            take(scan);
    } else {
        token->text[0] = (char)take(scan);
    }
}

bool pc_scan_find(const char *text, size_t n, const char *word, int *line, int *column)
{
    struct pc_scan scan;
    struct pc_token token;
    pc_scan_init(&scan, text, n);
    for (pc_scan_next(&scan, &token); token.kind != PC_TOKEN_END;
         pc_scan_next(&scan, &token)) {
        if (token.kind != PC_TOKEN_WORD || strcmp(token.text, word) != 0)
            continue;
        *line = token.line;
        *column = token.column;
        return true;
    }
    return false;
}
