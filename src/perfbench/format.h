/*
 * Go's benchmark format, as described in proposal 14313 and read by benchstat.
 */
#ifndef PERFBENCH_FORMAT_H
#define PERFBENCH_FORMAT_H

#include <stddef.h>
#include <stdio.h>

/* "BenchmarkJoin/n=100-2" of "join/n=100" with 2 processors; one is not mentioned. */
void bench_format_name(char *out, size_t size, const char *name, unsigned cpu);

/* "     123.4 ns/op": four significant digits, decimal points below each other. */
void bench_format_value(FILE *out, double value, const char *unit);

/* The same for counts: whole numbers are whole, fractions are kept: "0.5 allocs/op". */
void bench_format_count(FILE *out, double value, const char *unit);

/* The lines about the machine and the compiler that come before the results; `flags` is
 * NULL when nobody told them. */
void bench_format_header(FILE *out, const char *program, const char *compiler,
                         const char *flags);

#endif
