#include "toolchain/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "toolchain/allocators.h"
#include "toolchain/phrases.h"

static bool is_assignment(const struct pc_phrases *t, size_t i)
{
    const char *before = i > 0 ? pc_word_at(t, i - 1) : "";
    return pc_word_is(t, i, "=") && !pc_word_is(t, i + 1, "=") &&
           !(*before && strchr("=!<>+-*/%&|^", *before));
}

/* What stands left of the '=' at `i`. */
struct target {
    size_t begin, end;
    bool stores; /* through a pointer, into a member or an element */
    bool declares;
    const char *name; /* of the variable, when it is nothing but one; else NULL */
};

static struct target target_of(const struct pc_phrases *t, size_t i)
{
    struct target target = {.end = i};
    size_t k = i;
    while (k > 0 &&
           !strchr(";{}(,:?", *pc_word_at(t, k - 1) ? *pc_word_at(t, k - 1) : ';')) {
        if (pc_word_is(t, k - 1, "]") || pc_word_is(t, k - 1, ")")) {
            size_t open = pc_phrases_partner(t, k - 1, -1);
            k = open < t->n ? open : 0;
        } else {
            k--;
        }
    }
    target.begin = k;
    bool words_only = k < i;
    for (size_t w = k; w < i; w++) {
        target.stores = target.stores || pc_word_is(t, w, ".") || pc_word_is(t, w, "[") ||
                        (pc_word_is(t, w, "-") && pc_word_is(t, w + 1, ">"));
        words_only = words_only && (pc_is_word(t, w) || pc_word_is(t, w, "*"));
    }
    target.stores = target.stores || pc_word_is(t, k, "*");
    /* "int *a, *b = ..." looks like a store through b. */
    if (k > 0 && pc_word_is(t, k - 1, ","))
        target.stores = words_only = false;
    if (!target.stores && words_only && pc_is_word(t, i - 1)) {
        target.name = pc_word_at(t, i - 1);
        target.declares = i - k > 1;
    }
    return target;
}

static void spell(const struct pc_phrases *t, size_t begin, size_t end, char to[64])
{
    size_t n = 0;
    for (size_t i = begin; i < end && n < 63; i++) {
        bool apart = i > begin && pc_is_word(t, i) && pc_is_word(t, i - 1);
        n += (size_t)snprintf(to + n, 64 - n, "%s%s", apart ? " " : "", pc_word_at(t, i));
    }
}

static struct pc_destination sent(const struct pc_phrases *t, enum pc_sent how,
                                  size_t where)
{
    return (struct pc_destination){.sent = how, .line = t->items[where].line};
}

static struct pc_destination stored(const struct pc_phrases *t, size_t begin, size_t end)
{
    struct pc_destination d = sent(t, PC_SENT_STORED, begin);
    spell(t, begin, end, d.to);
    return d;
}

static bool is_elsewhere(const struct pc_words *others, const char *name)
{
    for (size_t i = 0; i < others->n; i++)
        if (strcmp(others->items[i], name) == 0)
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
           pc_is_among(name, names, PC_COUNT(names));
}

/* The function whose argument the token at `i` begins, t->n when it is none. */
static size_t callee_of(const struct pc_phrases *t, size_t i)
{
    int depth = 0;
    for (; i > 0; i--) {
        const char *text = pc_word_at(t, i - 1);
        if (*text && strchr(")]}", *text))
            depth++;
        else if (*text && strchr("([{", *text) && depth-- == 0)
            return pc_word_is(t, i - 1, "(") && i >= 2 && pc_is_word(t, i - 2) &&
                           !pc_is_keyword(pc_word_at(t, i - 2))
                       ? i - 2
                       : t->n;
        else if (*text == ';')
            return t->n;
    }
    return t->n;
}

/* The expression from `begin` to before `end` is passed on whole. */
static bool is_passed(const struct pc_phrases *t, const struct pc_words *others,
                      size_t begin, size_t end, size_t *callee)
{
    size_t before = pc_phrases_before_casts(t, begin - 1);
    if (!(pc_word_is(t, before, "(") || pc_word_is(t, before, ",")) ||
        !(pc_word_is(t, end, ")") || pc_word_is(t, end, ",")))
        return false;
    *callee = callee_of(t, before + 1);
    return *callee < t->n && is_elsewhere(others, pc_word_at(t, *callee)) &&
           !keeps_nothing(pc_word_at(t, *callee));
}

static struct pc_destination passed(const struct pc_phrases *t, size_t callee)
{
    struct pc_destination d = sent(t, PC_SENT_PASSED, callee);
    snprintf(d.to, sizeof d.to, "%.60s", pc_word_at(t, callee));
    return d;
}

/* How often a variable is declared and set in a function, and whether that is all. */
struct variable {
    size_t declared, set;
    bool is_static, unclear;
};

static bool is_declared_at(const struct pc_phrases *t, size_t i)
{
    size_t k = i;
    while (k > 0 && pc_word_is(t, k - 1, "*"))
        k--;
    return k > 0 && pc_is_word(t, k - 1) && !pc_is_keyword(pc_word_at(t, k - 1));
}

static struct variable look_at(const struct pc_phrases *t, const struct pc_body *body,
                               const char *name)
{
    struct variable v = {0};
    for (size_t i = body->begin; i < body->end; i++) {
        if (!pc_word_is(t, i, name) || !pc_is_word(t, i) || pc_word_is(t, i - 1, "."))
            continue;
        if (pc_word_is(t, i - 1, ">") && pc_word_is(t, i - 2, "-"))
            continue;
        bool declared = is_declared_at(t, i);
        v.declared += declared;
        for (size_t k = i; declared && k > 0 && !strchr(";{}(", *pc_word_at(t, k - 1)); k--)
            v.is_static = v.is_static || pc_word_is(t, k - 1, "static");
        bool begins = declared || !pc_word_is(t, i - 1, "*");
        bool nothing = (pc_word_is(t, i + 2, "NULL") || pc_word_is(t, i + 2, "0")) &&
                       pc_word_is(t, i + 3, ";");
        v.set += begins && is_assignment(t, i + 1) && !nothing;
        bool address = pc_word_is(t, i - 1, "&") && !pc_word_is(t, i - 2, "&") &&
                       !pc_is_word(t, i - 2) && !pc_word_is(t, i - 2, ")") &&
                       !pc_word_is(t, i - 2, "]");
        bool listed = pc_word_is(t, i - 1, "*") && pc_word_is(t, i - 2, ",");
        v.unclear = v.unclear || address || listed;
    }
    return v;
}

/* Whether `name` is a variable of the file. */
static bool is_global(const struct pc_phrases *t, const char *name)
{
    for (size_t i = 1; i < t->n; i++) {
        if (pc_word_is(t, i, "{"))
            i = pc_phrases_partner(t, i, 1);
        else if (pc_word_is(t, i, name) && pc_is_word(t, i) && is_declared_at(t, i))
            return true;
    }
    return false;
}

/* From the first argument at `i` of a function that gives it back to what stands before the
 * call, so that "return strcat(p, more);" is "return p;". */
static size_t before_echo(const struct pc_phrases *t, size_t i)
{
    static const char *const names[] = {"strcat", "strcpy",  "strncpy", "strncat",
                                        "memcpy", "memmove", "memset"};
    if (i < 3 || !pc_word_is(t, i - 1, "(") ||
        !pc_is_among(pc_word_at(t, i - 2), names, PC_COUNT(names)) ||
        !pc_word_is(t, pc_phrases_partner(t, i - 1, 1) + 1, ";"))
        return t->n;
    return pc_phrases_before_casts(t, i - 3);
}

/* What becomes of the variable `name` behind token `from`; of several things the first. */
static struct pc_destination follow(const struct pc_phrases *t,
                                    const struct pc_words *others,
                                    const struct pc_body *body, size_t from,
                                    const char *name)
{
    struct pc_destination later = {0};
    for (size_t i = from; i < body->end; i++) {
        if (!pc_word_is(t, i, name) || !pc_is_word(t, i))
            continue;
        size_t before = pc_phrases_before_casts(t, i - 1), callee;
        bool ends = pc_word_is(t, i + 1, ";");
        if (pc_word_is(t, before, "return") && ends)
            return sent(t, PC_SENT_RETURNED, before);
        if (pc_word_is(t, before_echo(t, i), "return"))
            return sent(t, PC_SENT_RETURNED, i);
        struct target target = {0};
        if (ends && is_assignment(t, before))
            target = target_of(t, before);
        if (target.stores ||
            (target.name && !target.declares && is_global(t, target.name) &&
             look_at(t, body, target.name).declared == 0))
            return stored(t, target.begin, target.end);
        if (later.sent == PC_SENT_UNKNOWN && is_passed(t, others, i, i + 1, &callee))
            later = passed(t, callee);
    }
    return later;
}

static struct pc_destination through(const struct pc_phrases *t,
                                     const struct pc_words *others,
                                     const struct pc_body *body,
                                     const struct target *target)
{
    struct variable v = look_at(t, body, target->name);
    if (v.unclear || v.declared > 1 || v.set != 1)
        return (struct pc_destination){0};
    if (v.declared == 1 && !v.is_static)
        return follow(t, others, body, target->end, target->name);
    if (v.declared == 0 && !is_global(t, target->name))
        return (struct pc_destination){0};
    return stored(t, target->end - 1, target->end);
}

/* Functions that give the block by an argument. */
static bool gives_by_argument(const char *name)
{
    static const char *const names[] = {"asprintf", "vasprintf",      "getline",
                                        "getdelim", "posix_memalign", "scandir"};
    return pc_is_among(name, names, PC_COUNT(names));
}

static struct pc_destination destination_of(const struct pc_phrases *t,
                                            const struct pc_words *others, size_t call)
{
    struct pc_body body;
    size_t callee, end = pc_phrases_partner(t, call + 1, 1) + 1;
    if (!pc_phrases_body(t, call, &body) || !pc_phrases_are_whole(t, &body) ||
        gives_by_argument(pc_word_at(t, call)))
        return (struct pc_destination){0};
    size_t before = pc_phrases_before_casts(t, call - 1);
    if (pc_word_is(t, before, "return") && pc_word_is(t, end, ";"))
        return sent(t, PC_SENT_RETURNED, before);
    if (is_passed(t, others, call, end, &callee))
        return passed(t, callee);
    if (!is_assignment(t, before))
        return (struct pc_destination){0};
    struct target target = target_of(t, before);
    if (target.stores)
        return stored(t, target.begin, target.end);
    return target.name ? through(t, others, &body, &target) : (struct pc_destination){0};
}

static struct pc_destination find(const struct pc_phrases *t, const struct pc_words *others,
                                  int line)
{
    size_t calls = 0, call = 0;
    for (size_t i = 1; i + 1 < t->n; i++) {
        if (t->items[i].line != line || !pc_is_word(t, i) || !pc_word_is(t, i + 1, "(") ||
            !pc_allocator_name(pc_word_at(t, i)))
            continue;
        call = i;
        calls++;
    }
    return calls == 1 ? destination_of(t, others, call) : (struct pc_destination){0};
}

void pc_flow_find(const char *text, size_t n, const struct pc_words *others,
                  const int *lines, size_t n_lines, struct pc_destination *found)
{
    struct pc_phrases tokens = {0};
    pc_phrases_read(&tokens, text, n);
    for (size_t i = 0; i < n_lines; i++)
        found[i] =
            lines[i] > 0 ? find(&tokens, others, lines[i]) : (struct pc_destination){0};
    free(tokens.items);
}
