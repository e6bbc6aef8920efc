#include "benchfmt/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "benchfmt/evaluate.h"

/* Of one file and key: no sample yet, this value (plus 1) in all of them, or several. */
enum { UNSEEN = UINT32_MAX, SEVERAL = UINT32_MAX - 1 };

struct keys {
    uint32_t values[PC_BENCHFMT_FILES][PC_SETTINGS_MAX];
};

static bool divides(const struct keys *keys, size_t key)
{
    return keys->values[0][key] == SEVERAL || keys->values[1][key] == SEVERAL;
}

static void read_keys(const struct pc_benchfmt *data, struct keys *keys)
{
    memset(keys, 0xff, sizeof *keys);
    for (size_t f = 0; f < data->n_files; f++)
        for (size_t i = 0; i < data->files[f].n; i++) {
            const struct pc_settings *s =
                pc_benchfmt_settings(data, data->files[f].items[i].settings);
            for (size_t k = 0; k < data->keys.n; k++) {
                uint32_t *value = &keys->values[f][k];
                if (*value == UNSEEN)
                    *value = s->values[k];
                else if (*value != s->values[k])
                    *value = SEVERAL;
            }
        }
}

static const char *value_text(const struct pc_benchfmt *data, uint32_t value)
{
    return value == 0 || value >= SEVERAL ? NULL : pc_atoms_text(&data->values, value - 1);
}

/* What may change the times although the code is the same. */
static bool matters(const char *key)
{
    static const char *const keys[] = {"goos", "goarch", "cpu", "compiler", "flags"};
    for (size_t i = 0; i < PC_COUNT(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

static void add_settings(const struct pc_benchfmt *data, const struct keys *keys,
                         struct pc_comparison *c)
{
    for (size_t k = 0; k < data->keys.n; k++) {
        struct pc_compare_setting s = {.key = pc_atoms_text(&data->keys, (uint32_t)k),
                                       .divides = divides(keys, k)};
        s.matters = matters(s.key);
        for (size_t f = 0; f < data->n_files; f++)
            s.values[f] = value_text(data, keys->values[f][k]);
        if (s.divides || s.values[0] || s.values[1])
            *PC_PUSH(&c->settings) = s;
    }
}

/* Rows and tables while they are collected, by their numbers. */
struct collection {
    const struct pc_benchfmt *data;
    struct keys keys;
    struct pc_atoms groups; /* settings, only those that divide */
    struct pc_atoms tables; /* group and unit */
    struct pc_atoms rows;   /* table and name; their places in it: */
    struct {
        uint32_t *items;
        size_t n, cap;
    } places;
    struct pc_comparison *result;
};

static void describe_group(const struct collection *c, const struct pc_settings *group,
                           struct pc_compare_table *table)
{
    for (size_t k = 0; k < c->data->keys.n; k++)
        if (divides(&c->keys, k)) {
            struct pc_compare_setting *s = PC_PUSH(&table->group);
            s->key = pc_atoms_text(&c->data->keys, (uint32_t)k);
            s->values[0] = value_text(c->data, group->values[k]);
        }
}

static struct pc_compare_table *find_table(struct collection *c,
                                           const struct pc_sample *sample, uint32_t *number)
{
    struct pc_settings group = {0};
    const struct pc_settings *all = pc_benchfmt_settings(c->data, sample->settings);
    for (size_t k = 0; k < c->data->keys.n; k++)
        if (divides(&c->keys, k))
            group.values[k] = all->values[k];
    uint32_t key[] = {pc_atoms_add(&c->groups, &group, sizeof group), sample->unit};
    *number = pc_atoms_add(&c->tables, key, sizeof key);
    if (*number == c->result->n) {
        struct pc_compare_table *table = PC_PUSH(c->result);
        table->unit = pc_atoms_text(&c->data->units, sample->unit);
        table->facts = c->data->unit_facts[sample->unit];
        describe_group(c, &group, table);
    }
    return &c->result->items[*number];
}

static struct pc_compare_row *find_row(struct collection *c, const struct pc_sample *sample)
{
    uint32_t number;
    struct pc_compare_table *table = find_table(c, sample, &number);
    uint32_t key[] = {number, sample->name};
    uint32_t row = pc_atoms_add(&c->rows, key, sizeof key);
    if (row == c->places.n) {
        *PC_PUSH(&c->places) = (uint32_t)table->n;
        struct pc_compare_row *r = PC_PUSH(table);
        r->name = pc_atoms_text(&c->data->names, sample->name);
        r->change = r->p = r->corrected_p = NAN;
    }
    return &table->items[c->places.items[row]];
}

static void collect(struct collection *c)
{
    for (size_t f = 0; f < c->data->n_files; f++)
        for (size_t i = 0; i < c->data->files[f].n; i++) {
            const struct pc_sample *sample = &c->data->files[f].items[i];
            find_row(c, sample)->samples[f] = sample;
        }
}

static void count(struct pc_comparison *c)
{
    for (size_t t = 0; t < c->n; t++)
        for (size_t i = 0; i < c->items[t].n; i++)
            switch (c->items[t].items[i].verdict) {
            case PC_COMPARE_UNPAIRED:
                c->n_unpaired[c->items[t].items[i].sides[0].n == 0]++;
                break;
            case PC_COMPARE_SAME:
                c->n_same++;
                break;
            case PC_COMPARE_BETTER:
                c->n_better++;
                break;
            case PC_COMPARE_WORSE:
                c->n_worse++;
                break;
            case PC_COMPARE_OTHER:
                c->n_other++;
                break;
            }
    c->n_pairs = c->n_same + c->n_better + c->n_worse + c->n_other;
}

void pc_compare(const struct pc_benchfmt *data, const struct pc_compare_spec *spec,
                struct pc_comparison *comparison)
{
    *comparison = (struct pc_comparison){.spec = *spec, .n_files = data->n_files};
    for (size_t f = 0; f < data->n_files; f++)
        comparison->files[f] = data->files[f].name;
    struct collection c = {.data = data, .result = comparison};
    read_keys(data, &c.keys);
    add_settings(data, &c.keys, comparison);
    collect(&c);
    pc_atoms_fini(&c.groups);
    pc_atoms_fini(&c.tables);
    pc_atoms_fini(&c.rows);
    free(c.places.items);
    pc_evaluate(comparison);
    count(comparison);
}

double pc_compare_loss(const struct pc_compare_table *table,
                       const struct pc_compare_row *row)
{
    if (row->verdict != PC_COMPARE_WORSE)
        return 0;
    if (isnan(row->change))
        return INFINITY;
    return table->facts.better == PC_BETTER_HIGHER ? -row->change : row->change;
}

void pc_comparison_fini(struct pc_comparison *comparison)
{
    for (size_t t = 0; t < comparison->n; t++) {
        free(comparison->items[t].group.items);
        free(comparison->items[t].items);
    }
    free(comparison->items);
    free(comparison->settings.items);
    *comparison = (struct pc_comparison){0};
}
