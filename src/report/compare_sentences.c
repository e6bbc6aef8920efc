#include <math.h>
#include <string.h>

#include "report/compare.h"

static const char *word_of(const struct pc_compare_row *row)
{
    switch (row->verdict) {
    case PC_COMPARE_BETTER:
        return "better";
    case PC_COMPARE_WORSE:
        return "worse";
    case PC_COMPARE_OTHER:
        return "changed";
    case PC_COMPARE_SAME:
        return isnan(row->p) ? "unchanged" : "no difference shown";
    case PC_COMPARE_UNPAIRED:
        break;
    }
    return "";
}

static void add_side(const struct pc_compare_table *t, const struct pc_compare_row *row,
                     size_t f, struct pc_str *out)
{
    char cell[PC_CELL_MAX];
    const struct pc_compare_side *side = &row->sides[f];
    if (side->n == 0) {
        pc_str_adds(out, "none");
        return;
    }
    pc_str_adds(out, pc_compare_value(side->center, pc_compare_scale(row), t->unit, cell));
    const char *spread = pc_compare_spread(side, cell);
    if (strcmp(spread, "?") != 0)
        pc_str_addf(out, " plus or minus %s", spread);
}

static void add_notes(const struct pc_comparison *c, const struct pc_compare_table *t,
                      unsigned notes, struct pc_str *out)
{
    for (unsigned note = 1; note < PC_NOTES_END; note <<= 1)
        if (notes & note) {
            pc_str_adds(out, "; ");
            pc_compare_note(c, t, note, out);
        }
    pc_str_adds(out, ".\n");
}

static void add_row(const struct pc_comparison *c, const struct pc_compare_table *t,
                    const struct pc_compare_row *row, struct pc_str *out)
{
    char cell[PC_CELL_MAX];
    pc_compare_add_name(out, row->name);
    pc_str_adds(out, ", ");
    pc_compare_add_name(out, t->unit);
    pc_str_adds(out, ": ");
    if (c->n_files > 1)
        pc_str_adds(out, "old ");
    add_side(t, row, 0, out);
    if (c->n_files > 1) {
        pc_str_adds(out, ", new ");
        add_side(t, row, 1, out);
    }
    if (row->verdict != PC_COMPARE_UNPAIRED) {
        const char *change = pc_compare_change(row, cell);
        pc_str_addf(out, ", %s", word_of(row));
        if (strcmp(change, "~") != 0)
            pc_str_addf(out, " by %s", change);
        if (!isnan(row->corrected_p))
            pc_str_addf(out, ", p %s", pc_compare_p(row, cell));
    }
    pc_str_addf(out, ", runs %s", pc_compare_runs(row, cell));
    add_notes(c, t, row->notes, out);
}

static void add_geomeans(const struct pc_comparison *c, const struct pc_compare_table *t,
                         struct pc_str *out)
{
    if (t->n < 2 || c->n_files < 2)
        return;
    pc_str_adds(out, "geometric mean of ");
    pc_compare_add_name(out, t->unit);
    pc_str_adds(out, ", untested: ");
    if (isnan(t->geomean_ratio))
        pc_str_adds(out, "none");
    else
        pc_str_addf(out, "%+.2f%%", 100 * (t->geomean_ratio - 1));
    add_notes(c, t, t->notes, out);
}

void pc_compare_sentences(const struct pc_comparison *c, struct pc_str *out)
{
    pc_compare_heading(c, out);
    for (size_t i = 0; i < c->n; i++) {
        const struct pc_compare_table *t = &c->items[i];
        for (size_t k = 0; k < t->group.n; k++) {
            const struct pc_compare_setting *s = &t->group.items[k];
            pc_compare_add_name(out, s->key);
            pc_str_adds(out, ": ");
            pc_compare_add_name(out, s->values[0] ? s->values[0] : "(not told)");
            pc_str_adds(out, "\n");
        }
        for (size_t k = 0; k < t->n; k++)
            add_row(c, t, &t->items[k], out);
        add_geomeans(c, t, out);
    }
    pc_compare_ending(c, out);
}
