/*
 * Which tests and benchmarks a pattern selects.
 *
 * As in Go, a pattern is split at slashes outside of brackets, and each part must match the
 * name at its own level: "join/n=100" is size 100 of everything whose name contains join.
 */
#ifndef PERFBENCH_MATCH_H
#define PERFBENCH_MATCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum { BENCH_LEVELS_MAX = 8 };

struct bench_match {
    unsigned n;
    regex_t levels[BENCH_LEVELS_MAX];
};

/* Compile `pattern`, NULL matches everything.  False with the reason in `why`; nothing is
 * to be freed then. */
bool bench_match_init(struct bench_match *m, const char *pattern, char *why, size_t size);
void bench_match_fini(struct bench_match *m);

/* Whether `name` matches at `level`, from 0.  Below its last level a pattern takes all. */
bool bench_match_level(const struct bench_match *m, unsigned level, const char *name);

#endif
