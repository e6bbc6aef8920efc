#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/compare.h"
#include "report/parts.h"

static json_t *side_of(const struct pc_compare_side *side)
{
    if (side->n == 0)
        return json_null();
    return json_pack("{s:I,s:o,s:o,s:o,s:o,s:o}", "runs", (json_int_t)side->n, "value",
                     pc_json_number(side->center), "low", pc_json_number(side->low), "high",
                     pc_json_number(side->high), "least", pc_json_number(side->least),
                     "most", pc_json_number(side->most));
}

static json_t *notes_of(const struct pc_comparison *c, const struct pc_compare_table *t,
                        unsigned notes)
{
    json_t *items = json_array();
    for (unsigned note = 1; note < PC_NOTES_END; note <<= 1)
        if (notes & note) {
            struct pc_str text = {0};
            pc_compare_note(c, t, note, &text);
            json_array_append_new(items, pc_json_text(text.s));
            pc_str_fini(&text);
        }
    return items;
}

/* "/n=100-4" says n = 100 and gomaxprocs = 4, as Go's tools read it. */
static json_t *keys_of(const char *name)
{
    json_t *keys = json_object();
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(name);
    char *dash = strrchr(copy, '-');
    if (dash && dash[1] && !dash[1 + strspn(dash + 1, "0123456789")]) {
        json_object_set_new(keys, "gomaxprocs", pc_json_text(dash + 1));
        *dash = '\0';
    }
    char *rest = NULL;
    strtok_r(copy, "/", &rest);
    for (char *part; (part = strtok_r(NULL, "/", &rest));) {
        char *equals = strchr(part, '=');
        if (!equals || equals == part)
            continue;
        *equals = '\0';
        PC_AUTO(pc_auto_free) char *key = NULL;
        json_t *text = pc_json_text(part);
        key = pc_strdup(json_string_value(text));
        json_decref(text);
        json_object_set_new(keys, key, pc_json_text(equals + 1));
    }
    return keys;
}

static json_t *row_of(const struct pc_comparison *c, const struct pc_compare_table *t,
                      const struct pc_compare_row *row)
{
    json_t *object = json_pack("{s:o,s:o,s:o}", "benchmark", pc_json_text(row->name),
                               "keys", keys_of(row->name),
                               c->n_files > 1 ? "old" : "sample", side_of(&row->sides[0]));
    if (c->n_files > 1) {
        json_object_set_new(object, "new", side_of(&row->sides[1]));
        json_object_set_new(object, "change", pc_json_number(row->change));
        json_object_set_new(object, "p", pc_json_number(row->p));
        json_object_set_new(object, "p-corrected", pc_json_number(row->corrected_p));
        json_object_set_new(object, "verdict",
                            json_string(pc_compare_verdict_name(row->verdict)));
    }
    json_object_set_new(object, "notes", notes_of(c, t, row->notes));
    return object;
}

static json_t *settings_of(const struct pc_compare_settings *settings, bool divided)
{
    json_t *items = json_array();
    for (size_t i = 0; i < settings->n; i++) {
        const struct pc_compare_setting *s = &settings->items[i];
        json_t *object = json_pack("{s:o}", "key", pc_json_text(s->key));
        json_object_set_new(object, divided ? "value" : "old", pc_json_text(s->values[0]));
        if (!divided) {
            json_object_set_new(object, "new", pc_json_text(s->values[1]));
            json_object_set_new(object, "divides", json_boolean(s->divides));
        }
        json_array_append_new(items, object);
    }
    return items;
}

static json_t *table_of(const struct pc_comparison *c, const struct pc_compare_table *t)
{
    static const char *const better[] = {
        [PC_BETTER_LOWER] = "lower", [PC_BETTER_HIGHER] = "higher"};
    json_t *rows = json_array();
    for (size_t i = 0; i < t->n; i++)
        json_array_append_new(rows, row_of(c, t, &t->items[i]));
    bool two = c->n_files > 1;
    json_t *means = json_pack("{s:o,s:o,s:o,s:o}", "old", pc_json_number(t->geomeans[0]),
                              "new", pc_json_number(two ? t->geomeans[1] : NAN), "change",
                              pc_json_number(two ? t->geomean_ratio - 1 : NAN), "notes",
                              notes_of(c, t, t->notes));
    return json_pack("{s:o,s:o,s:b,s:o,s:I,s:o,s:o}", "group", settings_of(&t->group, true),
                     "unit", pc_json_text(t->unit), "exact", t->facts.exact, "better",
                     pc_json_text(better[t->facts.better]), "tests", (json_int_t)t->n_tests,
                     "benchmarks", rows, "geomean", means);
}

char *pc_compare_json(const struct pc_comparison *c)
{
    json_t *files = json_array(), *tables = json_array();
    for (size_t f = 0; f < c->n_files; f++)
        json_array_append_new(files, pc_json_text(c->files[f]));
    for (size_t t = 0; t < c->n; t++)
        json_array_append_new(tables, table_of(c, &c->items[t]));
    return pc_json_dump(json_pack(
        "{s:s,s:o,s:f,s:f,s:s,s:o,s:o,s:{s:I,s:I,s:I,s:I,s:I,s:I}}", "perfcourse",
        PACKAGE_VERSION, "files", files, "alpha", c->spec.alpha, "level", c->spec.level,
        "correction", c->spec.uncorrected ? "none" : "holm", "settings",
        settings_of(&c->settings, false), "tables", tables, "found", "better",
        (json_int_t)c->n_better, "worse", (json_int_t)c->n_worse, "other",
        (json_int_t)c->n_other, "same", (json_int_t)c->n_same, "only-old",
        (json_int_t)c->n_unpaired[0], "only-new", (json_int_t)c->n_unpaired[1]));
}
