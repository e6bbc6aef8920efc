/*
 * What the preload object perfbench-count.so offers to a program that it was loaded into.
 *
 * The rule, here and in perfcourse-count: each successful call of the malloc family is one
 * allocation of the size asked for, also one of libc's own.  A successful realloc of a
 * block to a size other than 0 is one allocation of the new size and one free, whether the
 * block grows or shrinks, moves or stays, as in valgrind's memcheck.
 */
#ifndef PERFBENCH_COUNTER_H
#define PERFBENCH_COUNTER_H

#include <stdint.h>

/* Of the whole process, all threads, since it started. */
struct perfbench_counts {
    uint64_t allocs; /* successful calls that gave a block */
    uint64_t bytes;  /* asked for by those calls */
    uint64_t frees;
};

void perfbench_count_read(struct perfbench_counts *counts);

/* Its name for dlsym(). */
#define PERFBENCH_COUNT_SYMBOL "perfbench_count_read"

#endif
