/*
 * What the preload object perfbench-count.so offers to a program that it was loaded into.
 */
#ifndef PERFBENCH_COUNTER_H
#define PERFBENCH_COUNTER_H

#include <stdint.h>

/* Of the whole process, all threads, since it started. */
struct perfbench_counts {
    uint64_t allocs; /* successful calls that gave a block, a realloc that grows is one */
    uint64_t bytes;  /* asked for by those calls */
    uint64_t frees;
};

void perfbench_count_read(struct perfbench_counts *counts);

/* Its name for dlsym(). */
#define PERFBENCH_COUNT_SYMBOL "perfbench_count_read"

#endif
