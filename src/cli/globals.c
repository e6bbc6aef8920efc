#include "cli/globals.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/browser.h"
#include "tui/term.h"

static bool is_known_theme(const char *name)
{
    enum pc_theme theme;
    return pc_theme_find(name, &theme);
}

const struct pc_global pc_globals[] = {
    {.name = "--workspace",
     .value = "FOLDER",
     .needs = "a folder",
     .summary = "where your files are"},
    {.name = "--pack",
     .value = "FOLDER",
     .needs = "the folder of a pack",
     .variable = "PERFCOURSE_PACK",
     .summary = "lessons of others, from this folder"},
    {.name = "--plain",
     .variable = "PERFCOURSE_PLAIN",
     .summary = "line by line, nothing drawn, for screen readers"},
    {.name = "--ascii", .variable = "PERFCOURSE_ASCII", .summary = "only ASCII characters"},
    {.name = "--no-color", .variable = "NO_COLOR", .summary = "no colours"},
    {.name = "--theme",
     .value = "THEME",
     .needs = "plain, dark, light or mono",
     .variable = "PERFCOURSE_THEME",
     .takes = is_known_theme,
     .summary = "colours of the full screen: plain, dark, light or mono"},
    {0},
};

/* The option that `word` is, alone or with "=VALUE". */
static const struct pc_global *find(const char *word)
{
    for (const struct pc_global *g = pc_globals; g->name; g++) {
        size_t n = strlen(g->name);
        if (strncmp(word, g->name, n) == 0 &&
            (word[n] == '\0' || (word[n] == '=' && g->value)))
            return g;
    }
    return NULL;
}

static bool follow(const struct pc_global *global, const char *value,
                   const char **workspace, struct pc_err *err)
{
    if (global->value && !*value)
        return pc_fail(err, PC_USAGE, "%s needs %s", global->name, global->needs);
    if (!global->variable) {
        *workspace = value;
        return true;
    }
    if (global->takes && !global->takes(value))
        return pc_fail(err, PC_USAGE, "%s is %s, not \"%s\"", global->name, global->needs,
                       value);
    setenv(global->variable, global->value ? value : "1", 1);
    return true;
}

bool pc_globals_take(int *argc, char **argv, const char **workspace, struct pc_err *err)
{
    int kept = 0, i = 0;
    for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        const struct pc_global *global = find(argv[i]);
        if (!global) {
            argv[kept++] = argv[i];
            continue;
        }
        const char *value = strchr(argv[i], '=');
        if (value)
            value++;
        else
            value = global->value && i + 1 < *argc ? argv[++i] : "";
        if (!follow(global, value, workspace, err))
            return false;
    }
    while (i < *argc)
        argv[kept++] = argv[i++];
    argv[kept] = NULL;
    *argc = kept;
    return true;
}

bool pc_globals_check(struct pc_err *err)
{
    static const char *const modes[] = {"", "off", "auto", "strict"};
    const char *mode = getenv("PERFCOURSE_SANDBOX");
    for (size_t i = 0; i < PC_COUNT(modes); i++)
        if (!mode || strcmp(mode, modes[i]) == 0)
            return true;
    return pc_fail(err, PC_USAGE, "PERFCOURSE_SANDBOX is off, auto or strict, not \"%s\"",
                   mode);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

void pc_globals_set_locale(void)
{
    if (is_set("PERFCOURSE_ASCII"))
        setlocale(LC_CTYPE, "C");
    else
        pc_term_locale();
}

bool pc_is_plain(void)
{
    return is_set("PERFCOURSE_PLAIN");
}

bool pc_is_ascii(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

const char *pc_pack_wanted(void)
{
    return is_set("PERFCOURSE_PACK") ? getenv("PERFCOURSE_PACK") : NULL;
}

enum pc_theme pc_theme_wanted(void)
{
    enum pc_theme theme;
    const char *name = getenv("PERFCOURSE_THEME");
    return name && pc_theme_find(name, &theme) ? theme : PC_THEME_PLAIN;
}

static bool is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

const char *pc_front_end(void)
{
    if (pc_is_plain())
        return "dialogue";
    if (!is_terminal())
        return "list";
    return pc_browse_is_possible() ? "browse" : "dialogue";
}

bool pc_can_ask(void)
{
    return is_terminal() || (pc_is_plain() && !isatty(STDIN_FILENO));
}
