/*
 * Inside the store: how its calls reach the file.
 */
#ifndef PC_STORE_INTERNAL_H
#define PC_STORE_INTERNAL_H

#include "store/sql.h"
#include "store/store.h"

struct pc_store {
    char *dir, *file;
    sqlite3 *db; /* NULL as long as there is no file */
    bool writable;
};

/* The connection for reading; NULL when nothing was kept yet. */
sqlite3 *pc_store_reader(struct pc_store *store);

/* Begin a change, which makes the file when it is missing and the day's backup when it is
 * due; NULL on failure.  Every begin that gave a connection is followed by an end, which
 * keeps the change if `ok` and undoes it otherwise. */
sqlite3 *pc_store_begin(struct pc_store *store, struct pc_err *err);
bool pc_store_end(struct pc_store *store, bool ok, struct pc_err *err);

/* A change of one statement; types as in sql.h. */
bool pc_store_change(struct pc_store *store, struct pc_err *err, const char *sql,
                     const char *types, ...);

/* Parts of attempts.c that import shares: within a change. */
struct pc_pass {
    char exercise[PC_NAME_MAX];
    int64_t first, best;
    char first_content[PC_CONTENT_HEX], best_content[PC_CONTENT_HEX];
    double ratio; /* of the best; NAN when it was not timed */
};

/* Each adds what is not there yet; `*added` tells. */
bool pc_put_source(sqlite3 *db, const char *content, const void *text, size_t n,
                   bool *added, struct pc_err *err);
bool pc_put_attempt(sqlite3 *db, const struct pc_attempt *attempt, bool *added,
                    struct pc_err *err);
bool pc_put_pass(sqlite3 *db, const struct pc_pass *pass, bool *added, struct pc_err *err);

/* The columns of an attempt, in the order that pc_read_attempt expects, and its metrics. */
#define PC_ATTEMPT_COLUMNS \
    "id, exercise, time, code, quick, ratio, low, high, content, seed, compiler"
bool pc_read_attempt(sqlite3_stmt *query, struct pc_attempt *attempt, struct pc_err *err);

/* As pc_store_export, of what can still be read from a damaged file: with its journal, or, as
 * that may be another file's, without it. */
enum { PC_VIEWS_OF_DAMAGE = 2 };
char *pc_export_damaged(const char *file, int view, size_t *n);

/* As pc_store_import, but lines that are wrong are left out. */
bool pc_import_damaged(struct pc_store *store, const char *text, size_t n,
                       struct pc_import *added, struct pc_err *err);

#endif
