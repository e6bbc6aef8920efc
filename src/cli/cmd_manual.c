/*
 * manual: the manual page, for `make`.
 *
 * Words that somebody wrote come from a frame (man/perfcourse.1.in); where it has a line such
 * as "@KEYS@", the table that the program itself uses is written, so that the page cannot
 * tell anything else.  The macros are those of man(7).
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "tui/keymap.h"

enum {
    LONGEST = 1 << 20,
    TEXT = PC_SCREEN_PALETTE | PC_SCREEN_PROMPT | PC_SCREEN_QUESTION,
    KEYS = (PC_SCREENS_END - 1) & ~TEXT,
};

/* Characters that roff takes for something else, by their names in groff_char(7). */
static const char *name_of(uint32_t c)
{
    switch (c) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '\'':
        return "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    default:
        return NULL;
    }
}

/* Text that shows as it is.  A new line that would be a request is kept from being one. */
static void add_text(struct pc_str *out, const char *text)
{
    while (*text) {
        uint32_t c = 0;
        size_t n = pc_text_decode(text, strlen(text), &c);
        bool begins = out->len == 0 || out->s[out->len - 1] == '\n';
        if (begins && (c == '.' || c == '\''))
            pc_str_adds(out, "\\&");
        if (name_of(c))
            pc_str_adds(out, name_of(c));
        else if (c == '\n' && begins)
            pc_str_adds(out, ".sp\n");
        else if (c < 0x80)
            pc_str_add(out, text, 1);
        else
            pc_str_addf(out, "\\[u%04X]", (unsigned)c);
        text += n > 0 ? n : 1;
    }
}

/* A paragraph with its title, which is bold but for what stands for a value. */
static void add_item(struct pc_str *out, const char *title, const char *value)
{
    pc_str_adds(out, ".TP\n\\fB");
    add_text(out, title);
    pc_str_adds(out, "\\fR");
    if (value && *value) {
        pc_str_adds(out, " \\fI");
        add_text(out, value);
        pc_str_adds(out, "\\fR");
    }
    pc_str_adds(out, "\n");
}

static void add_options(struct pc_str *out, const struct argp_option *options)
{
    if (!options->name)
        return;
    pc_str_adds(out, ".RS\n");
    for (const struct argp_option *o = options; o->name; o++) {
        PC_AUTO(pc_auto_free) char *name = pc_strfmt("--%s", o->name);
        add_item(out, name, o->arg);
        add_text(out, o->doc);
        pc_str_adds(out, ".\n");
    }
    pc_str_adds(out, ".RE\n");
}

static void add_commands(struct pc_str *out)
{
    for (const struct pc_command *c = pc_commands; c->name; c++) {
        if (!c->summary)
            continue;
        add_item(out, c->name, c->arguments);
        add_text(out, c->summary);
        pc_str_adds(out, "\n");
        const char *more = c->argp ? strchr(c->argp->doc, '\v') : NULL;
        if (more) {
            pc_str_adds(out, ".sp\n");
            add_text(out, more + 1);
            pc_str_adds(out, "\n");
        }
        if (c->argp)
            add_options(out, c->argp->options);
    }
}

static void add_globals(struct pc_str *out)
{
    for (const struct pc_global *g = pc_globals; g->name; g++) {
        add_item(out, g->name, g->value);
        add_text(out, g->summary);
        if (g->variable)
            pc_str_addf(out, " (\\fB%s\\fR)", g->variable);
        pc_str_adds(out, "\n");
    }
}

/* On which screens, when not on all that take keys. */
static void add_screens(struct pc_str *out, unsigned screens)
{
    if ((screens & KEYS) == KEYS)
        return;
    size_t n = 0, others = 0;
    for (unsigned bit = 1; bit < PC_SCREENS_END; bit <<= 1) {
        n += (screens & bit) != 0;
        others += (KEYS & ~screens & bit) != 0;
    }
    bool all_but = others < n;
    const char *before = all_but ? " (not: " : " (";
    unsigned named = all_but ? KEYS & ~screens : screens;
    for (unsigned bit = 1; bit < PC_SCREENS_END; bit <<= 1) {
        if (!(named & bit))
            continue;
        pc_str_adds(out, before);
        add_text(out, pc_screen_name(bit));
        before = ", ";
    }
    pc_str_adds(out, ")");
}

/* Rows without a label are more keys of the row before them, which names these, too. */
static void add_keys(struct pc_str *out)
{
    static const char *const titles[PC_HELP_GROUPS] = {[PC_HELP_MOVE] = "Move",
                                                       [PC_HELP_WORK] = "Work",
                                                       [PC_HELP_EVERYWHERE] = "Everywhere"};
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t group = 0; group < PC_HELP_GROUPS; group++) {
        pc_str_addf(out, ".SS %s\n", titles[group]);
        for (size_t i = 0; i < n; i++) {
            if (table[i].group != group || !table[i].label)
                continue;
            add_item(out, table[i].shown, NULL);
            add_text(out, table[i].label);
            add_screens(out, table[i].screens);
            pc_str_adds(out, "\n");
        }
    }
}

static void add_version(struct pc_str *out)
{
    pc_str_adds(out, ".ds version " PACKAGE_VERSION "\n");
}

/* A line of the frame: a table's name, or text. */
static void add_line(struct pc_str *out, const char *line, size_t n)
{
    static const struct {
        const char *name;
        void (*add)(struct pc_str *out);
    } tables[] = {{"@VERSION@", add_version},
                  {"@COMMANDS@", add_commands},
                  {"@GLOBALS@", add_globals},
                  {"@KEYS@", add_keys}};
    for (size_t i = 0; i < PC_COUNT(tables); i++)
        if (strlen(tables[i].name) == n && strncmp(tables[i].name, line, n) == 0) {
            tables[i].add(out);
            return;
        }
    pc_str_add(out, line, n);
    pc_str_adds(out, "\n");
}

enum pc_code pc_cmd_manual(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    (void)shell;
    if (argc != 2)
        return pc_fail(err, PC_USAGE, "manual is for make: manual FRAME"), PC_USAGE;
    size_t size;
    PC_AUTO(pc_auto_free) char *frame = pc_file_read(argv[1], LONGEST, &size, err);
    if (!frame)
        return err->code;
    struct pc_str out = {0};
    for (const char *line = frame; *line;) {
        size_t n = strcspn(line, "\n");
        add_line(&out, line, n);
        line += n + (line[n] == '\n');
    }
    bool ok = pc_print(pc_str_get(&out), err);
    pc_str_fini(&out);
    return ok ? PC_PASSED : err->code;
}
