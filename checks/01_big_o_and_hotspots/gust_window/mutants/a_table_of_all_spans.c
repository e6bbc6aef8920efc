/* The maxima of all spans of 1, 2, 4, ... readings, kept in a block for each of twenty lengths. */
#include "gust_window.h"

#include <stdlib.h>
#include <string.h>

enum { SPANS = 20 };

static bool fill(int *table, const int *v, size_t n, size_t w, int *out)
{
    if (!table)
        return false;
    size_t level = 0, span = 1;
    memcpy(table, v, n * sizeof *table);
    for (; level + 1 < SPANS && 2 * span <= w; level++, span *= 2) {
        const int *from = table + level * n;
        int *to = table + (level + 1) * n;
        for (size_t i = 0; i + 2 * span <= n; i++)
            to[i] = from[i] > from[i + span] ? from[i] : from[i + span];
    }
    const int *spans = table + level * n;
    for (size_t i = 0; i + w <= n; i++) {
        int strongest = spans[i];
        for (size_t k = i; k + span < i + w; k += span) {
            size_t next = k + span <= i + w - span ? k + span : i + w - span;
            strongest = spans[next] > strongest ? spans[next] : strongest;
        }
        out[i] = strongest;
    }
    return true;
}

bool window_max(const int *v, size_t n, size_t w, int *out)
{
    if (w == 0 || w > n)
        return true;
    int *table = malloc(SPANS * n * sizeof *table);
    bool done = fill(table, v, n, w, out);
    free(table);
    return done;
}
