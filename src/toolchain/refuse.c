#include "toolchain/refuse.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "toolchain/diagnostics.h"
#include "toolchain/scan.h"

bool pc_is_allowed(const struct pc_allowed *allowed, const char *name)
{
    for (size_t i = 0; i < allowed->n; i++)
        if (strcmp(allowed->names[i], name) == 0)
            return true;
    return false;
}

/* What is being read. */
struct reader {
    struct pc_build *build;
    const struct pc_sources *sources;
    const struct pc_allowed *allowed;
    struct pc_scan scan;
    char directive[32]; /* of this line, "" outside; its name once it was read */
    bool in_directive;
    unsigned depth; /* parentheses open since __attribute__, 0 outside */
    bool brackets;  /* inside [[...]] */
    struct pc_token before;
};

static void refuse(struct reader *r, const struct pc_token *at, const char *name,
                   const char *why)
{
    if (pc_is_allowed(r->allowed, name))
        return;
    PC_AUTO(pc_auto_free) char *text = pc_strfmt("'%s' is not allowed here: %s", name, why);
    pc_diagnostics_add(r->build, r->sources, true, r->sources->kernel.name, at->line,
                       at->column, text);
}

static const char same_settings[] =
    "starter and kernel are compared with the same compiler settings; make the code "
    "itself faster";
static const char same_checks[] =
    "the sanitizers must see the same code that is timed; remove it";

static const char no_riddles[] =
    "it must be possible to read here what the compiler will see; write it out";

/* A word without the underscores around it that keep it apart from macros. */
static void strip(const char *word, char bare[64])
{
    snprintf(bare, 64, "%.63s", word);
    size_t n = strlen(bare);
    if (n > 4 && strncmp(bare, "__", 2) == 0 && strcmp(bare + n - 2, "__") == 0) {
        memmove(bare, bare + 2, n - 4);
        bare[n - 4] = '\0';
    }
}

/* Attributes that change what the compiler does to one function. */
static const char *attribute_reason(const char *word)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"optimize", same_settings},
        {"target", same_settings},
        {"target_clones", same_settings},
        {"no_sanitize", same_checks},
        {"no_sanitize_address", same_checks},
        {"no_sanitize_undefined", same_checks},
        {"no_address_safety_analysis", same_checks},
        {"disable_sanitizer_instrumentation", same_checks},
    };
    char name[64];
    strip(word, name);
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(name, rows[i].name) == 0)
            return rows[i].why;
    return NULL;
}

/* Attributes that leave the settings alone, or whose effects the object file shows.  What
 * else stands in an attribute may be a macro that hides one of the others. */
static bool is_plain_attribute(const char *word)
{
    static const char *const names[] = {
        "access",
        "alias",
        "aligned",
        "alloc_align",
        "alloc_size",
        "always_inline",
        "cleanup",
        "cold",
        "common",
        "const",
        "constructor",
        "counted_by",
        "deprecated",
        "destructor",
        "fallthrough",
        "flatten",
        "format",
        "gnu_inline",
        "hot",
        "ifunc",
        "leaf",
        "malloc",
        "may_alias",
        "mode",
        "no_reorder",
        "noclone",
        "noinline",
        "noipa",
        "nonnull",
        "nonstring",
        "noreturn",
        "nothrow",
        "packed",
        "pure",
        "returns_nonnull",
        "section",
        "sentinel",
        "tls_model",
        "unused",
        "used",
        "vector_size",
        "visibility",
        "warn_unused_result",
        "weak",
    };
    char name[64];
    strip(word, name);
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* A token that is only looked at: the next one of a copy of the scan. */
static struct pc_token look_ahead(const struct reader *r)
{
    struct pc_scan scan = r->scan;
    struct pc_token token;
    pc_scan_next(&scan, &token);
    return token;
}

/* An attribute may hide behind a macro: then it is the string behind it, or its place in a
 * #define, that gives it away.  Functions called target() are left alone. */
static void check_attribute(struct reader *r, const struct pc_token *token)
{
    const char *why = attribute_reason(token->text);
    bool names_one = r->depth == 2 ? strchr("(,", r->before.text[0]) != NULL
                                   : r->brackets && r->before.text[0] == ':';
    if (!why) {
        if (names_one && !is_plain_attribute(token->text))
            refuse(r, token, token->text, no_riddles);
        return;
    }
    bool refused = r->depth > 0 || r->brackets;
    if (!refused && strcmp(r->directive, "define") == 0)
        refused = strcmp(token->text, "target") != 0;
    if (!refused) {
        struct pc_scan scan = r->scan;
        struct pc_token open, argument;
        pc_scan_next(&scan, &open);
        pc_scan_next(&scan, &argument);
        refused = open.text[0] == '(' && argument.kind == PC_TOKEN_STRING;
    }
    if (refused)
        refuse(r, token, token->text, why);
}

static bool is_attribute_word(const char *word)
{
    return strcmp(word, "__attribute__") == 0 || strcmp(word, "__attribute") == 0;
}

static bool is_one_of(const char *word, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, names[i]) == 0)
            return true;
    return false;
}

/* Instructions of the kernel's own are past everything that is refused by name: system calls,
 * sections, symbols.  Without any, asm only keeps the compiler from moving or removing code. */
static void check_asm(struct reader *r, const struct pc_token *token)
{
    static const char *const words[] = {"asm", "__asm", "__asm__"};
    static const char *const qualifiers[] = {"volatile", "__volatile", "__volatile__",
                                             "inline",   "__inline",   "__inline__"};
    if (!is_one_of(token->text, words, PC_COUNT(words)))
        return;
    struct pc_scan scan = r->scan;
    struct pc_token open, text, end;
    do
        pc_scan_next(&scan, &open);
    while (is_one_of(open.text, qualifiers, PC_COUNT(qualifiers)));
    pc_scan_next(&scan, &text);
    pc_scan_next(&scan, &end);
    if (open.text[0] != '(' || strcmp(text.text, "\"\"") != 0 || !strchr(":)", end.text[0]))
        refuse(r, token, "asm",
               "instructions are the compiler's work; use C or intrinsics (an empty one, "
               "asm(\"\"), is fine)");
}

static void check_word(struct reader *r, const struct pc_token *token)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"_Pragma", same_settings},
        {"__SANITIZE_ADDRESS__", same_checks},
        {"__SANITIZE_THREAD__", same_checks},
        {"__has_feature", same_checks},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(token->text, rows[i].name) == 0)
            refuse(r, token, rows[i].name, rows[i].why);
    if (is_attribute_word(token->text)) {
        struct pc_scan scan = r->scan;
        struct pc_token first, second;
        pc_scan_next(&scan, &first);
        pc_scan_next(&scan, &second);
        if (first.text[0] != '(' || second.text[0] != '(')
            refuse(r, token, token->text, no_riddles);
    }
    check_asm(r, token);
    check_attribute(r, token);
}

/* `#pragma GCC ...` and its like; `token` is the word after pragma. */
static void check_pragma(struct reader *r, const struct pc_token *token)
{
    static const char *const settings[] = {"optimize", "target", "push_options",
                                           "pop_options", "reset_options"};
    if (strcmp(token->text, "clang") == 0) {
        refuse(r, token, "#pragma clang", same_settings);
    } else if (strcmp(token->text, "GCC") == 0) {
        struct pc_token which = look_ahead(r);
        for (size_t i = 0; i < PC_COUNT(settings); i++)
            if (strcmp(which.text, settings[i]) == 0)
                refuse(r, token, "#pragma GCC", same_settings);
    }
}

/* Whether ".." is a component of `path`, which is still quoted. */
static bool climbs(const char *path)
{
    for (const char *p = strstr(path, ".."); p; p = strstr(p + 1, "..")) {
        bool begins = p[-1] == '/' || p[-1] == '"' || p[-1] == '<';
        if (begins && (p[2] == '/' || p[2] == '"' || p[2] == '>'))
            return true;
    }
    return false;
}

static void check_include(struct reader *r, const struct pc_token *token)
{
    if (token->kind != PC_TOKEN_HEADER)
        refuse(r, token, "#include",
               "write the name of the header itself, \"name.h\" or <name.h>");
    else if (token->text[1] == '/' || climbs(token->text))
        refuse(r, token, token->text,
               "headers come from the exercise's folder or from the system; name them "
               "without a path");
}

/* A token of a preprocessor line. */
static void read_directive(struct reader *r, const struct pc_token *token)
{
    static const char *const includes[] = {"include", "include_next", "import", "embed"};
    static const char *const defines[] = {"define", "undef"};
    bool named = r->directive[0] != '\0';
    if (!named) {
        snprintf(r->directive, sizeof r->directive, "%.31s", token->text);
        r->scan.header_next = is_one_of(r->directive, includes, PC_COUNT(includes));
        return;
    }
    if (r->before.kind == PC_TOKEN_WORD && strcmp(r->before.text, r->directive) == 0) {
        if (is_one_of(r->directive, includes, PC_COUNT(includes)))
            check_include(r, token);
        if (strcmp(r->directive, "pragma") == 0)
            check_pragma(r, token);
        if (is_one_of(r->directive, defines, PC_COUNT(defines)) &&
            is_plain_attribute(token->text))
            refuse(r, token, token->text, no_riddles);
    }
    /* Two pieces may make a word that is refused: "##", also written "%:%:". */
    bool pastes = strchr("#:", token->text[0]) && r->before.kind == PC_TOKEN_MARK &&
                  r->before.text[0] == (token->text[0] == '#' ? '#' : '%');
    if (token->kind == PC_TOKEN_MARK && pastes)
        refuse(r, token, "##", no_riddles);
}

/* Keep track of whether an attribute is being read. */
static void follow_brackets(struct reader *r, const struct pc_token *token)
{
    bool attribute = is_attribute_word(r->before.text);
    if (token->kind != PC_TOKEN_MARK)
        return;
    bool again = r->before.kind == PC_TOKEN_MARK && r->before.text[0] == token->text[0];
    switch (token->text[0]) {
    case '(':
        if (r->depth > 0 || attribute)
            r->depth++;
        break;
    case ')':
        if (r->depth > 0)
            r->depth--;
        break;
    case '[':
        r->brackets |= again;
        break;
    case ']':
        if (again)
            r->brackets = false;
        break;
    }
}

void pc_refuse_text(struct pc_build *build, const struct pc_sources *sources,
                    const struct pc_allowed *allowed)
{
    struct reader r = {.build = build, .sources = sources, .allowed = allowed};
    pc_scan_init(&r.scan, sources->kernel.text, sources->kernel.len);
    struct pc_token token;
    for (pc_scan_next(&r.scan, &token); token.kind != PC_TOKEN_END;
         pc_scan_next(&r.scan, &token)) {
        if (token.kind == PC_TOKEN_DIRECTIVE || token.kind == PC_TOKEN_NEWLINE) {
            r.in_directive = token.kind == PC_TOKEN_DIRECTIVE;
            r.directive[0] = '\0';
        } else {
            if (r.in_directive)
                read_directive(&r, &token);
            follow_brackets(&r, &token);
            if (token.kind == PC_TOKEN_WORD && strcmp(r.directive, "pragma") != 0)
                check_word(&r, &token);
        }
        if (token.kind != PC_TOKEN_NEWLINE || r.in_directive)
            r.before = token;
    }
}
