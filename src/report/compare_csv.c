#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/compare.h"

/* A field, in quotes where it holds what would end it. */
static void add_text(struct pc_str *out, const char *given)
{
    size_t n = strlen(given);
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(given, n, n + 1);
    const char *text = harmless;
    if (!strpbrk(text, ",\"\r\n")) {
        pc_str_adds(out, text);
        return;
    }
    pc_str_adds(out, "\"");
    for (; *text; text++)
        pc_str_addf(out, *text == '"' ? "\"\"" : "%c", *text);
    pc_str_adds(out, "\"");
}

/* What is not known is empty. */
static void add_number(struct pc_str *out, double v)
{
    pc_str_adds(out, ",");
    if (isfinite(v))
        pc_str_addf(out, "%.10g", v);
}

static void add_side(struct pc_str *out, const struct pc_compare_side *side)
{
    pc_str_addf(out, ",%zu", side->n);
    add_number(out, side->n ? side->center : NAN);
    add_number(out, side->n ? side->low : NAN);
    add_number(out, side->n ? side->high : NAN);
}

static void add_group(struct pc_str *out, const struct pc_compare_table *t)
{
    struct pc_str text = {0};
    for (size_t i = 0; i < t->group.n; i++) {
        const struct pc_compare_setting *s = &t->group.items[i];
        pc_str_addf(&text, "%s%s: %s", i ? "; " : "", s->key,
                    s->values[0] ? s->values[0] : "");
    }
    add_text(out, pc_str_get(&text));
    pc_str_fini(&text);
}

static void add_notes(struct pc_str *out, const struct pc_comparison *c,
                      const struct pc_compare_table *t, unsigned notes)
{
    struct pc_str text = {0};
    for (unsigned note = 1; note < PC_NOTES_END; note <<= 1)
        if (notes & note) {
            pc_str_adds(&text, text.len ? "; " : "");
            pc_compare_note(c, t, note, &text);
        }
    pc_str_adds(out, ",");
    add_text(out, pc_str_get(&text));
    pc_str_fini(&text);
}

static void add_row(struct pc_str *out, const struct pc_comparison *c,
                    const struct pc_compare_table *t, const struct pc_compare_row *row)
{
    add_group(out, t);
    pc_str_adds(out, ",");
    add_text(out, t->unit);
    pc_str_adds(out, ",");
    add_text(out, row->name);
    for (size_t f = 0; f < c->n_files; f++)
        add_side(out, &row->sides[f]);
    if (c->n_files > 1) {
        add_number(out, 100 * row->change);
        add_number(out, row->p);
        add_number(out, row->corrected_p);
        pc_str_addf(out, ",%s", pc_compare_verdict_name(row->verdict));
    }
    add_notes(out, c, t, row->notes);
    pc_str_adds(out, "\r\n");
}

void pc_compare_csv(const struct pc_comparison *c, struct pc_str *out)
{
    pc_str_adds(out, "group,unit,benchmark");
    pc_str_adds(out, c->n_files > 1 ? ",old_runs,old,old_low,old_high,new_runs,new,new_low,"
                                      "new_high,change_percent,p,p_corrected,verdict"
                                    : ",runs,value,low,high");
    pc_str_adds(out, ",notes\r\n");
    for (size_t t = 0; t < c->n; t++)
        for (size_t i = 0; i < c->items[t].n; i++)
            add_row(out, c, &c->items[t], &c->items[t].items[i]);
}
