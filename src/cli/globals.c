#include "cli/globals.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/browser.h"
#include "tui/term.h"

/* `variable` is NULL for the workspace. */
static const struct global {
    const char *name, *variable;
    const char *needs; /* what its value is, or NULL when it takes none */
} globals[] = {
    {"--workspace", NULL, "a folder"},
    {"--plain", "PERFCOURSE_PLAIN", NULL},
    {"--ascii", "PERFCOURSE_ASCII", NULL},
    {"--no-color", "NO_COLOR", NULL},
    {"--theme", "PERFCOURSE_THEME", "plain, dark, light or mono"},
};

/* The option that `word` is, alone or with "=VALUE". */
static const struct global *find(const char *word)
{
    for (size_t i = 0; i < PC_COUNT(globals); i++) {
        size_t n = strlen(globals[i].name);
        if (strncmp(word, globals[i].name, n) == 0 &&
            (word[n] == '\0' || (word[n] == '=' && globals[i].needs)))
            return &globals[i];
    }
    return NULL;
}

static bool is_known_theme(const char *name)
{
    enum pc_theme theme;
    return pc_theme_find(name, &theme);
}

static bool follow(const struct global *global, const char *value, const char **workspace,
                   struct pc_err *err)
{
    if (global->needs && !*value)
        return pc_fail(err, PC_USAGE, "%s needs %s", global->name, global->needs);
    if (!global->variable) {
        *workspace = value;
        return true;
    }
    if (global->needs && !is_known_theme(value))
        return pc_fail(err, PC_USAGE, "%s is %s, not \"%s\"", global->name, global->needs,
                       value);
    setenv(global->variable, global->needs ? value : "1", 1);
    return true;
}

bool pc_globals_take(int *argc, char **argv, const char **workspace, struct pc_err *err)
{
    int kept = 0, i = 0;
    for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        const struct global *global = find(argv[i]);
        if (!global) {
            argv[kept++] = argv[i];
            continue;
        }
        const char *value = strchr(argv[i], '=');
        if (value)
            value++;
        else
            value = global->needs && i + 1 < *argc ? argv[++i] : "";
        if (!follow(global, value, workspace, err))
            return false;
    }
    while (i < *argc)
        argv[kept++] = argv[i++];
    argv[kept] = NULL;
    *argc = kept;
    return true;
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
