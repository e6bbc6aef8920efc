/*
 * The loop of a parallel benchmark: hand out iterations to threads.
 */
#ifndef PARALLEL_LOOP_H
#define PARALLEL_LOOP_H

#include <stdbool.h>
#include <stdint.h>

/* What all threads share; yours to define. */
struct pb;

/* What a thread has of its own, and nobody else looks at; all zero before its first call. */
struct pb_own {
    uint64_t next, end; /* for whatever you like */
};

/* `n` iterations, numbered from 0, for `threads` threads (1 to 64).  NULL when there is no
 * memory. */
struct pb *pb_create(uint64_t n, unsigned threads);

/* The threads are done. */
void pb_free(struct pb *pb);

/*
 * Take the next iteration: true, with its number in `*i`; false when there are no more for
 * this thread, then and whenever it asks again.
 *
 * Any number of threads call this at once, each with its own `own`.  Together they get each
 * number once, and none is left over, in whatever order they ask and however often.
 *
 * A thread may be slow, or stop for a while.  What it has taken and not begun is missing to
 * the others meanwhile: that is at most a sixteenth of the n iterations.
 */
bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i);

#endif
