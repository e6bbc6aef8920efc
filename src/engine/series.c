#include "engine/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { POINTS_MAX = 512 };

struct pc_one_series {
    char *name;
    double x[POINTS_MAX], y[POINTS_MAX];
    size_t n;
};

static struct pc_one_series *find(const struct pc_all_series *all, const char *name,
                                  size_t *index)
{
    for (*index = 0; *index < all->n; (*index)++)
        if (strcmp(all->items[*index]->name, name) == 0)
            return all->items[*index];
    return NULL;
}

bool pc_series_add(struct pc_all_series *all, const char *name, double x, double y,
                   size_t *index, const char **why)
{
    struct pc_one_series *s = find(all, name, index);
    if (!s && all->n == PC_SERIES_MAX) {
        *why = "there are too many series";
        return false;
    }
    if (!s) {
        s = pc_alloc(sizeof *s);
        s->name = pc_strdup(name);
        all->items[all->n++] = s;
    }
    if (s->n == POINTS_MAX) {
        *why = "it has too many points";
        return false;
    }
    s->x[s->n] = x;
    s->y[s->n++] = y;
    return true;
}

bool pc_series_slope(const struct pc_all_series *all, const char *name, size_t last,
                     struct pc_slope *slope, size_t *n, size_t *index, const char **why)
{
    const struct pc_one_series *s = find(all, name, index);
    if (!s) {
        *why = "there are no points";
        return false;
    }
    size_t skip = last && last < s->n ? s->n - last : 0;
    *n = s->n - skip;
    *why = "a slope needs positive points at two different x";
    return pc_slope_fit(s->x + skip, s->y + skip, *n, slope);
}

void pc_series_fini(struct pc_all_series *all)
{
    for (size_t i = 0; i < all->n; i++) {
        free(all->items[i]->name);
        free(all->items[i]);
    }
    all->n = 0;
}
