#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/internal.h"

/* One row tells all: each part is found by an index. */
static const char status_query[] =
    "SELECT (SELECT count(*) FROM attempts WHERE exercise = ?1),"
    " (SELECT max(time) FROM attempts WHERE exercise = ?1),"
    " (SELECT max(ratio) FROM attempts WHERE exercise = ?1 AND code IN (0, 1)),"
    " (SELECT first FROM passes WHERE exercise = ?1),"
    " (SELECT ratio FROM passes WHERE exercise = ?1),"
    " (SELECT max(level) FROM hints WHERE exercise = ?1),"
    " (SELECT count(*) FROM reveals WHERE exercise = ?1)";

bool pc_store_status(struct pc_store *store, const char *exercise, struct pc_status *status,
                     struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *status = (struct pc_status){.best = (double)NAN};
    if (!db)
        return true;
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err, status_query, "t", exercise);
    if (!query || pc_sql_next(query, err) < 0)
        return false;
    status->attempts = (size_t)sqlite3_column_int64(query, 0);
    status->latest = sqlite3_column_int64(query, 1);
    status->passed = sqlite3_column_int64(query, 3);
    status->best = pc_sql_double(query, status->passed ? 4 : 2);
    status->hints = sqlite3_column_int(query, 5);
    status->revealed = sqlite3_column_int(query, 6) > 0;
    status->standing = status->passed         ? PC_STANDING_PASSED
                       : status->attempts > 0 ? PC_STANDING_TRIED
                                              : PC_STANDING_OPEN;
    /* An older file that cannot be written has no such table. */
    int64_t medal = PC_MEDAL_NONE;
    pc_sql_number(db, NULL, &medal, 0,
                  "SELECT ifnull(max(level), 0) FROM medals WHERE exercise = ?", "t",
                  exercise);
    status->medal = medal >= PC_MEDAL_SILVER && medal <= PC_MEDAL_GOLD
                        ? (enum pc_medal)medal
                        : PC_MEDAL_NONE;
    return true;
}

bool pc_store_hint_used(struct pc_store *store, const char *exercise, int level,
                        int64_t when, struct pc_err *err)
{
    return pc_store_change(store, err, "INSERT OR IGNORE INTO hints VALUES(?, ?, ?)", "tii",
                           exercise, (int64_t)level, when);
}

bool pc_store_revealed(struct pc_store *store, const char *exercise, int64_t when,
                       struct pc_err *err)
{
    return pc_store_change(store, err, "INSERT OR IGNORE INTO reveals VALUES(?, ?)", "ti",
                           exercise, when);
}

bool pc_store_add_prediction(struct pc_store *store, const struct pc_prediction *p,
                             struct pc_err *err)
{
    /* Whatever the clock says now, it is later than those before. */
    return pc_store_change(
        store, err,
        "INSERT INTO predictions SELECT ?1, max(?2, ifnull(max(time) + 1, "
        "0)), ?3, ?4 FROM predictions WHERE question = ?1",
        "titi", p->question, p->when, p->answer, (int64_t)p->right);
}

bool pc_store_prediction(struct pc_store *store, const char *question,
                         struct pc_prediction *p, bool *found, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *found = false;
    if (!db)
        return true;
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err,
                   "SELECT question, answer, correct, time FROM "
                   "predictions WHERE question = ? ORDER BY time LIMIT 1",
                   "t", question);
    int row = query ? pc_sql_next(query, err) : -1;
    *found = row > 0;
    if (row <= 0)
        return row == 0;
    *p = (struct pc_prediction){.right = sqlite3_column_int(query, 2) != 0,
                                .when = sqlite3_column_int64(query, 3)};
    pc_sql_copy(query, 0, p->question, sizeof p->question);
    pc_sql_copy(query, 1, p->answer, sizeof p->answer);
    return true;
}

bool pc_store_page_read(struct pc_store *store, const char *page, int64_t when,
                        struct pc_err *err)
{
    return pc_store_change(store, err, "INSERT OR IGNORE INTO pages VALUES(?, ?)", "ti",
                           page, when);
}

bool pc_store_page_was_read(struct pc_store *store, const char *page, bool *read,
                            struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    int64_t times = 0;
    bool ok = !db || pc_sql_number(db, err, &times, 0,
                                   "SELECT count(*) FROM pages WHERE page = ?", "t", page);
    *read = times > 0;
    return ok;
}

bool pc_store_set(struct pc_store *store, const char *key, const char *value,
                  struct pc_err *err)
{
    return pc_store_change(store, err, "INSERT OR REPLACE INTO settings VALUES(?, ?)", "tt",
                           key, value);
}

char *pc_store_get(struct pc_store *store, const char *key, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    if (!db)
        return pc_strdup("");
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err, "SELECT value FROM settings WHERE key = ?", "t", key);
    int row = query ? pc_sql_next(query, err) : -1;
    return row < 0 ? NULL : pc_strdup(row ? pc_sql_text(query, 0) : "");
}
