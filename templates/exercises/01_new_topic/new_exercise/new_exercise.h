/*
 * The largest of many numbers.
 */
#ifndef NEW_EXERCISE_H
#define NEW_EXERCISE_H

#include <stddef.h>
#include <stdint.h>

/* Give the largest of the `n` numbers at `items`, INT32_MIN when there is none.  They are
 * neither changed nor kept. */
int32_t new_exercise(const int32_t *items, size_t n);

#endif
