#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/compare.h"

enum column { OLD, OLD_SPREAD, NEW, NEW_SPREAD, CHANGE, P, RUNS, NOTES, COLUMNS };

/* A line of a table before its columns have a width: what does not occur is "". */
struct line {
    char *name;
    char cells[COLUMNS][PC_CELL_MAX];
};

struct grid {
    struct line *items;
    size_t n, cap;
    unsigned notes; /* that occur */
};

static struct line *add_line(struct grid *g, const char *name)
{
    struct line *line = PC_PUSH(g);
    struct pc_str text = {0};
    pc_compare_add_name(&text, name);
    line->name = pc_str_take(&text);
    return line;
}

static void put(struct line *line, enum column column, const char *text)
{
    snprintf(line->cells[column], PC_CELL_MAX, "%s", text);
}

/* The letter of a note is its place among those of the table. */
static void put_notes(struct line *line, unsigned notes, unsigned all)
{
    char *end = line->cells[NOTES], letter = 'a';
    for (unsigned note = 1; note < PC_NOTES_END; note <<= 1) {
        if (notes & note)
            *end++ = letter;
        letter = (char)(letter + !!(all & note));
    }
    *end = '\0';
}

static bool same_runs(const struct pc_compare_table *t, size_t *runs)
{
    *runs = 0;
    for (size_t i = 0; i < t->n; i++)
        for (size_t f = 0; f < PC_BENCHFMT_FILES; f++) {
            size_t n = t->items[i].sides[f].n;
            if (n > 0 && *runs > 0 && n != *runs)
                return false;
            *runs = n > 0 ? n : *runs;
        }
    return true;
}

static void add_headings(struct grid *g, const struct pc_comparison *c,
                         const struct pc_compare_table *t, bool show_runs, size_t runs)
{
    PC_AUTO(pc_auto_free) char *title =
        show_runs ? pc_strdup(t->unit)
                  : pc_strfmt("%s, %zu run%s", t->unit, runs, runs == 1 ? "" : "s");
    struct line *line = add_line(g, title);
    bool two = c->n_files > 1;
    const char *center = t->facts.exact ? "value" : "median";
    put(line, OLD, two ? "old" : center);
    put(line, OLD_SPREAD, "+/-");
    if (two) {
        put(line, NEW, "new");
        put(line, NEW_SPREAD, "+/-");
        put(line, CHANGE, "change");
        put(line, P, c->spec.uncorrected || t->n_tests < 2 ? "p" : "p corr");
    }
    if (show_runs)
        put(line, RUNS, "runs");
}

static void add_row(struct grid *g, const struct pc_comparison *c,
                    const struct pc_compare_table *t, const struct pc_compare_row *row,
                    bool show_runs)
{
    char cell[PC_CELL_MAX];
    struct line *line = add_line(g, row->name);
    double like = pc_compare_scale(row);
    for (size_t f = 0; f < c->n_files; f++)
        if (row->sides[f].n > 0) {
            put(line, f ? NEW : OLD,
                pc_compare_value(row->sides[f].center, like, t->unit, cell));
            put(line, f ? NEW_SPREAD : OLD_SPREAD, pc_compare_spread(&row->sides[f], cell));
        }
    put(line, CHANGE, pc_compare_change(row, cell));
    put(line, P, pc_compare_p(row, cell));
    if (show_runs)
        put(line, RUNS, pc_compare_runs(row, cell));
    put_notes(line, row->notes, g->notes);
}

static void add_geomeans(struct grid *g, const struct pc_comparison *c,
                         const struct pc_compare_table *t)
{
    struct line *line = add_line(g, "geomean");
    double like = fmin(t->geomeans[0], c->n_files > 1 ? t->geomeans[1] : INFINITY);
    for (size_t f = 0; f < c->n_files; f++)
        if (!isnan(t->geomeans[f]))
            pc_compare_value(t->geomeans[f], isnan(like) ? t->geomeans[f] : like, t->unit,
                             line->cells[f ? NEW : OLD]);
    if (c->n_files > 1 && !isnan(t->geomean_ratio))
        snprintf(line->cells[CHANGE], PC_CELL_MAX, "%+.2f%%", 100 * (t->geomean_ratio - 1));
    if (c->n_files > 1)
        put(line, P, "untested");
    put_notes(line, t->notes, g->notes);
}

static size_t width_of(const char *text)
{
    return pc_text_width(text, strlen(text));
}

static void pad(struct pc_str *out, size_t n)
{
    pc_str_addf(out, "%*s", (int)n, "");
}

static size_t gap_before(size_t column)
{
    return column == OLD_SPREAD || column == NEW_SPREAD ? 1 : 2;
}

/* Names on the left, everything else below its heading on the right.  Where the longest
 * names leave too little room they have lines of their own. */
static void draw(const struct grid *g, size_t width, struct pc_str *out)
{
    size_t widths[COLUMNS] = {0}, names = 0, rest = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t c = 0; c < COLUMNS; c++) {
            size_t w = strlen(g->items[i].cells[c]);
            widths[c] = w > widths[c] ? w : widths[c];
        }
    for (size_t c = 0; c < COLUMNS; c++)
        rest += widths[c] ? widths[c] + gap_before(c) : 0;
    size_t room = width > rest ? width - rest : 0;
    for (size_t i = 0; i < g->n; i++) {
        size_t w = width_of(g->items[i].name);
        names = w > names && w <= room ? w : names;
    }
    for (size_t i = 0; i < g->n; i++) {
        const struct line *line = &g->items[i];
        size_t w = width_of(line->name);
        pc_str_adds(out, line->name);
        if (w > names) {
            pc_str_adds(out, "\n");
            w = 0;
        }
        pad(out, names - w);
        for (size_t c = 0; c < COLUMNS; c++) {
            size_t cell = strlen(line->cells[c]);
            if (widths[c] == 0)
                continue;
            pad(out, gap_before(c) + (c == NOTES ? 0 : widths[c] - cell));
            pc_str_adds(out, line->cells[c]);
        }
        while (out->len > 0 && out->s[out->len - 1] == ' ')
            out->s[--out->len] = '\0';
        pc_str_adds(out, "\n");
    }
}

static void add_notes(const struct pc_comparison *c, const struct pc_compare_table *t,
                      unsigned notes, struct pc_str *out)
{
    char letter = 'a';
    for (unsigned note = 1; note < PC_NOTES_END; note <<= 1)
        if (notes & note) {
            pc_str_addf(out, "%c: ", letter++);
            pc_compare_note(c, t, note, out);
            pc_str_adds(out, "\n");
        }
}

static void add_group(const struct pc_compare_table *t, struct pc_str *out)
{
    for (size_t i = 0; i < t->group.n; i++) {
        const struct pc_compare_setting *s = &t->group.items[i];
        pc_compare_add_name(out, s->key);
        pc_str_adds(out, ": ");
        pc_compare_add_name(out, s->values[0] ? s->values[0] : "(not told)");
        pc_str_adds(out, "\n");
    }
}

static void add_table(const struct pc_comparison *c, const struct pc_compare_table *t,
                      size_t width, struct pc_str *out)
{
    struct grid g = {0};
    size_t runs;
    bool show_runs = !same_runs(t, &runs), has_means = t->n > 1;
    for (size_t i = 0; i < t->n; i++)
        g.notes |= t->items[i].notes;
    g.notes |= has_means ? t->notes : 0;
    add_headings(&g, c, t, show_runs, runs);
    for (size_t i = 0; i < t->n; i++)
        add_row(&g, c, t, &t->items[i], show_runs);
    if (has_means)
        add_geomeans(&g, c, t);
    add_group(t, out);
    draw(&g, width, out);
    add_notes(c, t, g.notes, out);
    for (size_t i = 0; i < g.n; i++)
        free(g.items[i].name);
    free(g.items);
}

void pc_compare_text(const struct pc_comparison *c, size_t width, struct pc_str *out)
{
    pc_compare_heading(c, out);
    for (size_t t = 0; t < c->n; t++) {
        pc_str_adds(out, "\n");
        add_table(c, &c->items[t], width, out);
    }
    if (c->n_files > 1)
        pc_str_adds(out, "\n");
    pc_compare_ending(c, out);
}
