#include "script/reasons.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

bool pc_reasons_read_words(const struct pc_document *doc, const char *path,
                           const struct pc_value *list, char ***words, size_t *n)
{
    *words = pc_alloc_array(list ? list->n : 0, sizeof **words);
    *n = 0;
    for (size_t i = 0; list && i < list->n; i++) {
        const struct pc_value *v = &list->items[i].value;
        (*words)[(*n)++] = pc_value_trimmed(v);
        for (size_t k = 0; k < i; k++)
            if (strcmp((*words)[k], (*words)[i]) == 0)
                return pc_document_fail(doc, v->line, "%s[%zu] repeats \"%s\"", path, i + 1,
                                        (*words)[i]);
    }
    return true;
}

bool pc_reasons_read(const struct pc_document *doc, const char *path,
                     const struct pc_value *list, const struct pc_limits *limits,
                     char ***words, size_t *n)
{
    if (!pc_reasons_read_words(doc, path, list, words, n))
        return false;
    const char *known[PC_LIMITS_MAX + 8 + PC_QUANTILES] = {"wrong", "crash", "leak",
                                                           "build"};
    size_t n_known = 4;
    if (limits->speedup.set)
        known[n_known++] = "speedup";
    if (limits->growth.set)
        known[n_known++] = "growth";
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (limits->tail.set && !isnan(limits->tail.bounds[i].max_ratio))
            known[n_known++] = pc_quantiles[i].name;
    if (limits->hotspot[0])
        known[n_known++] = "hotspot";
    if (limits->races)
        known[n_known++] = "race";
    for (size_t i = 0; i < limits->n; i++)
        known[n_known++] = limits->items[i].metric;
    for (size_t i = 0; i < *n; i++) {
        bool found = false;
        for (size_t k = 0; k < n_known; k++)
            found = found || strcmp((*words)[i], known[k]) == 0;
        if (found)
            continue;
        PC_AUTO(pc_auto_free) char *near = pc_text_nearest((*words)[i], known, n_known);
        return pc_document_fail(doc, list->items[i].value.line,
                                "%s[%zu]: \"%s\" is no limit of this exercise%s%s%s", path,
                                i + 1, (*words)[i], near ? "; did you mean " : "",
                                near ? near : "", near ? "?" : "");
    }
    return true;
}

static bool read_mutant(const struct pc_document *doc, const char *folder,
                        const struct pc_field *f, struct pc_limits *limits)
{
    if (!f->key)
        return pc_document_fail(doc, f->value.line,
                                "mutants: write NAME = {REASONS}, item %zu has no name",
                                f->index);
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("mutants.%s", f->key);
    struct pc_mutant *m = &limits->mutants[limits->n_mutants++];
    m->name = pc_strdup(f->key);
    PC_AUTO(pc_auto_free) char *file = pc_strfmt("%s/%s.c", folder, f->key);
    if (strchr(f->key, '/') || !pc_file_exists(file))
        return pc_document_fail(doc, f->value.line, "%s: there is no file mutants/%s.c",
                                path, f->key);
    const struct pc_rule reasons = {
        .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE, .least = 1};
    return pc_shape_check_list(doc, path, &f->value, &reasons) &&
           pc_reasons_read(doc, path, &f->value, limits, &m->fails, &m->n_fails);
}

static bool is_listed(const struct pc_limits *limits, const char *file)
{
    size_t n = strlen(file) - 2;
    for (size_t i = 0; i < limits->n_mutants; i++) {
        const char *name = limits->mutants[i].name;
        if (strlen(name) == n && memcmp(name, file, n) == 0)
            return true;
    }
    return false;
}

bool pc_reasons_read_mutants(const struct pc_document *doc, const char *folder,
                             const struct pc_value *root, struct pc_limits *limits)
{
    const struct pc_value *table = pc_value_find(root, "mutants");
    limits->mutants = pc_alloc_array(table ? table->n : 0, sizeof *limits->mutants);
    for (size_t i = 0; table && i < table->n; i++)
        if (!read_mutant(doc, folder, &table->items[i], limits))
            return false;
    if (!pc_file_exists(folder))
        return true;
    char **names = pc_dir_names(folder, doc->err);
    bool ok = names != NULL;
    for (size_t i = 0; ok && names[i]; i++) {
        size_t n = strlen(names[i]);
        bool source = n > 2 && strcmp(names[i] + n - 2, ".c") == 0;
        if (source && !is_listed(limits, names[i]))
            ok = pc_document_fail(doc, table ? table->line : root->line,
                                  "mutants does not say how mutants/%s fails", names[i]);
    }
    pc_names_free(names);
    return ok;
}
