/*
 * Files in pprof's format as other programs write them: nothing is packed, ids may be anything,
 * there are fields that nobody knows.
 */
#ifndef PPROF_BED_H
#define PPROF_BED_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Two values, "samples" and "cpu" in nanoseconds; text 5 is "main", 6 is no single line. */
void pprof_begin(struct pc_str *out);

/* A message each; the lines of a location are 10, 20, ... */
void pprof_add_function(struct pc_str *out, uint64_t id, uint64_t name);
void pprof_add_location(struct pc_str *out, uint64_t id, const uint64_t *functions,
                        size_t n);
void pprof_add_sample(struct pc_str *out, const uint64_t *locations, size_t n,
                      const int64_t *values, size_t n_values);

#endif
