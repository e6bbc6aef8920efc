/*
 * What the server of profiles can tell at once.
 */
#ifndef PC_PERFPROF_PAGES_H
#define PC_PERFPROF_PAGES_H

#include "base/str.h"

/* Which profiles there are. */
void pc_pages_index(struct pc_str *out);

/* A line for each thread of the process: its number, state, processor time and name. */
void pc_pages_threads(struct pc_str *out);

/* Why there is nothing at `path`; static text. */
const char *pc_pages_missing(const char *path);

#endif
