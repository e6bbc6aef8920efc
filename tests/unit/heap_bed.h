/*
 * For tests of allocations that a program counts of itself: functions of which it is known what they
 * allocate, and what is found of that in the file.
 */
#ifndef HEAP_BED_H
#define HEAP_BED_H

#include <stdint.h>

#include "model/profile.h"

enum { HEAP_OBJECTS, HEAP_BYTES, HEAP_LIVE_OBJECTS, HEAP_LIVE_BYTES };

/* What an optimizer knows nothing of is not left out. */
void *heap_seen(void *p);

/* A block that stays until heap_drop() frees all. */
void heap_keep(void *p);
void heap_drop(void);

/* Take a profile to bed_file(), and read it. */
void heap_begin(void);
void heap_end(struct pc_profile *profile);

/* The sum of a value over the stacks that go through a function. */
int64_t heap_sum(const struct pc_profile *profile, int value, const char *function);

/* 1000 blocks of 100 bytes, none of which stays; 10 of 64, of which 3 stay; 8 by doubling, 4080
 * bytes in all, of which 2048 stay. */
void heap_come_and_go(void);
void heap_leak(void);
void heap_grow(void);

/* In a build with a sanitizer: whether that is told, as the status of a test that is skipped. */
int heap_refusal(void);

#endif
