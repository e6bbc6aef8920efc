#include "toolchain/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "toolchain/scan.h"
#include "toolchain/views.h"

/* Tokens without lines of the preprocessor, in whose place one of kind PC_TOKEN_DIRECTIVE
 * stays. */
struct tokens {
    struct pc_token *items;
    size_t n, cap;
};

static void read_tokens(struct tokens *tokens, const char *text, size_t n)
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

/* Beyond both ends there are tokens without text. */
static const char *at(const struct tokens *t, size_t i)
{
    return i < t->n ? t->items[i].text : "";
}

static bool is(const struct tokens *t, size_t i, const char *text)
{
    return strcmp(at(t, i), text) == 0;
}

static bool is_word(const struct tokens *t, size_t i)
{
    return i < t->n && t->items[i].kind == PC_TOKEN_WORD;
}

static bool is_among(const char *word, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, names[i]) == 0)
            return true;
    return false;
}

/* Words that stand before an expression, so that they are neither type nor function. */
static bool is_keyword(const char *word)
{
    static const char *const names[] = {"return", "else",  "goto",     "case",
                                        "sizeof", "if",    "while",    "for",
                                        "switch", "break", "continue", "do"};
    return is_among(word, names, PC_COUNT(names));
}

/* The bracket that closes, or with `step` -1 opens, the one at `i`; `n` when none does. */
static size_t partner(const struct tokens *t, size_t i, int step)
{
    int depth = 0;
    for (; i < t->n; i += (size_t)step) {
        const char *text = at(t, i);
        if (t->items[i].kind != PC_TOKEN_MARK || !*text)
            continue;
        depth += strchr("([{", *text) ? step : strchr(")]}", *text) ? -step : 0;
        if (depth == 0)
            return i;
    }
    return t->n;
}

struct body {
    size_t begin, end; /* from the parameters' bracket to the one that closes the body */
};

/* The function around token `i`. */
static bool find_body(const struct tokens *t, size_t i, struct body *body)
{
    for (size_t k = 0; k < i; k++) {
        if (!is(t, k, "{"))
            continue;
        size_t end = partner(t, k, 1);
        if (i < end && k > 0 && is(t, k - 1, ")")) {
            *body = (struct body){.begin = partner(t, k - 1, -1), .end = end};
            return body->begin < t->n && end < t->n;
        }
        if (end >= t->n)
            return false;
        k = end;
    }
    return false;
}

/* Preprocessor lines inside may leave any of it out. */
static bool is_whole(const struct tokens *t, const struct body *body)
{
    for (size_t i = body->begin; i < body->end; i++)
        if (t->items[i].kind == PC_TOKEN_DIRECTIVE)
            return false;
    return true;
}

/* Step back from `i`, what stands before an expression, over casts such as (char *). */
static size_t before_casts(const struct tokens *t, size_t i)
{
    while (is(t, i, ")")) {
        size_t open = partner(t, i, -1);
        if (open >= i || open + 1 == i || open == 0)
            return i;
        for (size_t k = open + 1; k < i; k++)
            if (!is_word(t, k) && !is(t, k, "*"))
                return i;
        if (is_word(t, open - 1) && !is_keyword(at(t, open - 1)))
            return i; /* a call */
        i = open - 1;
    }
    return i;
}

static bool is_assignment(const struct tokens *t, size_t i)
{
    const char *before = i > 0 ? at(t, i - 1) : "";
    return is(t, i, "=") && !is(t, i + 1, "=") &&
           !(*before && strchr("=!<>+-*/%&|^", *before));
}

/* What stands left of the '=' at `i`. */
struct target {
    size_t begin, end;
    bool stores; /* through a pointer, into a member or an element */
    bool declares;
    const char *name; /* of the variable, when it is nothing but one; else NULL */
};

static struct target target_of(const struct tokens *t, size_t i)
{
    struct target target = {.end = i};
    size_t k = i;
    while (k > 0 && !strchr(";{}(,:?", *at(t, k - 1) ? *at(t, k - 1) : ';')) {
        if (is(t, k - 1, "]") || is(t, k - 1, ")")) {
            size_t open = partner(t, k - 1, -1);
            k = open < t->n ? open : 0;
        } else {
            k--;
        }
    }
    target.begin = k;
    bool words_only = k < i;
    for (size_t w = k; w < i; w++) {
        target.stores = target.stores || is(t, w, ".") || is(t, w, "[") ||
                        (is(t, w, "-") && is(t, w + 1, ">"));
        words_only = words_only && (is_word(t, w) || is(t, w, "*"));
    }
    target.stores = target.stores || is(t, k, "*");
    /* "int *a, *b = ..." looks like a store through b. */
    if (k > 0 && is(t, k - 1, ","))
        target.stores = words_only = false;
    if (!target.stores && words_only && is_word(t, i - 1)) {
        target.name = at(t, i - 1);
        target.declares = i - k > 1;
    }
    return target;
}

static void spell(const struct tokens *t, size_t begin, size_t end, char to[64])
{
    size_t n = 0;
    for (size_t i = begin; i < end && n < 63; i++) {
        bool apart = i > begin && is_word(t, i) && is_word(t, i - 1);
        n += (size_t)snprintf(to + n, 64 - n, "%s%s", apart ? " " : "", at(t, i));
    }
}

static struct pc_destination sent(const struct tokens *t, enum pc_sent how, size_t where)
{
    return (struct pc_destination){.sent = how, .line = t->items[where].line};
}

static struct pc_destination stored(const struct tokens *t, size_t begin, size_t end)
{
    struct pc_destination d = sent(t, PC_SENT_STORED, begin);
    spell(t, begin, end, d.to);
    return d;
}

/* Whether this file holds the body of `name`: the compiler can look into it. */
static bool is_defined(const struct tokens *t, const char *name)
{
    for (size_t i = 0; i + 1 < t->n; i++)
        if (is(t, i, name) && is(t, i + 1, "(") && is(t, partner(t, i + 1, 1) + 1, "{"))
            return true;
    return false;
}

/* Functions of the C library of which compilers know that they keep no pointer. */
static bool keeps_nothing(const char *name)
{
    static const char *const names[] = {"free",  "realloc", "reallocarray", "puts", "fputs",
                                        "fread", "fwrite",  "stpcpy",       "atoi"};
    return strncmp(name, "mem", 3) == 0 || strncmp(name, "str", 3) == 0 ||
           strncmp(name, "__builtin", 9) == 0 || strstr(name, "printf") ||
           is_among(name, names, PC_COUNT(names));
}

/* The function whose argument the token at `i` begins, t->n when it is none. */
static size_t callee_of(const struct tokens *t, size_t i)
{
    int depth = 0;
    for (; i > 0; i--) {
        const char *text = at(t, i - 1);
        if (*text && strchr(")]}", *text))
            depth++;
        else if (*text && strchr("([{", *text) && depth-- == 0)
            return is(t, i - 1, "(") && i >= 2 && is_word(t, i - 2) &&
                           !is_keyword(at(t, i - 2))
                       ? i - 2
                       : t->n;
        else if (*text == ';')
            return t->n;
    }
    return t->n;
}

/* The expression from `begin` to before `end` is passed on whole. */
static bool is_passed(const struct tokens *t, size_t begin, size_t end, size_t *callee)
{
    size_t before = before_casts(t, begin - 1);
    if (!(is(t, before, "(") || is(t, before, ",")) ||
        !(is(t, end, ")") || is(t, end, ",")))
        return false;
    *callee = callee_of(t, before + 1);
    return *callee < t->n && !is_defined(t, at(t, *callee)) &&
           !keeps_nothing(at(t, *callee));
}

static struct pc_destination passed(const struct tokens *t, size_t callee)
{
    struct pc_destination d = sent(t, PC_SENT_PASSED, callee);
    snprintf(d.to, sizeof d.to, "%.60s", at(t, callee));
    return d;
}

/* How often a variable is declared and set in a function, and whether that is all. */
struct variable {
    size_t declared, set;
    bool is_static, unclear;
};

static bool is_declared_at(const struct tokens *t, size_t i)
{
    size_t k = i;
    while (k > 0 && is(t, k - 1, "*"))
        k--;
    return k > 0 && is_word(t, k - 1) && !is_keyword(at(t, k - 1));
}

static struct variable look_at(const struct tokens *t, const struct body *body,
                               const char *name)
{
    struct variable v = {0};
    for (size_t i = body->begin; i < body->end; i++) {
        if (!is(t, i, name) || !is_word(t, i) || is(t, i - 1, "."))
            continue;
        if (is(t, i - 1, ">") && is(t, i - 2, "-"))
            continue;
        bool declared = is_declared_at(t, i);
        v.declared += declared;
        for (size_t k = i; declared && k > 0 && !strchr(";{}(", *at(t, k - 1)); k--)
            v.is_static = v.is_static || is(t, k - 1, "static");
        bool begins = declared || !is(t, i - 1, "*");
        bool nothing = (is(t, i + 2, "NULL") || is(t, i + 2, "0")) && is(t, i + 3, ";");
        v.set += begins && is_assignment(t, i + 1) && !nothing;
        bool address = is(t, i - 1, "&") && !is(t, i - 2, "&") && !is_word(t, i - 2) &&
                       !is(t, i - 2, ")") && !is(t, i - 2, "]");
        bool listed = is(t, i - 1, "*") && is(t, i - 2, ",");
        v.unclear = v.unclear || address || listed;
    }
    return v;
}

/* Whether `name` is a variable of the file. */
static bool is_global(const struct tokens *t, const char *name)
{
    for (size_t i = 1; i < t->n; i++) {
        if (is(t, i, "{"))
            i = partner(t, i, 1);
        else if (is(t, i, name) && is_word(t, i) && is_declared_at(t, i))
            return true;
    }
    return false;
}

/* What becomes of the variable `name` behind token `from`; of several things the first. */
static struct pc_destination follow(const struct tokens *t, const struct body *body,
                                    size_t from, const char *name)
{
    struct pc_destination later = {0};
    for (size_t i = from; i < body->end; i++) {
        if (!is(t, i, name) || !is_word(t, i))
            continue;
        size_t before = before_casts(t, i - 1), callee;
        bool ends = is(t, i + 1, ";");
        if (is(t, before, "return") && ends)
            return sent(t, PC_SENT_RETURNED, before);
        struct target target = {0};
        if (ends && is_assignment(t, before))
            target = target_of(t, before);
        if (target.stores ||
            (target.name && !target.declares && is_global(t, target.name) &&
             look_at(t, body, target.name).declared == 0))
            return stored(t, target.begin, target.end);
        if (later.sent == PC_SENT_UNKNOWN && is_passed(t, i, i + 1, &callee))
            later = passed(t, callee);
    }
    return later;
}

static struct pc_destination through(const struct tokens *t, const struct body *body,
                                     const struct target *target)
{
    struct variable v = look_at(t, body, target->name);
    if (v.unclear || v.declared > 1 || v.set != 1)
        return (struct pc_destination){0};
    if (v.declared == 1 && !v.is_static)
        return follow(t, body, target->end, target->name);
    if (v.declared == 0 && !is_global(t, target->name))
        return (struct pc_destination){0};
    return stored(t, target->end - 1, target->end);
}

/* Functions that give the block by an argument. */
static bool gives_by_argument(const char *name)
{
    static const char *const names[] = {"asprintf", "vasprintf",      "getline",
                                        "getdelim", "posix_memalign", "scandir"};
    return is_among(name, names, PC_COUNT(names));
}

static struct pc_destination destination_of(const struct tokens *t, size_t call)
{
    struct body body;
    size_t callee, end = partner(t, call + 1, 1) + 1;
    if (!find_body(t, call, &body) || !is_whole(t, &body) || gives_by_argument(at(t, call)))
        return (struct pc_destination){0};
    size_t before = before_casts(t, call - 1);
    if (is(t, before, "return") && is(t, end, ";"))
        return sent(t, PC_SENT_RETURNED, before);
    if (is_passed(t, call, end, &callee))
        return passed(t, callee);
    if (!is_assignment(t, before))
        return (struct pc_destination){0};
    struct target target = target_of(t, before);
    if (target.stores)
        return stored(t, target.begin, target.end);
    return target.name ? through(t, &body, &target) : (struct pc_destination){0};
}

static struct pc_destination find(const struct tokens *t, int line)
{
    size_t calls = 0, call = 0;
    for (size_t i = 1; i + 1 < t->n; i++) {
        if (t->items[i].line != line || !is_word(t, i) || !is(t, i + 1, "(") ||
            !pc_views_allocator(at(t, i)))
            continue;
        call = i;
        calls++;
    }
    return calls == 1 ? destination_of(t, call) : (struct pc_destination){0};
}

void pc_flow_find(const char *text, size_t n, const int *lines, size_t n_lines,
                  struct pc_destination *found)
{
    struct tokens tokens = {0};
    read_tokens(&tokens, text, n);
    for (size_t i = 0; i < n_lines; i++)
        found[i] = lines[i] > 0 ? find(&tokens, lines[i]) : (struct pc_destination){0};
    free(tokens.items);
}
