/*
 * Statements of SQLite in one call each: values are bound by a word of letters,
 *
 *   t  const char *, NULL becomes SQL's NULL     i  int64_t
 *   d  double, NAN becomes NULL                   b  const void *, size_t
 *
 * and every failure names what SQLite said.  Constant SQL only; values are always bound.
 */
#ifndef PC_STORE_SQL_H
#define PC_STORE_SQL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/err.h"

/* Give `err` the latest error of the connection; always false. */
bool pc_sql_fail(sqlite3 *db, struct pc_err *err);

/* Run statements without values, separated by semicolons. */
bool pc_sql_run(sqlite3 *db, const char *sql, struct pc_err *err);

/* Run one statement with values; rows that it gives are dropped. */
bool pc_sql_do(sqlite3 *db, struct pc_err *err, const char *sql, const char *types, ...);
bool pc_sql_vdo(sqlite3 *db, struct pc_err *err, const char *sql, const char *types,
                va_list ap);

/* Begin a query; NULL on failure.  The caller ends it with pc_sql_end. */
sqlite3_stmt *pc_sql_ask(sqlite3 *db, struct pc_err *err, const char *sql,
                         const char *types, ...);

/* The next row: 1, 0 at the end, -1 on failure. */
int pc_sql_next(sqlite3_stmt *query, struct pc_err *err);

/* For PC_AUTO: sqlite3_finalize at the end of the scope. */
void pc_sql_end(sqlite3_stmt **query);

/* The single number that a query gives, or `otherwise` when it gives no row. */
bool pc_sql_number(sqlite3 *db, struct pc_err *err, int64_t *number, int64_t otherwise,
                   const char *sql, const char *types, ...);

/* Columns of the current row.  A NULL is "" or NAN. */
const char *pc_sql_text(sqlite3_stmt *query, int column);
double pc_sql_double(sqlite3_stmt *query, int column);
void pc_sql_copy(sqlite3_stmt *query, int column, char *to, size_t size);

#endif
