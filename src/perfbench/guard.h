/*
 * Memory that faults when it is read one byte too far.
 *
 * A block is a mapping of its own, so it neither shows up in counts of allocations nor
 * shares a page with anything else.
 */
#ifndef PERFBENCH_GUARD_H
#define PERFBENCH_GUARD_H

#include <stdbool.h>
#include <stddef.h>

struct bench_guard;

/* `n` zeroed bytes that end at a page without access, put in front of `*list`.  NULL when
 * there is no memory left. */
void *bench_guard_create(struct bench_guard **list, size_t n);

/* Make the block that starts at `p` read-only; false when it is none of the list. */
bool bench_guard_seal(struct bench_guard *list, const void *p);
bool bench_guard_unseal(struct bench_guard *list, const void *p); /* and writable again */

void bench_guard_free_all(struct bench_guard **list);

#endif
