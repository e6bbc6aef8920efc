/*
 * The points of an experiment by the names of their series, for slopes.
 */
#ifndef PC_ENGINE_SERIES_H
#define PC_ENGINE_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/slope.h"

enum { PC_SERIES_MAX = 32 };

/* Begins zeroed. */
struct pc_all_series {
    struct pc_one_series *items[PC_SERIES_MAX]; /* in the order they appeared */
    size_t n;
};

/* Each gives the number of the series from 0, or why there is none in `*why`; false then. */
bool pc_series_add(struct pc_all_series *all, const char *name, double x, double y,
                   size_t *index, const char **why);

/* The slope of the `last` points, 0 for all; `*n` is how many it is taken from. */
bool pc_series_slope(const struct pc_all_series *all, const char *name, size_t last,
                     struct pc_slope *slope, size_t *n, size_t *index, const char **why);

void pc_series_fini(struct pc_all_series *all);

#endif
