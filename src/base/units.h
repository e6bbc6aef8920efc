/*
 * Numbers as a person reads them.
 */
#ifndef PC_BASE_UNITS_H
#define PC_BASE_UNITS_H

#include <stddef.h>

enum { PC_UNITS_MAX = 32 };

/* Nanoseconds with three significant digits: "7.42 ns", "181 us", "2.50 s". */
const char *pc_format_ns(double ns, char buf[PC_UNITS_MAX]);

/* Bytes: "64 B", "4.00 KiB", "1.20 GiB". */
const char *pc_format_bytes(double bytes, char buf[PC_UNITS_MAX]);

/* A count: whole numbers in full ("2001"), others with up to three decimals ("0.5"). */
const char *pc_format_count(double value, char buf[PC_UNITS_MAX]);

/* "131 072": whole numbers in groups of three, others with four significant digits. */
const char *pc_format_grouped(double value, char buf[PC_UNITS_MAX]);

/* How many times as fast, with three significant digits: "2.21x", "14.9x", "120x". */
const char *pc_format_ratio(double ratio, char buf[PC_UNITS_MAX]);

/* The power of a size that a time grows with: "n^1.02". */
const char *pc_format_exponent(double k, char buf[PC_UNITS_MAX]);

/* A value with its unit as Go's benchmark format names it ("ns/op", "B/op", "peak-B",
 * "allocs/op", "conns/op"), or of code ("sizeof.node"), or of a limit ("speedup",
 * "growth"): picks the right one of the above. */
const char *pc_format_metric(double value, const char *metric, char buf[PC_UNITS_MAX]);

#endif
