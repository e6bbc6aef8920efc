/*
 * For tests: two functions that nobody can tell apart by their time, and one that is quick.
 */
#ifndef TWINS_H
#define TWINS_H

#include <stddef.h>
#include <stdint.h>

/* A number that depends on all `n` items, twice. */
uint64_t twins(const uint64_t *items, size_t n);

/* The function that takes most. */
extern const char twins_hotspot[];

#endif
