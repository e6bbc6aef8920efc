/*
 * How differently two people rank the same songs.
 */
#ifndef TASTE_DISTANCE_H
#define TASTE_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Count the pairs of songs that two friends order differently.
 *
 * The `n` songs stand in the order in which the first friend likes them, and rank[i] says how
 * the second friend likes song i: the smaller the number, the better.  A pair of songs i < j is
 * ordered differently when rank[i] > rank[j].  Equal ranks are no difference.  Ranks are any
 * numbers that an int can have.
 *
 * {1, 2, 3} has no such pair, {3, 1, 2} has two, {3, 2, 1} has three.
 *
 * The array is not changed and not kept.  n may be 0, and may be so large that the answer needs
 * 64 bits.
 *
 * An implementation that needs memory and cannot have it gives UINT64_MAX, with errno ENOMEM,
 * and leaves nothing allocated.
 */
uint64_t taste_distance(const int *rank, size_t n);

#endif
