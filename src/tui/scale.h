/*
 * An axis of a plot: from values to positions, and where its marks are.
 */
#ifndef PC_TUI_SCALE_H
#define PC_TUI_SCALE_H

#include <stdbool.h>
#include <stddef.h>

struct pc_scale {
    bool linear;      /* else logarithmic */
    double low, high; /* of the values as they are placed: their logarithms */
};

enum { PC_SCALE_MARKS = 32, PC_SCALE_TEXT = 24 };

/* A scale that no value is on yet. */
struct pc_scale pc_scale_begin(bool linear);

/* Widen it for `value`; false when it has no place (not above 0 on a logarithmic one). */
bool pc_scale_add(struct pc_scale *scale, double value);

/* Where `value` is, from 0 to 1. */
double pc_scale_place(const struct pc_scale *scale, double value);

/* Round values inside the scale, ascending: powers of ten when there are two of them, else
 * also 2 and 5 times those, at most about `wanted` of them on a linear scale. */
size_t pc_scale_marks(const struct pc_scale *scale, int wanted,
                      double marks[PC_SCALE_MARKS]);

/* "10 µs", "483 ms" for nanoseconds; "1k", "2.5M" for plain numbers. */
const char *pc_scale_text(double value, bool is_time, char text[PC_SCALE_TEXT]);

#endif
