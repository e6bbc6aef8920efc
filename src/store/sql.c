#include "store/sql.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* What SQLite says is for programmers. */
static const struct {
    int code;
    const char *text;
} reasons[] = {
    {SQLITE_BUSY, "another perfcourse, perhaps a stopped one, is writing to it"},
    {SQLITE_FULL, "the disk is full"},
    {SQLITE_IOERR, "the disk reports an error"},
    {SQLITE_CORRUPT, "it is damaged; the next start repairs it"},
    {SQLITE_NOTADB, "it is no database"},
    {SQLITE_READONLY, "it cannot be written"},
    {SQLITE_CANTOPEN, "it, or a file beside it, cannot be opened"},
};

bool pc_sql_fail(sqlite3 *db, struct pc_err *err)
{
    int code = sqlite3_errcode(db) & 0xff, why = sqlite3_system_errno(db);
    /* It says so only when a write fails, and not when a file cannot be made. */
    if (why == ENOSPC || why == EDQUOT)
        code = SQLITE_FULL;
    for (size_t i = 0; i < PC_COUNT(reasons); i++)
        if (reasons[i].code == code)
            return pc_fail(err, PC_ENVIRONMENT, "%s%s%s%s", reasons[i].text,
                           why ? " (" : "", why ? strerror(why) : "", why ? ")" : "");
    return pc_fail(err, PC_ENVIRONMENT, "%s", sqlite3_errmsg(db));
}

bool pc_sql_run(sqlite3 *db, const char *sql, struct pc_err *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || pc_sql_fail(db, err);
}

static void bind(sqlite3_stmt *query, const char *types, va_list ap)
{
    for (int i = 1; types[i - 1]; i++) {
        switch (types[i - 1]) {
        case 't':
            sqlite3_bind_text(query, i, va_arg(ap, const char *), -1, SQLITE_TRANSIENT);
            break;
        case 'i':
            sqlite3_bind_int64(query, i, va_arg(ap, int64_t));
            break;
        case 'd':
            /* SQLite stores a NAN as NULL by itself. */
            sqlite3_bind_double(query, i, va_arg(ap, double));
            break;
        case 'b': {
            const void *data = va_arg(ap, const void *);
            size_t n = va_arg(ap, size_t);
            sqlite3_bind_blob64(query, i, data ? data : "", n, SQLITE_TRANSIENT);
            break;
        }
        }
    }
}

static sqlite3_stmt *ask(sqlite3 *db, struct pc_err *err, const char *sql,
                         const char *types, va_list ap)
{
    sqlite3_stmt *query = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) != SQLITE_OK) {
        pc_sql_fail(db, err);
        return NULL;
    }
    bind(query, types, ap);
    return query;
}

sqlite3_stmt *pc_sql_ask(sqlite3 *db, struct pc_err *err, const char *sql,
                         const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    sqlite3_stmt *query = ask(db, err, sql, types, ap);
    va_end(ap);
    return query;
}

int pc_sql_next(sqlite3_stmt *query, struct pc_err *err)
{
    switch (sqlite3_step(query)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        return 0;
    default:
        pc_sql_fail(sqlite3_db_handle(query), err);
        return -1;
    }
}

void pc_sql_end(sqlite3_stmt **query)
{
    sqlite3_finalize(*query);
}

bool pc_sql_vdo(sqlite3 *db, struct pc_err *err, const char *sql, const char *types,
                va_list ap)
{
    sqlite3_stmt *query = ask(db, err, sql, types, ap);
    int row = query ? 1 : -1;
    while (row > 0)
        row = pc_sql_next(query, err);
    sqlite3_finalize(query);
    return row == 0;
}

bool pc_sql_do(sqlite3 *db, struct pc_err *err, const char *sql, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    bool ok = pc_sql_vdo(db, err, sql, types, ap);
    va_end(ap);
    return ok;
}

bool pc_sql_number(sqlite3 *db, struct pc_err *err, int64_t *number, int64_t otherwise,
                   const char *sql, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    sqlite3_stmt *query = ask(db, err, sql, types, ap);
    va_end(ap);
    if (!query)
        return false;
    int row = pc_sql_next(query, err);
    *number = row > 0 ? sqlite3_column_int64(query, 0) : otherwise;
    sqlite3_finalize(query);
    return row >= 0;
}

const char *pc_sql_text(sqlite3_stmt *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query, column);
    return text ? (const char *)text : "";
}

double pc_sql_double(sqlite3_stmt *query, int column)
{
    return sqlite3_column_type(query, column) == SQLITE_NULL
               ? (double)NAN
               : sqlite3_column_double(query, column);
}

void pc_sql_copy(sqlite3_stmt *query, int column, char *to, size_t size)
{
    snprintf(to, size, "%s", pc_sql_text(query, column));
}
