#include "markup/clexer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WORD_MAX = 20 };

/* Sorted, for bsearch(). */
static const char keywords[][WORD_MAX] = {
    "_Alignas",      "_Alignof",  "_Atomic",
    "_Generic",      "_Noreturn", "_Static_assert",
    "_Thread_local", "__asm__",   "__attribute__",
    "__extension__", "__inline",  "__restrict",
    "__typeof__",    "alignas",   "alignof",
    "asm",           "auto",      "break",
    "case",          "const",     "constexpr",
    "continue",      "default",   "do",
    "else",          "enum",      "extern",
    "for",           "goto",      "if",
    "inline",        "register",  "restrict",
    "return",        "sizeof",    "static",
    "static_assert", "struct",    "switch",
    "thread_local",  "typedef",   "typeof",
    "union",         "volatile",  "while",
};

static const char types[][WORD_MAX] = {
    "DIR",   "FILE", "_Bool", "_Complex", "__int128", "bool",     "char",    "double",
    "float", "int",  "long",  "short",    "signed",   "unsigned", "va_list", "void",
};

static const char constants[][WORD_MAX] = {"EOF", "NULL", "false", "nullptr", "true"};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
}

static int compare(const void *word, const void *entry)
{
    return strcmp(word, entry);
}

/* Words that are too long for the lists come as "". */
static bool is_one_of(const char *word, const char (*list)[WORD_MAX], size_t n)
{
    return bsearch(word, list, n, sizeof *list, compare) != NULL;
}

/* size_t, uint64_t, pthread_mutex_t: by custom only types end so. */
static bool ends_like_a_type(const char *s, size_t n)
{
    return n > 2 && s[n - 2] == '_' && s[n - 1] == 't';
}

static bool is_called(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && is_blank(s[i]))
        i++;
    return i < n && s[i] == '(';
}

static size_t take_word(struct pc_clexer *lexer, const char *s, size_t n,
                        enum pc_style *style)
{
    size_t len = 0;
    while (len < n && (is_letter(s[len]) || is_digit(s[len])))
        len++;
    char word[WORD_MAX] = "";
    if (len < sizeof word)
        memcpy(word, s, len);
    bool is_tag = lexer->tag_next;
    lexer->tag_next = false;
    if (is_one_of(word, keywords, PC_COUNT(keywords))) {
        *style = PC_STYLE_KEYWORD;
        lexer->tag_next = strcmp(word, "struct") == 0 || strcmp(word, "union") == 0 ||
                          strcmp(word, "enum") == 0;
    } else if (is_one_of(word, constants, PC_COUNT(constants))) {
        *style = PC_STYLE_NUMBER;
    } else if (is_tag || is_one_of(word, types, PC_COUNT(types)) ||
               ends_like_a_type(s, len)) {
        *style = PC_STYLE_TYPE;
    } else if (is_called(s + len, n - len)) {
        *style = PC_STYLE_CALL;
    }
    return len;
}

/* A preprocessing number: 0x1p-3f, 1'000, 10ULL. */
static size_t take_number(const char *s, size_t n)
{
    size_t len = 1;
    while (len < n) {
        char c = s[len], before = s[len - 1];
        bool exponent = (c == '+' || c == '-') && strchr("eEpP", before);
        bool hexadecimal = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
        if (exponent && hexadecimal && (before == 'e' || before == 'E'))
            exponent = false;
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '\'' && !exponent)
            break;
        len++;
    }
    return len;
}

/* Whether a backslash ends the line at `i`. */
static bool ends_joined(const char *s, size_t n, size_t i)
{
    return s[i] == '\\' && i + 1 < n && s[i + 1] == '\n';
}

/* From behind the opening quote, or from the beginning of a line in a string, to the
 * closing quote or the end of the line. */
static size_t take_string(struct pc_clexer *lexer, const char *s, size_t n, size_t from,
                          char quote)
{
    size_t i = from;
    lexer->in_string = false;
    while (i < n && s[i] != '\n') {
        if (ends_joined(s, n, i)) {
            lexer->in_string = quote == '"';
            lexer->joined = true;
            return i + 1;
        }
        if (s[i] == '\\' && i + 1 < n) {
            i += 2;
            continue;
        }
        if (s[i++] == quote)
            break;
    }
    return i;
}

static size_t take_comment(struct pc_clexer *lexer, const char *s, size_t n, size_t from)
{
    size_t i = from;
    lexer->in_comment = true;
    for (; i < n && s[i] != '\n'; i++)
        if (s[i] == '*' && i + 1 < n && s[i + 1] == '/') {
            lexer->in_comment = false;
            return i + 2;
        }
    return i;
}

static size_t take_remark(struct pc_clexer *lexer, const char *s, size_t n)
{
    size_t i = 0;
    for (; i < n && s[i] != '\n'; i++)
        lexer->joined = ends_joined(s, n, i);
    lexer->in_remark = lexer->joined;
    return i;
}

/* "#include" with the blanks in it; a name in angle brackets may follow. */
static size_t take_directive(struct pc_clexer *lexer, const char *s, size_t n)
{
    size_t name = 1;
    while (name < n && is_blank(s[name]))
        name++;
    size_t end = name;
    while (end < n && is_letter(s[end]))
        end++;
    static const char include[] = "include";
    lexer->header_next = end - name == sizeof include - 1 &&
                         memcmp(s + name, include, sizeof include - 1) == 0;
    return end > name ? end : 1;
}

/* "<name>", 0 when the bracket is not closed in this line. */
static size_t take_header(const char *s, size_t n)
{
    const char *end = memchr(s, '\n', n);
    size_t line = end ? (size_t)(end - s) : n;
    const char *close = memchr(s, '>', line);
    return close ? (size_t)(close - s) + 1 : 0;
}

static size_t take_newline(struct pc_clexer *lexer)
{
    if (!lexer->joined)
        lexer->header_next = lexer->in_line = lexer->in_string = lexer->in_remark = false;
    lexer->joined = false;
    return 1;
}

/* The length of what opens a string or a character: a quote, after u8, u, U or L
 * perhaps. */
static size_t opening(const char *s, size_t n)
{
    size_t prefix = 0;
    if (n > 1 && s[0] && strchr("uUL", s[0]))
        prefix = n > 2 && s[0] == 'u' && s[1] == '8' ? 2 : 1;
    return prefix < n && (s[prefix] == '"' || s[prefix] == '\'') ? prefix + 1 : 0;
}

/* A token that begins here, not one that goes on from the line above. */
static size_t take_token(struct pc_clexer *lexer, const char *s, size_t n,
                         enum pc_style *style)
{
    bool first = !lexer->in_line, expected = lexer->header_next;
    char next = n > 1 ? s[1] : '\0';
    size_t quote = opening(s, n);
    lexer->in_line = true;
    lexer->header_next = false;
    if (s[0] == '/' && next == '*') {
        lexer->in_line = !first;
        lexer->header_next = expected;
        *style = PC_STYLE_COMMENT;
        return take_comment(lexer, s, n, 2);
    }
    if (s[0] == '/' && next == '/') {
        *style = PC_STYLE_COMMENT;
        return take_remark(lexer, s, n);
    }
    if (quote) {
        *style = PC_STYLE_STRING;
        return take_string(lexer, s, n, quote, s[quote - 1]);
    }
    if (is_letter(s[0]))
        return take_word(lexer, s, n, style);
    lexer->tag_next = false;
    if (s[0] == '#' && first) {
        *style = PC_STYLE_DIRECTIVE;
        return take_directive(lexer, s, n);
    }
    size_t header = expected && s[0] == '<' ? take_header(s, n) : 0;
    if (header) {
        *style = PC_STYLE_STRING;
        return header;
    }
    if (is_digit(s[0]) || (s[0] == '.' && is_digit(next))) {
        *style = PC_STYLE_NUMBER;
        return take_number(s, n);
    }
    lexer->joined = ends_joined(s, n, 0);
    return 1;
}

size_t pc_clexer_next(struct pc_clexer *lexer, const char *s, size_t n,
                      enum pc_style *style)
{
    *style = PC_STYLE_TEXT;
    if (n == 0)
        return 0;
    if (s[0] == '\n')
        return take_newline(lexer);
    if (lexer->in_comment) {
        *style = PC_STYLE_COMMENT;
        return take_comment(lexer, s, n, 0);
    }
    if (lexer->in_remark) {
        *style = PC_STYLE_COMMENT;
        return take_remark(lexer, s, n);
    }
    if (lexer->in_string) {
        *style = PC_STYLE_STRING;
        return take_string(lexer, s, n, 0, '"');
    }
    size_t blanks = 0;
    while (blanks < n && is_blank(s[blanks]))
        blanks++;
    return blanks ? blanks : take_token(lexer, s, n, style);
}
