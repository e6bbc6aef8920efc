#include "stats/mann_whitney.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { GROUPS_MAX = 2 * PC_MANN_WHITNEY_EXACT };

/* What the order of the values says: U twice, so that it is whole where it can be, and the
 * sizes of the groups of equal values, from the least value on. */
struct ranking {
    double twice_u;
    double tie_term; /* the sum of t^3 - t over the groups */
    bool tied;
    size_t sizes[GROUPS_MAX]; /* only when the deals will be counted */
    size_t n_groups;
};

static bool is_exact(size_t n_x, size_t n_y)
{
    return n_x <= PC_MANN_WHITNEY_EXACT && n_y <= PC_MANN_WHITNEY_EXACT;
}

static struct ranking rank(const double *x, size_t n_x, const double *y, size_t n_y)
{
    struct ranking r = {0};
    size_t i = 0, j = 0;
    while (i < n_x || j < n_y) {
        double value = j == n_y || (i < n_x && x[i] < y[j]) ? x[i] : y[j];
        size_t of_x = 0, of_y = 0;
        for (; i < n_x && x[i] == value; i++)
            of_x++;
        for (; j < n_y && y[j] == value; j++)
            of_y++;
        size_t below = j - of_y;
        r.twice_u += (double)of_x * (2.0 * (double)below + (double)of_y);
        double size = (double)(of_x + of_y);
        r.tie_term += size * size * size - size;
        r.tied |= size > 1;
        if (is_exact(n_x, n_y))
            r.sizes[r.n_groups] = of_x + of_y;
        r.n_groups++;
    }
    return r;
}

/* How many deals give x `k` of the values seen so far and U the value `v`, in rows of k.
 * U is counted twice when there are ties, for then it may have halves. */
struct deals {
    size_t n_x, n_y, seen;
    size_t width; /* of a row */
    size_t twice; /* 2 when v is 2U, else 1 */
    double *ways;
};

/* Row `to` after one more group, of `size` equal values: x gets `more` of them, which
 * `choices` deals do, and each lies above the values of y so far and ties with the rest. */
static void add_row(struct deals *d, size_t to, size_t more, size_t size, double choices)
{
    size_t from = to - more, y_below = d->seen - from;
    size_t shift = d->twice == 2 ? more * (2 * y_below + size - more) : more * y_below;
    const double *source = d->ways + from * d->width;
    double *target = d->ways + to * d->width + shift;
    size_t last = d->twice * from * y_below;
    for (size_t v = 0; v <= last; v++)
        target[v] += choices * source[v];
}

/* Rows are taken from the last to the first, so that those they come from are still those
 * of before the group.  Rows in which y would have got more than it has are left out. */
static void add_group(struct deals *d, size_t size)
{
    size_t seen = d->seen + size;
    size_t least = seen > d->n_y ? seen - d->n_y : 0;
    size_t most = seen < d->n_x ? seen : d->n_x;
    size_t least_from = d->seen > d->n_y ? d->seen - d->n_y : 0;
    for (size_t to = most + 1; to-- > least;) {
        double choices = 1;
        for (size_t more = 1; more <= size && more + least_from <= to; more++) {
            choices = choices * (double)(size - more + 1) / (double)more;
            if (to - more <= d->seen)
                add_row(d, to, more, size, choices);
        }
    }
    d->seen = seen;
}

/* The share of all deals whose U is as far from its middle as the one that was found. */
static double exact_p(const struct ranking *r, size_t n_x, size_t n_y)
{
    struct deals d = {.n_x = n_x, .n_y = n_y, .twice = r->tied ? 2 : 1};
    d.width = d.twice * n_x * n_y + 1;
    d.ways = pc_alloc_array((n_x + 1) * d.width, sizeof *d.ways);
    d.ways[0] = 1;
    for (size_t g = 0; g < r->n_groups; g++)
        add_group(&d, r->sizes[g]);
    const double *row = d.ways + n_x * d.width;
    double middle = (double)(n_x * n_y), far = 0, all = 0;
    double distance = fabs(r->twice_u - middle);
    for (size_t v = 0; v < d.width; v++) {
        double twice_u = (double)(d.twice == 2 ? v : 2 * v);
        all += row[v];
        if (fabs(twice_u - middle) >= distance)
            far += row[v];
    }
    free(d.ways);
    return far / all;
}

static double normal_p(const struct ranking *r, double n_x, double n_y)
{
    double n = n_x + n_y;
    double variance = n_x * n_y / 12 * (n + 1 - r->tie_term / (n * (n - 1)));
    double distance = fabs(r->twice_u - n_x * n_y) / 2 - 0.5;
    return distance <= 0 ? 1 : erfc(distance / sqrt(2 * variance));
}

struct pc_mann_whitney pc_mann_whitney(const double *x, size_t n_x, const double *y,
                                       size_t n_y)
{
    if (n_x == 0 || n_y == 0)
        return (struct pc_mann_whitney){.u = NAN, .p = NAN};
    struct ranking r = rank(x, n_x, y, n_y);
    struct pc_mann_whitney test = {.u = r.twice_u / 2,
                                   .p = 1,
                                   .exact = is_exact(n_x, n_y),
                                   .all_equal = r.n_groups == 1};
    if (!test.all_equal)
        test.p =
            test.exact ? exact_p(&r, n_x, n_y) : normal_p(&r, (double)n_x, (double)n_y);
    return test;
}

double pc_mann_whitney_least(size_t n_x, size_t n_y)
{
    size_t fewer = n_x < n_y ? n_x : n_y;
    double deals = 1;
    if (fewer == 0)
        return NAN;
    for (size_t k = 1; k <= fewer && deals < 1e300; k++)
        deals *= (double)(n_x + n_y - fewer + k) / (double)k;
    return 2 / deals;
}
