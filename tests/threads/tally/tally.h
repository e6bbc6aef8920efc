#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

/* A sum that many threads add to. */
struct tally;

struct tally *tally_create(void);
void tally_free(struct tally *t);

/* Add `value`.  Any number of threads may do so at once; they are numbered from 0. */
void tally_add(struct tally *t, size_t thread, uint64_t value);

/* The sum.  Nobody adds meanwhile. */
uint64_t tally_total(const struct tally *t);

#endif
