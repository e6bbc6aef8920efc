/*
 * A lock profile as JSON.
 */
#ifndef PC_REPORT_LOCK_JSON_H
#define PC_REPORT_LOCK_JSON_H

#include <jansson.h>

#include "model/profiled.h"

/* Add to `root` what was waited for, by the lines that waited and those that were waited for; the
 * numbers are sums over all operations. */
void pc_lock_json_add(json_t *root, const struct pc_profiled *found);

#endif
