/*
 * The counting pass of --benchmem, seen from outside.
 *
 * Counting taxes every malloc, so it never happens where times are taken: another process
 * of the same program runs the entry with the counter preloaded (tally.h).
 */
#ifndef PERFBENCH_PASS_H
#define PERFBENCH_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "perfbench/run.h"

struct bench_pass;

/* Count the program's running entry with this seed.  NULL when that was not possible; the
 * reason is on stderr, once for each program. */
struct bench_pass *bench_pass_create(struct bench_program *program, uint64_t seed);
void bench_pass_free(struct bench_pass *pass);

/* What one operation of the benchmark with this name allocates; false when the pass did
 * not meet it. */
bool bench_pass_find(const struct bench_pass *pass, const char *name, double *allocs,
                     double *bytes);

/* The host function behind bench_allocs_per_run(), on both sides. */
double bench_pass_allocs_per_run(struct bench *b, void (*fn)(void *arg), void *arg);

#endif
