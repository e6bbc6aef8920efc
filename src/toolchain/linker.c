#include "toolchain/diagnostics.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "toolchain/scan.h"

/* The name that a linker quotes after `words`: `name' (GNU ld) or bare (lld). */
static bool quoted_name(const char *line, const char *words, char name[128])
{
    const char *p = strstr(line, words);
    if (!p)
        return false;
    p += strlen(words);
    p += strspn(p, " `'\"");
    size_t n = strcspn(p, "'\"`; \n");
    snprintf(name, 128, "%.*s", (int)(n < 127 ? n : 127), p);
    return n > 0;
}

/* The place "file.c:12:" in front of the linker's words, when it knows one. */
static const struct pc_source *place_in(const struct pc_sources *sources, const char *line,
                                        const char *words, int *row)
{
    const char *stop = strstr(line, words);
    for (const char *p = stop; p > line; p--) {
        if (*p != ':' || !isdigit((unsigned char)p[1]))
            continue;
        const char *begin = p;
        while (begin > line && begin[-1] != ' ' && begin[-1] != ':')
            begin--;
        PC_AUTO(pc_auto_free) char *file = pc_strndup(begin, (size_t)(p - begin));
        long number = strtol(p + 1, NULL, 10);
        *row = number > 0 && number <= INT_MAX ? (int)number : 0;
        return pc_sources_find(sources, pc_path_base(file));
    }
    return NULL;
}

static bool told_before(const struct pc_build *build, const char *text)
{
    for (size_t i = 0; i < build->n; i++)
        if (strcmp(build->items[i].text, text) == 0)
            return true;
    return false;
}

static void add_undefined(struct pc_build *build, const struct pc_sources *sources,
                          const char *name, const struct pc_source *source, int row)
{
    const char *kernel = sources->kernel.name;
    bool by_course = source && source != &sources->kernel;
    PC_AUTO(pc_auto_free) char *text =
        by_course ? pc_strfmt("'%s' is missing: %s needs it (line %d), and %s does not "
                              "define it",
                              name, source->name, row, kernel)
                  : pc_strfmt("'%s' is used, but neither %s nor the C library defines it",
                              name, kernel);
    if (told_before(build, text))
        return;
    int column = 0;
    /* Without debug information the linker knows no line; the first use is a good guess. */
    if (by_course)
        row = 0;
    else if (!source)
        pc_scan_find(sources->kernel.text, sources->kernel.len, name, &row, &column);
    pc_diagnostics_add(build, sources, true, kernel, row, column, text);
}

static void add_twice(struct pc_build *build, const struct pc_sources *sources,
                      const char *name)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("'%s' is defined by the bench or the test too: make yours static "
                  "or give it another name",
                  name);
    if (told_before(build, text))
        return;
    int row = 0, column = 0;
    pc_scan_find(sources->kernel.text, sources->kernel.len, name, &row, &column);
    pc_diagnostics_add(build, sources, true, sources->kernel.name, row, column, text);
}

void pc_diagnostics_link(struct pc_build *build, const struct pc_sources *sources,
                         const char *output)
{
    static const struct {
        const char *words;
        bool twice;
    } rows[] = {
        {"undefined reference to ", false},
        {"undefined symbol: ", false},
        {"multiple definition of ", true},
        {"duplicate symbol: ", true},
    };
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(output);
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line && !pc_diagnostics_are_full(build);
         line = strtok_r(NULL, "\n", &rest))
        for (size_t i = 0; i < PC_COUNT(rows); i++) {
            char name[128];
            int row = 0;
            if (!quoted_name(line, rows[i].words, name))
                continue;
            const struct pc_source *source = place_in(sources, line, rows[i].words, &row);
            if (rows[i].twice)
                add_twice(build, sources, name);
            else
                add_undefined(build, sources, name, source, row);
            break;
        }
}
