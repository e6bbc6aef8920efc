#include "toolchain/diagnostics.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { ITEMS_MAX = 100, WARNINGS_MAX = 50, TEXT_MAX = 1000 };

bool pc_diagnostics_are_full(const struct pc_build *build)
{
    return build->n >= ITEMS_MAX;
}

void pc_diagnostics_add(struct pc_build *build, const struct pc_sources *sources,
                        bool error, const char *file, int line, int column,
                        const char *text)
{
    /* Warnings leave room for the errors behind them. */
    if (build->n >= WARNINGS_MAX && (!error || pc_diagnostics_are_full(build)))
        return;
    struct pc_diagnostic *item = PC_PUSH(build);
    const struct pc_source *source = pc_sources_find(sources, file);
    /* #line can name anything. */
    const char *name = source ? source->name : file;
    pc_text_copy_line(item->place.file, sizeof item->place.file, name, strlen(name));
    item->place.line = line > 0 ? line : 0;
    item->place.column = column > 0 && line > 0 ? column : 0;
    item->error = error;
    item->text = pc_text_harmless(text, strlen(text), TEXT_MAX);
    item->source = source ? pc_source_line(source, line) : NULL;
}

/* Where a message of gcc points to; bytes are what editors and clang count in. */
static void json_place(json_t *message, const char **file, int *line, int *column)
{
    json_t *caret =
        json_object_get(json_array_get(json_object_get(message, "locations"), 0), "caret");
    json_t *bytes = json_object_get(caret, "byte-column");
    const char *name = json_string_value(json_object_get(caret, "file"));
    *file = name ? name : "";
    *line = (int)json_integer_value(json_object_get(caret, "line"));
    *column = (int)json_integer_value(bytes ? bytes : json_object_get(caret, "column"));
}

static void add_json(struct pc_build *build, const struct pc_sources *sources,
                     json_t *message)
{
    const char *kind = json_string_value(json_object_get(message, "kind"));
    const char *text = json_string_value(json_object_get(message, "message"));
    if (!kind || !text || strcmp(kind, "note") == 0)
        return;
    const char *file;
    int line, column;
    json_place(message, &file, &line, &column);
    bool warning = strcmp(kind, "warning") == 0;
    const char *option = json_string_value(json_object_get(message, "option"));
    PC_AUTO(pc_auto_free) char *full =
        option ? pc_strfmt("%s [%s]", text, option) : pc_strdup(text);
    pc_diagnostics_add(build, sources, !warning, file, line, column, full);
    /* What gcc finds while it is about to say something comes inside of that. */
    size_t i;
    json_t *child;
    json_array_foreach(json_object_get(message, "children"), i, child)
    {
        add_json(build, sources, child);
    }
}

/* gcc does not escape the control characters of a name that #line gave; as they are they make
 * its document unreadable. */
static char *without_controls(const char *output)
{
    char *copy = pc_strdup(output);
    for (char *p = copy; *p; p++)
        if (iscntrl((unsigned char)*p) && *p != '\n')
            *p = '?';
    return copy;
}

void pc_diagnostics_json(struct pc_build *build, const struct pc_sources *sources,
                         const char *output)
{
    PC_AUTO(pc_auto_free) char *text = without_controls(output);
    const char *end = text + strlen(text), *p = strstr(text, "[{");
    /* Element by element, so that a list which was cut short still gives its beginning. */
    while (p && p + 1 < end) {
        p++;
        p += strspn(p, " \n");
        json_error_t error;
        json_t *message = json_loadb(p, (size_t)(end - p),
                                     JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
        if (!message)
            return;
        add_json(build, sources, message);
        json_decref(message);
        p += error.position;
        if (p >= end || *p != ',')
            return;
    }
}

/* Split "file:line:column: kind: text"; the column may be missing.  False for any other
 * line. */
static bool split(char *line, char **file, int *row, int *column, char **rest)
{
    for (char *colon = strchr(line, ':'); colon; colon = strchr(colon + 1, ':')) {
        char *p = colon + 1;
        if (colon == line || !isdigit((unsigned char)*p))
            continue;
        *row = (int)strtol(p, &p, 10);
        *column = 0;
        if (*p == ':' && isdigit((unsigned char)p[1]))
            *column = (int)strtol(p + 1, &p, 10);
        if (strncmp(p, ": ", 2) != 0)
            continue;
        *colon = '\0';
        *file = line;
        *rest = p + 2;
        return true;
    }
    return false;
}

static void add_line(struct pc_build *build, const struct pc_sources *sources, char *line)
{
    static const struct {
        const char *kind;
        bool error;
    } rows[] = {{"error: ", true}, {"fatal error: ", true}, {"warning: ", false}};
    char *file, *rest;
    int row, column;
    if (!split(line, &file, &row, &column, &rest))
        return;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        size_t n = strlen(rows[i].kind);
        if (strncmp(rest, rows[i].kind, n) == 0)
            pc_diagnostics_add(build, sources, rows[i].error, file, row, column, rest + n);
    }
}

void pc_diagnostics_text(struct pc_build *build, const struct pc_sources *sources,
                         const char *output)
{
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(output);
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        add_line(build, sources, line);
}

char *pc_diagnostics_assembler(const char *output)
{
    static const char error[] = "rror: "; /* "Error: ", "Fatal error: " */
    const char *words = strstr(output, "Assembler messages:");
    words = words ? strstr(words, error) : NULL;
    if (!words)
        return NULL;
    words += strlen(error);
    PC_AUTO(pc_auto_free)
    char *first = pc_text_harmless(words, strcspn(words, "\n"), TEXT_MAX);
    return pc_strfmt("the assembler refuses an asm of this source: %s", first);
}

void pc_diagnostics_sort(struct pc_build *build)
{
    if (build->n == 0)
        return;
    struct pc_diagnostic *sorted = pc_alloc_array(build->n, sizeof *sorted);
    size_t n = 0;
    for (int error = 1; error >= 0; error--)
        for (size_t i = 0; i < build->n; i++)
            if (build->items[i].error == (error == 1))
                sorted[n++] = build->items[i];
    free(build->items);
    build->items = sorted;
    build->cap = n;
}

bool pc_diagnostics_have_error(const struct pc_build *build)
{
    for (size_t i = 0; i < build->n; i++)
        if (build->items[i].error)
            return true;
    return false;
}
