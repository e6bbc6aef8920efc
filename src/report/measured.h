/*
 * What was measured without being judged, as text.
 */
#ifndef PC_REPORT_MEASURED_H
#define PC_REPORT_MEASURED_H

#include <stddef.h>

#include "base/str.h"
#include "model/verdict.h"

/* A table of sizes and times, and the exponent. */
void pc_measured_growth(const struct pc_growth *growth, size_t width, struct pc_str *out);

/* Every metric that was counted at size `at` (0: there are no sizes), and where leaks come
 * from. */
void pc_measured_metrics(const struct pc_counts *counts, size_t at, size_t width,
                         struct pc_str *out);

#endif
