#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/backup.h"
#include "store/internal.h"

bool pc_put_source(sqlite3 *db, const char *content, const void *text, size_t n,
                   bool *added, struct pc_err *err)
{
    if (!pc_sql_do(db, err, "INSERT OR IGNORE INTO sources VALUES(?, ?)", "tb", content,
                   text, n))
        return false;
    *added = sqlite3_changes(db) > 0;
    return true;
}

static bool is_number(const struct pc_metric *m)
{
    return isfinite(m->min) && isfinite(m->max) && isfinite(m->mean);
}

static bool put_metric(sqlite3 *db, int64_t id, const struct pc_metric *m,
                       struct pc_err *err)
{
    return pc_sql_do(db, err, "INSERT OR IGNORE INTO metrics VALUES(?, ?, ?, ?, ?)",
                     "itddd", id, m->name, m->min, m->max, m->mean);
}

bool pc_put_attempt(sqlite3 *db, const struct pc_attempt *a, bool *added,
                    struct pc_err *err)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, a->seed);
    bool ok =
        pc_sql_do(db, err,
                  "INSERT OR IGNORE INTO attempts(exercise, time, code, quick, "
                  "ratio, low, high, content, seed, compiler) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "tiiidddttt", a->exercise, a->when, (int64_t)a->code, (int64_t)a->quick,
                  a->ratio, a->low, a->high, a->content, seed, a->compiler);
    *added = ok && sqlite3_changes(db) > 0;
    if (!*added)
        return ok;
    int64_t id = sqlite3_last_insert_rowid(db);
    for (size_t i = 0; i < a->metrics.n && ok; i++)
        /* A metric that could not be computed is none. */
        if (is_number(&a->metrics.items[i]))
            ok = put_metric(db, id, &a->metrics.items[i], err);
    return ok;
}

/* Of two passes the earlier one was first, the one with the greater ratio is best. */
bool pc_put_pass(sqlite3 *db, const struct pc_pass *p, bool *added, struct pc_err *err)
{
    bool ok = pc_sql_do(
        db, err,
        "INSERT INTO passes VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
        "ON CONFLICT(exercise) DO UPDATE SET "
        "first_content = iif(?2 < first, ?3, first_content), first = min(first, ?2), "
        "best_content = iif(?6 > ifnull(ratio, 0), ?5, best_content), "
        "best = iif(?6 > ifnull(ratio, 0), ?4, best), "
        "ratio = iif(?6 > ifnull(ratio, 0), ?6, ratio) "
        "WHERE ?2 < first OR ?6 > ifnull(ratio, 0)",
        "tititd", p->exercise, p->first, p->first_content, p->best, p->best_content,
        p->ratio);
    *added = ok && sqlite3_changes(db) > 0;
    return ok;
}

static bool find_pass(sqlite3 *db, const char *exercise, struct pc_pass *pass, bool *found,
                      struct pc_err *err)
{
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err,
                   "SELECT first, first_content, best, best_content, ratio FROM passes "
                   "WHERE exercise = ?",
                   "t", exercise);
    int row = query ? pc_sql_next(query, err) : -1;
    *found = row > 0;
    if (row <= 0)
        return row == 0;
    pass->first = sqlite3_column_int64(query, 0);
    pc_sql_copy(query, 1, pass->first_content, sizeof pass->first_content);
    pass->best = sqlite3_column_int64(query, 2);
    pc_sql_copy(query, 3, pass->best_content, sizeof pass->best_content);
    pass->ratio = pc_sql_double(query, 4);
    return true;
}

/* The same kernel again is no record, however lucky. */
static bool keep_pass(sqlite3 *db, const struct pc_attempt *a, struct pc_record *record,
                      struct pc_err *err)
{
    struct pc_pass old, new = {.first = a->when, .best = a->when, .ratio = a->ratio};
    strcpy(new.exercise, a->exercise);
    strcpy(new.first_content, a->content);
    strcpy(new.best_content, a->content);
    bool had, changed;
    if (!find_pass(db, a->exercise, &old, &had, err))
        return false;
    record->first_pass = !had;
    record->before = had ? old.ratio : (double)NAN;
    record->best = had && a->low > old.ratio && strcmp(a->content, old.best_content) != 0;
    return pc_put_pass(db, &new, &changed, err) &&
           (a->medal == PC_MEDAL_NONE ||
            pc_sql_do(db, err, "INSERT OR IGNORE INTO medals VALUES(?, ?, ?)", "tii",
                      a->exercise, (int64_t)a->medal, a->when));
}

/* Two checks may end in the same millisecond; then the second one counts as later. */
static bool put_new_attempt(sqlite3 *db, struct pc_attempt *a, struct pc_err *err)
{
    enum { TRIES = 1000 };
    bool ok = true, added = false;
    for (int i = 0; ok && !added && i < TRIES; i++) {
        ok = pc_put_attempt(db, a, &added, err);
        a->when += ok && !added;
    }
    return ok;
}

bool pc_store_add_attempt(struct pc_store *store, const struct pc_attempt *attempt,
                          const char *source, size_t n, struct pc_record *record,
                          struct pc_err *err)
{
    struct pc_record changed = {.before = (double)NAN};
    sqlite3 *db = pc_store_begin(store, err);
    if (!db)
        return false;
    struct pc_attempt a = *attempt;
    bool added;
    bool ok = pc_put_source(db, a.content, source, n, &added, err) &&
              put_new_attempt(db, &a, err) &&
              (!pc_attempt_passed(&a) || keep_pass(db, &a, &changed, err));
    if (!pc_store_end(store, ok, err))
        return false;
    /* What took hours of work is worth a copy at once. */
    if (changed.first_pass || changed.best)
        pc_backup_daily(db, store->dir, true, NULL);
    if (record)
        *record = changed;
    return true;
}

static bool read_metrics(sqlite3 *db, int64_t id, struct pc_metrics *metrics,
                         struct pc_err *err)
{
    PC_AUTO(pc_sql_end) sqlite3_stmt *query = pc_sql_ask(
        db, err, "SELECT name, min, max, mean FROM metrics WHERE attempt = ?", "i", id);
    int row = query ? pc_sql_next(query, err) : -1;
    for (; row > 0 && metrics->n < PC_METRICS_MAX; row = pc_sql_next(query, err)) {
        struct pc_metric *m = &metrics->items[metrics->n++];
        pc_sql_copy(query, 0, m->name, sizeof m->name);
        m->min = pc_sql_double(query, 1);
        m->max = pc_sql_double(query, 2);
        m->mean = pc_sql_double(query, 3);
    }
    return row >= 0;
}

bool pc_read_attempt(sqlite3_stmt *query, struct pc_attempt *a, struct pc_err *err)
{
    *a = (struct pc_attempt){
        .when = sqlite3_column_int64(query, 2),
        .code = (enum pc_code)sqlite3_column_int(query, 3),
        .quick = sqlite3_column_int(query, 4) != 0,
        .ratio = pc_sql_double(query, 5),
        .low = pc_sql_double(query, 6),
        .high = pc_sql_double(query, 7),
        .seed = strtoull(pc_sql_text(query, 9), NULL, 10),
    };
    pc_sql_copy(query, 1, a->exercise, sizeof a->exercise);
    pc_sql_copy(query, 8, a->content, sizeof a->content);
    pc_sql_copy(query, 10, a->compiler, sizeof a->compiler);
    return read_metrics(sqlite3_db_handle(query), sqlite3_column_int64(query, 0),
                        &a->metrics, err);
}

bool pc_store_history(struct pc_store *store, const char *exercise, size_t most,
                      struct pc_attempts *attempts, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *attempts = (struct pc_attempts){0};
    if (!db)
        return true;
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err,
                   "SELECT " PC_ATTEMPT_COLUMNS " FROM attempts WHERE exercise = ? "
                   "ORDER BY time DESC, id DESC LIMIT ?",
                   "ti", exercise, most ? (int64_t)most : (int64_t)-1);
    int row = query ? pc_sql_next(query, err) : -1;
    for (; row > 0; row = pc_sql_next(query, err)) {
        if (!pc_read_attempt(query, PC_PUSH(attempts), err)) {
            row = -1;
            break;
        }
    }
    if (row < 0)
        pc_attempts_fini(attempts);
    return row == 0;
}

bool pc_store_best(struct pc_store *store, const char *exercise, struct pc_attempt *best,
                   bool *found, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    *found = false;
    if (!db)
        return true;
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        pc_sql_ask(db, err,
                   "SELECT " PC_ATTEMPT_COLUMNS " FROM attempts "
                   "JOIN (SELECT best, best_content FROM passes WHERE exercise = ?1) "
                   "ON time = best AND content = best_content WHERE exercise = ?1",
                   "t", exercise);
    int row = query ? pc_sql_next(query, err) : -1;
    *found = row > 0;
    return row == 0 || (row > 0 && pc_read_attempt(query, best, err));
}

char *pc_store_snapshot(struct pc_store *store, const char *content, size_t *n,
                        struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    PC_AUTO(pc_sql_end) sqlite3_stmt *query =
        db ? pc_sql_ask(db, err, "SELECT text FROM sources WHERE content = ?", "t", content)
           : NULL;
    int row = !db ? 0 : query ? pc_sql_next(query, err) : -1;
    if (row <= 0) {
        if (row == 0)
            pc_fail(err, PC_ENVIRONMENT, "no kernel %s was kept", content);
        return NULL;
    }
    const void *text = sqlite3_column_blob(query, 0);
    size_t len = (size_t)sqlite3_column_bytes(query, 0);
    char hex[PC_HASH_HEX];
    pc_hash_of(text, len, hex);
    if (strcmp(hex, content) != 0) {
        pc_fail(err, PC_ENVIRONMENT, "the kernel %s was kept, but is damaged", content);
        return NULL;
    }
    if (n)
        *n = len;
    char *copy = pc_alloc(len + 1);
    return len ? memcpy(copy, text, len) : copy;
}
