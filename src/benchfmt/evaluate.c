#include "benchfmt/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stats/geomean.h"
#include "stats/holm.h"
#include "stats/mann_whitney.h"
#include "stats/order.h"

/* Beyond this many runs nobody is told to do more of them. */
enum { RUNS_MAX = 50 };

/* The runs that an interval of this level takes, 0 for more than RUNS_MAX. */
static size_t runs_for_interval(double level)
{
    double values[RUNS_MAX] = {0};
    for (size_t n = 2; n <= RUNS_MAX; n++) {
        struct pc_interval in = pc_median_interval_narrow(values, n, level);
        if (isfinite(in.low) && isfinite(in.high))
            return n;
    }
    return 0;
}

/* The runs of each side with which the least of `tests` p-values can be small enough. */
static size_t runs_for_test(double alpha, size_t tests)
{
    for (size_t n = 1; n <= RUNS_MAX; n++)
        if (pc_mann_whitney_least(n, n) * (double)tests <= alpha)
            return n;
    return 0;
}

/* The most frequent one of sorted values, the least of several. */
static double mode(const double *values, size_t n)
{
    double best = values[0];
    size_t most = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && values[end] == values[i];)
            end++;
        if (end - i > most) {
            most = end - i;
            best = values[i];
        }
    }
    return best;
}

/* A sorted copy of the values that a file gave for a row. */
struct sorted {
    double *items;
    size_t n;
};

static struct sorted sort(const struct pc_sample *sample)
{
    struct sorted s = {.n = sample ? sample->n : 0};
    if (s.n > 0) {
        s.items = pc_alloc_array(s.n, sizeof *s.items);
        memcpy(s.items, sample->items, s.n * sizeof *s.items);
        pc_sort(s.items, s.n);
    }
    return s;
}

static void summarize(struct pc_compare_row *row, size_t f, const struct sorted *s,
                      bool exact, double level)
{
    struct pc_compare_side *side = &row->sides[f];
    if (row->samples[f] && row->samples[f]->n_nan > 0)
        row->notes |= PC_NOTE_NAN;
    side->n = s->n;
    if (s->n == 0)
        return;
    side->least = s->items[0];
    side->most = s->items[s->n - 1];
    if (exact) {
        side->center = mode(s->items, s->n);
        side->low = side->least;
        side->high = side->most;
        if (side->least != side->most)
            row->notes |= PC_NOTE_NOT_EXACT;
        return;
    }
    struct pc_interval in = pc_median_interval_narrow(s->items, s->n, level);
    side->center = pc_quantile_sorted(s->items, s->n, 0.5);
    side->low = in.low;
    side->high = in.high;
    bool known = in.low >= side->least && in.high <= side->most;
    if (!known)
        row->notes |= PC_NOTE_FEW_FOR_INTERVAL;
}

static double change(double before, double after)
{
    if (before == after)
        return 0;
    double c = (after - before) / fabs(before);
    return isfinite(c) ? c : NAN;
}

static void evaluate_row(struct pc_compare_row *row, bool exact, double level)
{
    struct sorted sorted[PC_BENCHFMT_FILES];
    for (size_t f = 0; f < PC_BENCHFMT_FILES; f++) {
        sorted[f] = sort(row->samples[f]);
        summarize(row, f, &sorted[f], exact, level);
    }
    const struct sorted *before = &sorted[0], *after = &sorted[1];
    if (before->n > 0 && after->n > 0) {
        row->verdict = PC_COMPARE_SAME;
        row->change = change(row->sides[0].center, row->sides[1].center);
        if (!exact) {
            struct pc_mann_whitney test =
                pc_mann_whitney(before->items, before->n, after->items, after->n);
            row->p = row->corrected_p = test.p;
            if (test.all_equal)
                row->notes |= PC_NOTE_ALL_EQUAL;
        }
    }
    free(sorted[0].items);
    free(sorted[1].items);
}

/* Whether it belongs to the tests that are corrected together.  What cannot differ because
 * all of its values are equal takes no part: that is known without looking at which file
 * they come from. */
static bool is_test(const struct pc_compare_row *row)
{
    return !isnan(row->p) && !(row->notes & PC_NOTE_ALL_EQUAL);
}

static void correct(struct pc_compare_row **rows, size_t n)
{
    if (n == 0)
        return;
    double *p = pc_alloc_array(n, sizeof *p);
    for (size_t i = 0; i < n; i++)
        p[i] = rows[i]->p;
    pc_holm(p, n);
    for (size_t i = 0; i < n; i++)
        rows[i]->corrected_p = p[i];
    free(p);
}

static int by_unit(const void *a, const void *b)
{
    const struct pc_compare_table *x = *(struct pc_compare_table *const *)a;
    const struct pc_compare_table *y = *(struct pc_compare_table *const *)b;
    return strcmp(x->unit, y->unit);
}

struct tests {
    struct pc_compare_row **items;
    size_t n, cap;
};

/* The tests of `n` tables, which have the same unit. */
static void correct_unit(struct pc_comparison *c, struct pc_compare_table **tables,
                         size_t n)
{
    struct tests tests = {0};
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < tables[t]->n; i++)
            if (is_test(&tables[t]->items[i])) {
                pc_reserve(&tests.items, &tests.cap, tests.n + 1, sizeof *tests.items);
                tests.items[tests.n++] = &tables[t]->items[i];
            }
    if (!c->spec.uncorrected)
        correct(tests.items, tests.n);
    for (size_t t = 0; t < n; t++) {
        tables[t]->n_tests = tests.n;
        tables[t]->runs_needed =
            runs_for_test(c->spec.alpha, c->spec.uncorrected ? 1 : tests.n);
    }
    free(tests.items);
}

static void correct_all(struct pc_comparison *c)
{
    if (c->n == 0)
        return;
    struct pc_compare_table **tables = pc_alloc_array(c->n, sizeof *tables);
    for (size_t t = 0; t < c->n; t++)
        tables[t] = &c->items[t];
    qsort(tables, c->n, sizeof *tables, by_unit);
    for (size_t t = 0, end; t < c->n; t = end) {
        for (end = t + 1; end < c->n && strcmp(tables[t]->unit, tables[end]->unit) == 0;)
            end++;
        correct_unit(c, tables + t, end - t);
    }
    free(tables);
}

static bool is_alone(const struct pc_compare_table *table, size_t n_files)
{
    return n_files > 1 && table->facts.files != 3;
}

static void judge(const struct pc_compare_table *table, struct pc_compare_row *row,
                  double alpha, size_t n_files)
{
    if (row->verdict == PC_COMPARE_UNPAIRED) {
        row->notes |= is_alone(table, n_files) ? PC_NOTE_UNIT_ALONE : 0;
        return;
    }
    bool shown = table->facts.exact || row->corrected_p <= alpha;
    double before = row->sides[0].center, after = row->sides[1].center;
    if (shown && before != after) {
        bool lower = after < before;
        row->verdict = table->facts.better == PC_BETTER_UNKNOWN ? PC_COMPARE_OTHER
                       : lower == (table->facts.better == PC_BETTER_LOWER)
                           ? PC_COMPARE_BETTER
                           : PC_COMPARE_WORSE;
    }
    size_t needed = table->runs_needed;
    bool few = needed == 0 || (row->sides[0].n < needed && row->sides[1].n < needed);
    if (is_test(row) && !shown && few)
        row->notes |= PC_NOTE_FEW_FOR_TEST;
}

/* The means are of whole columns, the ratio is of what is in both, as benchstat has it. */
static void add_geomeans(struct pc_compare_table *table, size_t n_files)
{
    double *values = pc_alloc_array(table->n, sizeof *values);
    size_t n_columns[PC_BENCHFMT_FILES] = {0}, n = 0;
    for (size_t f = 0; f < PC_BENCHFMT_FILES; f++) {
        for (size_t i = 0; i < table->n; i++)
            if (table->items[i].sides[f].n > 0)
                values[n_columns[f]++] = table->items[i].sides[f].center;
        table->geomeans[f] = pc_geomean(values, n_columns[f]);
        if (n_columns[f] > 0 && isnan(table->geomeans[f]))
            table->notes |= PC_NOTE_NO_GEOMEAN;
    }
    for (size_t i = 0; i < table->n; i++) {
        const struct pc_compare_side *sides = table->items[i].sides;
        if (sides[0].n > 0 && sides[1].n > 0)
            values[n++] =
                sides[0].center == sides[1].center ? 1 : sides[1].center / sides[0].center;
    }
    table->n_pairs = n;
    table->geomean_ratio = pc_geomean(values, n);
    if (n_files > 1 && (n != n_columns[0] || n != n_columns[1]) &&
        !is_alone(table, n_files))
        table->notes |= PC_NOTE_SETS_DIFFER;
    free(values);
}

void pc_evaluate(struct pc_comparison *c)
{
    c->runs_for_interval = runs_for_interval(c->spec.level);
    for (size_t t = 0; t < c->n; t++)
        for (size_t i = 0; i < c->items[t].n; i++)
            evaluate_row(&c->items[t].items[i], c->items[t].facts.exact, c->spec.level);
    correct_all(c);
    for (size_t t = 0; t < c->n; t++) {
        for (size_t i = 0; i < c->items[t].n; i++)
            judge(&c->items[t], &c->items[t].items[i], c->spec.alpha, c->n_files);
        add_geomeans(&c->items[t], c->n_files);
    }
}
