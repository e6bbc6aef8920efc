#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/internal.h"

/* What is not told is NULL, so that sums and means over it leave it out. */
static const char put_query[] =
    "INSERT OR REPLACE INTO answers VALUES(?, ?, NULLIF(?, 0), ?, NULLIF(?, 0))";

bool pc_store_add_answer(struct pc_store *store, const struct pc_card_answer *a,
                         struct pc_err *err)
{
    return pc_store_change(store, err, put_query, "tiiii", a->card, a->when,
                           (int64_t)a->chosen, (int64_t)a->right, (int64_t)a->sure);
}

/* The rows of a query, whose columns are those of the table. */
static bool read_answers(sqlite3 *db, struct pc_card_answers *answers, struct pc_err *err,
                         const char *sql, const char *key)
{
    PC_AUTO(pc_sql_end) sqlite3_stmt *query = pc_sql_ask(db, err, sql, "t", key);
    int row = query ? pc_sql_next(query, err) : -1;
    for (; row > 0; row = pc_sql_next(query, err)) {
        struct pc_card_answer *a = PC_PUSH(answers);
        pc_sql_copy(query, 0, a->card, sizeof a->card);
        a->when = sqlite3_column_int64(query, 1);
        a->chosen = (size_t)sqlite3_column_int64(query, 2);
        a->right = sqlite3_column_int(query, 3) != 0;
        a->sure = (enum pc_sureness)sqlite3_column_int(query, 4);
    }
    if (row < 0)
        pc_card_answers_fini(answers);
    return row == 0;
}

bool pc_store_answers(struct pc_store *store, const char *card,
                      struct pc_card_answers *answers, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *answers = (struct pc_card_answers){0};
    return !db || read_answers(db, answers, err,
                               "SELECT card, time, chosen, correct, confidence "
                               "FROM answers WHERE card = ? ORDER BY time DESC",
                               card);
}

bool pc_store_latest_answers(struct pc_store *store, const char *prefix,
                             struct pc_card_answers *answers, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *answers = (struct pc_card_answers){0};
    /* SQLite takes the other columns from the row that has the maximum. */
    return !db ||
           read_answers(db, answers, err,
                        "SELECT card, max(time), chosen, correct, confidence "
                        "FROM answers WHERE card > ?1 AND card < ?1 || char(1114111) "
                        "GROUP BY card ORDER BY card",
                        prefix);
}
