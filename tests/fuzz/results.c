/*
 * Files of benchmark results (benchfmt/): any bytes are results or are refused with a line
 * number, what was read is the same when it is written and read again, and a file has no
 * differences from itself.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "benchfmt/benchfmt.h"
#include "benchfmt/compare.h"
#include "fuzz.h"

static bool read_file(struct pc_benchfmt *data, const char *name, const char *text,
                      size_t n)
{
    struct pc_err err = {0};
    PC_AUTO(pc_auto_free) char *copy = pc_alloc(n + 1);
    memcpy(copy, text, n);
    bool ok = pc_benchfmt_read(data, name, copy, n, NULL, &err);
    if (!ok)
        fuzz_must_explain(&err, PC_USAGE);
    return ok;
}

static void write_units(const struct pc_benchfmt *data, struct pc_str *out)
{
    static const char *const better[] = {
        [PC_BETTER_LOWER] = "lower", [PC_BETTER_HIGHER] = "higher"};
    for (uint32_t i = 0; i < data->units.n; i++) {
        const struct pc_benchfmt_unit *facts = &data->unit_facts[i];
        const char *unit = pc_atoms_text(&data->units, i);
        pc_str_addf(out, "Unit %s", unit);
        if (facts->tells_assumption)
            pc_str_addf(out, " assume=%s", facts->exact ? "exact" : "nothing");
        if (facts->tells_better)
            pc_str_addf(out, " better=%s", better[facts->better]);
        pc_str_adds(out, "\n");
    }
}

static void write_settings(const struct pc_benchfmt *data, uint32_t number,
                           struct pc_str *out)
{
    const struct pc_settings *settings = pc_benchfmt_settings(data, number);
    for (uint32_t k = 0; k < data->keys.n; k++) {
        uint32_t v = settings->values[k];
        pc_str_addf(out, "%s: %s\n", pc_atoms_text(&data->keys, k),
                    v ? pc_atoms_text(&data->values, v - 1) : "");
    }
}

static void write_sample(const struct pc_benchfmt *data, const struct pc_sample *sample,
                         struct pc_str *out)
{
    const char *name = pc_atoms_text(&data->names, sample->name);
    const char *unit = pc_atoms_text(&data->units, sample->unit);
    /* The word alone is a name, too. */
    const char *word = strcmp(name, "Benchmark") == 0 ? "" : "Benchmark";
    write_settings(data, sample->settings, out);
    for (size_t i = 0; i < sample->n; i++)
        pc_str_addf(out, "%s%s 1 %.17g %s\n", word, name, sample->items[i], unit);
    for (size_t i = 0; i < sample->n_nan; i++)
        pc_str_addf(out, "%s%s 1 NaN %s\n", word, name, unit);
}

static void must_be_same(const struct pc_benchfmt *a, const struct pc_benchfmt *b)
{
    const struct pc_benchfmt_file *fa = &a->files[0], *fb = &b->files[0];
    fuzz_must(fa->n == fb->n, "there are as many samples: %zu, %zu", fa->n, fb->n);
    for (size_t i = 0; i < fa->n; i++) {
        const struct pc_sample *x = &fa->items[i], *y = &fb->items[i];
        const char *name = pc_atoms_text(&a->names, x->name);
        fuzz_must(strcmp(name, pc_atoms_text(&b->names, y->name)) == 0, "%s stays", name);
        const char *unit = pc_atoms_text(&a->units, x->unit);
        fuzz_must(strcmp(unit, pc_atoms_text(&b->units, y->unit)) == 0, "%s stays", unit);
        const struct pc_benchfmt_unit *u = &a->unit_facts[x->unit],
                                      *v = &b->unit_facts[y->unit];
        fuzz_must(u->exact == v->exact && u->better == v->better, "facts of %s stay", unit);
        fuzz_must(x->n == y->n && x->n_nan == y->n_nan, "%s has as many values", name);
        for (size_t k = 0; k < x->n; k++)
            fuzz_must(x->items[k] == y->items[k], "%s: values stay", name);
    }
}

static void check_written(const struct pc_benchfmt *data)
{
    struct pc_str text = {0};
    struct pc_benchfmt again = {0};
    write_units(data, &text);
    for (size_t i = 0; i < data->files[0].n; i++)
        write_sample(data, &data->files[0].items[i], &text);
    fuzz_must(read_file(&again, "again", text.s, text.len), "what was written can be read");
    must_be_same(data, &again);
    pc_benchfmt_fini(&again);
    pc_str_fini(&text);
}

static void check_row(const struct pc_compare_row *row)
{
    fuzz_must(row->verdict == PC_COMPARE_SAME ||
                  (row->verdict == PC_COMPARE_UNPAIRED && row->sides[0].n == 0),
              "%s does not differ from itself", row->name);
    fuzz_must(row->sides[0].n == row->sides[1].n, "%s: sides are equal", row->name);
    fuzz_must(isnan(row->change) || row->change == 0, "%s: nothing changed", row->name);
    fuzz_must(isnan(row->p) || (row->p >= 0 && row->p <= 1), "%s: p is one", row->name);
    fuzz_must(isnan(row->corrected_p) || row->corrected_p <= 1, "%s: p is one", row->name);
    for (size_t f = 0; f < PC_BENCHFMT_FILES; f++) {
        const struct pc_compare_side *side = &row->sides[f];
        fuzz_must(side->n == 0 ||
                      (side->least <= side->center && side->center <= side->most),
                  "%s: the centre is within", row->name);
        fuzz_must(side->n == 0 || isnan(side->low) ||
                      (side->low <= side->center && side->center <= side->high),
                  "%s: the interval holds the centre", row->name);
    }
}

static void check_itself(const char *text, size_t n)
{
    struct pc_benchfmt data = {0};
    struct pc_comparison c;
    const struct pc_compare_spec spec = {.alpha = 0.05, .level = 0.95};
    fuzz_must(read_file(&data, "old", text, n) && read_file(&data, "new", text, n),
              "a file can be read twice");
    pc_compare(&data, &spec, &c);
    fuzz_must(c.n_better + c.n_worse + c.n_other == 0, "a file is as good as itself");
    for (size_t t = 0; t < c.n; t++)
        for (size_t i = 0; i < c.items[t].n; i++)
            check_row(&c.items[t].items[i]);
    for (size_t i = 0; i < c.settings.n; i++) {
        const struct pc_compare_setting *s = &c.settings.items[i];
        fuzz_must(s->divides || (s->values[0] && s->values[1] &&
                                 strcmp(s->values[0], s->values[1]) == 0),
                  "%s is the same in both", s->key);
    }
    pc_comparison_fini(&c);
    pc_benchfmt_fini(&data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct pc_benchfmt results = {0};
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    bool ok = read_file(&results, "file", text, n);
    if (ok)
        check_written(&results);
    pc_benchfmt_fini(&results);
    if (ok)
        check_itself(text, n);
    return 0;
}
