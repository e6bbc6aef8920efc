/*
 * The tables, and the steps that lead to them from every earlier version.
 */
#ifndef PC_STORE_SCHEMA_H
#define PC_STORE_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/err.h"

/* The version that this program writes. */
int pc_schema_newest(void);

/* The version of a file; 0 when it holds nothing yet. */
bool pc_schema_version(sqlite3 *db, int64_t *version, struct pc_err *err);

/* Go through the missing steps in one transaction; other instances wait. */
bool pc_schema_migrate(sqlite3 *db, struct pc_err *err);

#endif
