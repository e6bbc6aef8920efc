#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/compare.h"

enum { NAME_MAX_SHOWN = 400 };

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), k = strlen(tail);
    return n >= k && strcmp(s + n - k, tail) == 0;
}

/* The names of the steps by which a unit is scaled. */
struct steps {
    double step, from; /* numbers below `from` stay as they are */
    const char *names[5];
};

static const struct steps *steps_of(const char *unit)
{
    static const struct steps time = {1000, 1000, {" ns", " us", " ms", " s"}};
    static const struct steps bytes = {1024, 1024, {" B", " KiB", " MiB", " GiB", " TiB"}};
    static const struct steps other = {1000, 100000, {"", "k", "M", "G", "T"}};
    if (strncmp(unit, "ns/", 3) == 0 || ends_with(unit, "-ns") || ends_with(unit, "-ns/op"))
        return &time;
    if (strncmp(unit, "B/", 2) == 0 || ends_with(unit, "-B") || ends_with(unit, "-B/op"))
        return &bytes;
    return &other;
}

const char *pc_compare_value(double value, double like, const char *unit,
                             char cell[PC_CELL_MAX])
{
    const struct steps *s = steps_of(unit);
    size_t i = 0;
    if (fabs(like) >= s->from)
        for (; i < 4 && s->names[i + 1] && fabs(like) >= s->step * 0.99995;
             like /= s->step) {
            value /= s->step;
            i++;
        }
    double a = fabs(value);
    int decimals = a >= 999.95 ? 0 : a >= 99.995 ? 1 : a >= 9.9995 ? 2 : 3;
    /* Rounded by the arithmetic of a mean, a whole number is one still. */
    if (i == 0 && fabs(value - round(value)) <= 1e-12 * a)
        decimals = 0;
    if (a < 1e12 && (a >= 0.001 || a == 0))
        snprintf(cell, PC_CELL_MAX, "%.*f%s", decimals, value, s->names[i]);
    else
        snprintf(cell, PC_CELL_MAX, "%.4g%s", value, s->names[i]);
    return cell;
}

double pc_compare_scale(const struct pc_compare_row *row)
{
    double least = 0;
    for (size_t f = 0; f < PC_BENCHFMT_FILES; f++) {
        double v = fabs(row->sides[f].center);
        if (row->sides[f].n > 0 && v > 0 && (least == 0 || v < least))
            least = v;
    }
    return least;
}

static int sign(double v)
{
    return (v > 0) - (v < 0);
}

const char *pc_compare_spread(const struct pc_compare_side *side, char cell[PC_CELL_MAX])
{
    double c = side->center;
    if (!isfinite(side->low) || !isfinite(side->high) || sign(side->low) != sign(c) ||
        sign(side->high) != sign(c))
        return "?";
    double spread = c == 0 ? 0 : fmax(side->high / c - 1, 1 - side->low / c);
    if (c < 0)
        spread = fmax(side->low / c - 1, 1 - side->high / c);
    snprintf(cell, PC_CELL_MAX, "%.0f%%", 100 * spread);
    return cell;
}

const char *pc_compare_change(const struct pc_compare_row *row, char cell[PC_CELL_MAX])
{
    bool equal = row->sides[0].center == row->sides[1].center;
    if (row->verdict == PC_COMPARE_UNPAIRED)
        return "";
    if (row->verdict == PC_COMPARE_SAME && !(equal && isnan(row->p)))
        return "~";
    if (isnan(row->change))
        return "?";
    snprintf(cell, PC_CELL_MAX, equal ? "%.2f%%" : "%+.2f%%", 100 * row->change);
    return cell;
}

const char *pc_compare_p(const struct pc_compare_row *row, char cell[PC_CELL_MAX])
{
    if (row->verdict == PC_COMPARE_UNPAIRED)
        return "";
    if (isnan(row->corrected_p))
        return "exact";
    if (row->corrected_p < 0.001)
        return "<0.001";
    snprintf(cell, PC_CELL_MAX, "%.3f", row->corrected_p);
    return cell;
}

const char *pc_compare_runs(const struct pc_compare_row *row, char cell[PC_CELL_MAX])
{
    size_t before = row->sides[0].n, after = row->sides[1].n;
    if (before == after || before == 0 || after == 0)
        snprintf(cell, PC_CELL_MAX, "%zu", before ? before : after);
    else
        snprintf(cell, PC_CELL_MAX, "%zu+%zu", before, after);
    return cell;
}

static void add_runs_needed(struct pc_str *out, size_t runs)
{
    if (runs > 0)
        pc_str_addf(out, "at least %zu runs are", runs);
    else
        pc_str_adds(out, "more than 50 runs are");
}

void pc_compare_note(const struct pc_comparison *c, const struct pc_compare_table *table,
                     unsigned note, struct pc_str *out)
{
    switch ((enum pc_compare_note)note) {
    case PC_NOTE_FEW_FOR_INTERVAL:
        add_runs_needed(out, c->runs_for_interval);
        pc_str_addf(out, " needed for an interval at level %g", c->spec.level);
        break;
    case PC_NOTE_FEW_FOR_TEST:
        add_runs_needed(out, table->runs_needed);
        pc_str_addf(out, " needed to show a difference at alpha %g", c->spec.alpha);
        if (table->n_tests > 1 && !c->spec.uncorrected)
            pc_str_addf(out, " among %zu benchmarks", table->n_tests);
        break;
    case PC_NOTE_ALL_EQUAL:
        pc_str_adds(out, "all runs of both files gave the same value");
        break;
    case PC_NOTE_NOT_EXACT:
        pc_compare_add_name(out, table->unit);
        pc_str_adds(out, " should be exact, but the runs differ");
        break;
    case PC_NOTE_NAN:
        pc_str_adds(out, "values that are no numbers (NaN) are left out");
        break;
    case PC_NOTE_NO_GEOMEAN:
        pc_str_adds(out, "a geometric mean needs values above 0");
        break;
    case PC_NOTE_SETS_DIFFER:
        pc_str_adds(out, "the files have different benchmarks; the change is of those in "
                         "both");
        break;
    case PC_NOTE_UNIT_ALONE:
        pc_str_addf(out, "only the %s file has values in ",
                    table->facts.files == 1 ? "old" : "new");
        pc_compare_add_name(out, table->unit);
        break;
    case PC_NOTES_END:
        break;
    }
}

void pc_compare_add_name(struct pc_str *out, const char *text)
{
    PC_AUTO(pc_auto_free) char *shown =
        pc_text_harmless(text, strlen(text), NAME_MAX_SHOWN);
    for (char *p = shown; *p; p++)
        *p = *p == '\t' ? ' ' : *p;
    pc_str_adds(out, shown);
}

static bool equal(const struct pc_compare_setting *s)
{
    return s->values[0] && s->values[1] && strcmp(s->values[0], s->values[1]) == 0;
}

static void add_value(struct pc_str *out, const char *value)
{
    pc_compare_add_name(out, value ? value : "(not told)");
}

static void add_differences(const struct pc_comparison *c, struct pc_str *out)
{
    struct pc_str causes = {0};
    for (size_t i = 0; i < c->settings.n; i++) {
        const struct pc_compare_setting *s = &c->settings.items[i];
        if (s->divides || equal(s))
            continue;
        pc_compare_add_name(out, s->key);
        pc_str_adds(out, ": old ");
        add_value(out, s->values[0]);
        pc_str_adds(out, ", new ");
        add_value(out, s->values[1]);
        pc_str_adds(out, "\n");
        if (s->matters)
            pc_str_addf(&causes, "%s%s", causes.len ? ", " : "", s->key);
    }
    if (causes.len > 0)
        pc_str_addf(out,
                    "warning: old and new differ in %s; what changed may not be the code\n",
                    causes.s);
    pc_str_fini(&causes);
}

void pc_compare_heading(const struct pc_comparison *c, struct pc_str *out)
{
    static const char *const roles[] = {"old", "new"};
    for (size_t f = 0; f < c->n_files && f < PC_COUNT(roles); f++) {
        pc_str_addf(out, "%s: ", c->n_files > 1 ? roles[f] : "file");
        pc_compare_add_name(out, c->files[f]);
        pc_str_adds(out, "\n");
    }
    for (size_t i = 0; i < c->settings.n; i++) {
        const struct pc_compare_setting *s = &c->settings.items[i];
        if (s->divides || (c->n_files > 1 && !equal(s)))
            continue;
        pc_compare_add_name(out, s->key);
        pc_str_adds(out, ": ");
        add_value(out, s->values[0]);
        pc_str_adds(out, "\n");
    }
    if (c->n_files > 1)
        add_differences(c, out);
}

void pc_compare_ending(const struct pc_comparison *c, struct pc_str *out)
{
    static const char *const roles[] = {"old", "new"};
    if (c->n_files < 2)
        return;
    if (c->n_pairs == 0)
        pc_str_adds(out, "no benchmark is in both files");
    else
        pc_str_addf(out, "%zu better, %zu worse", c->n_better, c->n_worse);
    if (c->n_other > 0)
        pc_str_addf(out, ", %zu changed", c->n_other);
    if (c->n_pairs > 0)
        pc_str_addf(out, ", %zu not shown to differ (alpha %g%s)", c->n_same, c->spec.alpha,
                    c->spec.uncorrected ? "" : ", Holm");
    for (size_t f = 0; f < PC_BENCHFMT_FILES; f++)
        if (c->n_unpaired[f] > 0)
            pc_str_addf(out, "; %zu only in %s", c->n_unpaired[f], roles[f]);
    pc_str_adds(out, "\n");
}

const char *pc_compare_verdict_name(enum pc_compare_verdict verdict)
{
    static const char *const names[] = {
        [PC_COMPARE_UNPAIRED] = "unpaired", [PC_COMPARE_SAME] = "same",
        [PC_COMPARE_BETTER] = "better",     [PC_COMPARE_WORSE] = "worse",
        [PC_COMPARE_OTHER] = "other",
    };
    return names[verdict];
}
