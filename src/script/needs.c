#include "script/needs.h"

#include <ctype.h>
#include <string.h>

#include "script/reasons.h"

static bool is_package(const char *name)
{
    size_t n = strlen(name);
    if (!isalnum((unsigned char)name[0]) || (n >= 3 && strcmp(name + n - 3, ".pc") == 0))
        return false;
    for (const char *s = name; *s; s++)
        if (!isalnum((unsigned char)*s) && !strchr("+-._", *s))
            return false;
    return true;
}

bool pc_needs_read(const struct pc_document *doc, const char *path,
                   const struct pc_value *list, char ***names, size_t *n)
{
    if (!pc_reasons_read_words(doc, path, list, names, n))
        return false;
    for (size_t i = 0; i < *n; i++)
        if (!is_package((*names)[i]))
            return pc_document_fail(doc, list->items[i].value.line,
                                    "%s[%zu] must be a name for pkg-config, got \"%s\"",
                                    path, i + 1, (*names)[i]);
    return true;
}
