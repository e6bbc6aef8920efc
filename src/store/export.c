#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/connect.h"
#include "store/internal.h"
#include "store/schema.h"

/* The text so far.  Of a damaged file it gets what can be read (`tolerant`). */
struct output {
    struct pc_str text;
    size_t lines;
    bool tolerant, failed;
    struct pc_err *err;
};

static void add_line(struct output *out, json_t *object)
{
    PC_AUTO(pc_auto_free) char *line =
        json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(17));
    json_decref(object);
    pc_str_adds(&out->text, line);
    pc_str_adds(&out->text, "\n");
    out->lines++;
}

/* JSON wants UTF-8; nothing else was ever put in, but files are damaged. */
static json_t *text_of(sqlite3_stmt *row, int column)
{
    const char *s = pc_sql_text(row, column);
    json_t *text = json_string(s);
    if (text)
        return text;
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(s, strlen(s), strlen(s) + 4);
    return json_string(harmless);
}

static json_t *time_of(sqlite3_stmt *row, int column)
{
    return json_integer(sqlite3_column_int64(row, column));
}

static json_t *number_of(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

/* A kernel may hold any bytes; those that JSON cannot hold go as hexadecimal digits. */
static void add_source(struct output *out, sqlite3_stmt *row)
{
    const void *blob = sqlite3_column_blob(row, 1);
    size_t n = (size_t)sqlite3_column_bytes(row, 1);
    const char *text = n > 0 && blob ? blob : "";
    json_t *object = json_pack("{s:o}", "source", text_of(row, 0));
    if (memchr(text, '\0', n) == NULL && pc_text_is_utf8(text, n)) {
        json_object_set_new(object, "text", json_stringn(text, n));
    } else {
        struct pc_str hex = {0};
        for (size_t i = 0; i < n; i++)
            pc_str_addf(&hex, "%02x", (unsigned char)text[i]);
        json_object_set_new(object, "hex", json_string(pc_str_get(&hex)));
        pc_str_fini(&hex);
    }
    add_line(out, object);
}

static json_t *metrics_of(const struct pc_metrics *metrics)
{
    json_t *object = json_object();
    for (size_t i = 0; i < metrics->n; i++) {
        const struct pc_metric *m = &metrics->items[i];
        json_object_set_new(
            object, m->name,
            json_pack("[o,o,o]", number_of(m->min), number_of(m->max), number_of(m->mean)));
    }
    return object;
}

static void add_attempt(struct output *out, sqlite3_stmt *row)
{
    struct pc_attempt a;
    if (!pc_read_attempt(row, &a, out->err))
        out->failed = true;
    add_line(out, json_pack("{s:o,s:o,s:i,s:b,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "attempt",
                            text_of(row, 1), "time", time_of(row, 2), "code", (int)a.code,
                            "quick", a.quick, "ratio", number_of(a.ratio), "low",
                            number_of(a.low), "high", number_of(a.high), "content",
                            text_of(row, 8), "seed", text_of(row, 9), "compiler",
                            text_of(row, 10), "metrics", metrics_of(&a.metrics)));
}

static void add_pass(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "pass", text_of(row, 0), "first",
                            time_of(row, 1), "first-content", text_of(row, 2), "best",
                            time_of(row, 3), "best-content", text_of(row, 4), "ratio",
                            number_of(pc_sql_double(row, 5))));
}

static void add_hint(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:i,s:o}", "hint", text_of(row, 0), "level",
                            sqlite3_column_int(row, 1), "time", time_of(row, 2)));
}

static void add_medal(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:i,s:o}", "medal", text_of(row, 0), "level",
                            sqlite3_column_int(row, 1), "time", time_of(row, 2)));
}

static void add_reveal(struct output *out, sqlite3_stmt *row)
{
    add_line(out,
             json_pack("{s:o,s:o}", "reveal", text_of(row, 0), "time", time_of(row, 1)));
}

static void add_prediction(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:o,s:o,s:b}", "prediction", text_of(row, 0), "time",
                            time_of(row, 1), "answer", text_of(row, 2), "right",
                            sqlite3_column_int(row, 3) != 0));
}

/* What was not told is NULL in the table and null here. */
static json_t *told(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL
               ? json_null()
               : json_integer(sqlite3_column_int64(row, column));
}

static void add_answer(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:o,s:o,s:b,s:o}", "card", text_of(row, 0), "time",
                            time_of(row, 1), "chosen", told(row, 2), "right",
                            sqlite3_column_int(row, 3) != 0, "confidence", told(row, 4)));
}

static void add_page(struct output *out, sqlite3_stmt *row)
{
    add_line(out, json_pack("{s:o,s:o}", "page", text_of(row, 0), "time", time_of(row, 1)));
}

static void add_setting(struct output *out, sqlite3_stmt *row)
{
    add_line(out,
             json_pack("{s:o,s:o}", "setting", text_of(row, 0), "value", text_of(row, 1)));
}

/* Rows come in the order of the tables themselves: no index is needed, it may be damaged. */
static const struct {
    const char *query;
    void (*add)(struct output *out, sqlite3_stmt *row);
    int64_t since; /* the version that has it: an older file that is only shown has not */
} tables[] = {
    {"SELECT content, text FROM sources NOT INDEXED", add_source, 1},
    {"SELECT " PC_ATTEMPT_COLUMNS " FROM attempts NOT INDEXED", add_attempt, 1},
    {"SELECT exercise, first, first_content, best, best_content, ratio "
     "FROM passes NOT INDEXED",
     add_pass, 1},
    {"SELECT exercise, level, time FROM medals", add_medal, 4},
    {"SELECT exercise, level, time FROM hints", add_hint, 1},
    {"SELECT exercise, time FROM reveals NOT INDEXED", add_reveal, 2},
    {"SELECT question, time, answer, correct FROM predictions", add_prediction, 2},
    {"SELECT page, time FROM pages NOT INDEXED", add_page, 2},
    {"SELECT card, time, chosen, correct, confidence FROM answers", add_answer, 3},
    {"SELECT key, value FROM settings NOT INDEXED", add_setting, 2},
};

static bool add_table(struct output *out, sqlite3 *db, size_t i)
{
    PC_AUTO(pc_sql_end) sqlite3_stmt *query = pc_sql_ask(db, out->err, tables[i].query, "");
    int row = query ? pc_sql_next(query, out->err) : -1;
    for (; row > 0 && (out->tolerant || !out->failed); row = pc_sql_next(query, out->err))
        tables[i].add(out, query);
    return row == 0 && !out->failed;
}

static bool add_tables(struct output *out, sqlite3 *db)
{
    int64_t version = 0;
    if (!pc_schema_version(db, &version, out->err) && !out->tolerant)
        return false;
    for (size_t i = 0; i < PC_COUNT(tables); i++)
        if ((out->tolerant || version >= tables[i].since) && !add_table(out, db, i) &&
            !out->tolerant)
            return false;
    return true;
}

static void begin(struct output *out)
{
    add_line(out, json_pack("{s:s,s:i}", "perfcourse", "progress", "format", 1));
}

/* The last line tells how many there are, so that a text that was cut off is noticed. */
static char *finish(struct output *out, size_t *n)
{
    add_line(out, json_pack("{s:I}", "end", (json_int_t)out->lines + 1));
    *n = out->text.len;
    return pc_str_take(&out->text);
}

char *pc_store_export(struct pc_store *store, size_t *n, struct pc_err *err)
{
    sqlite3 *db = pc_store_reader(store);
    struct output out = {.err = err};
    begin(&out);
    /* One transaction, so that all tables are of the same moment. */
    bool ok = !db || pc_sql_run(db, "BEGIN", err);
    if (db && ok) {
        ok = add_tables(&out, db);
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    if (ok)
        return finish(&out, n);
    pc_str_fini(&out.text);
    return NULL;
}

char *pc_export_damaged(const char *file, int view, size_t *n)
{
    struct output out = {.tolerant = true};
    sqlite3 *db = pc_connect_damaged(file, view == 0);
    begin(&out);
    if (db)
        add_tables(&out, db);
    sqlite3_close(db);
    return finish(&out, n);
}
