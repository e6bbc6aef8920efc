#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/request.h"
#include "store/internal.h"
#include "store/members.h"

static bool wrong(struct pc_err *err, const char *what)
{
    return pc_fail(err, PC_USAGE, "%s", what);
}

/* Lines, one function for each kind. */

static bool take_source(sqlite3 *db, const json_t *line, struct pc_import *added,
                        struct pc_err *err)
{
    char content[PC_CONTENT_HEX], found[PC_HASH_HEX];
    const json_t *text = json_object_get(line, "text");
    const char *hex = json_string_value(json_object_get(line, "hex"));
    const char *s = json_string_value(text);
    size_t n = json_string_length(text);
    PC_AUTO(pc_auto_free) char *bytes = NULL;
    bool fresh;
    if (!pc_member_content(line, "source", content, err))
        return false;
    if (!s && !hex)
        return wrong(err, "\"text\" is missing");
    if (!s && !pc_unhex(hex, &bytes, &n, err))
        return false;
    s = s ? s : bytes;
    pc_hash_of(s, n, found);
    if (strcmp(found, content) != 0)
        return pc_fail(err, PC_USAGE, "the text is not what its hash %s says", content);
    (void)added;
    return pc_put_source(db, content, s, n, &fresh, err);
}

static bool take_attempt(sqlite3 *db, const json_t *line, struct pc_import *added,
                         struct pc_err *err)
{
    struct pc_attempt a = {0};
    int64_t code;
    bool fresh;
    const char *seed;
    if (!pc_member_name(line, "attempt", a.exercise, err) ||
        !pc_member_time(line, "time", &a.when, err) ||
        !pc_member_integer(line, "code", PC_PASSED, PC_UNSURE, &code, err) ||
        !pc_member_flag(line, "quick", &a.quick, err) ||
        !pc_member_ratio(line, "ratio", &a.ratio, err) ||
        !pc_member_ratio(line, "low", &a.low, err) ||
        !pc_member_ratio(line, "high", &a.high, err) ||
        !pc_member_content(line, "content", a.content, err) ||
        !pc_member_copy(line, "compiler", a.compiler, err) ||
        !pc_member_metrics(line, &a.metrics, err) ||
        !(seed = pc_member_string(line, "seed", 21, err)))
        return false;
    a.code = (enum pc_code)code;
    a.seed = strtoull(seed, NULL, 10);
    bool ok = pc_put_attempt(db, &a, &fresh, err);
    added->attempts += ok && fresh;
    return ok;
}

static bool take_pass(sqlite3 *db, const json_t *line, struct pc_import *added,
                      struct pc_err *err)
{
    struct pc_pass p = {0};
    bool fresh;
    bool ok = pc_member_name(line, "pass", p.exercise, err) &&
              pc_member_time(line, "first", &p.first, err) &&
              pc_member_content(line, "first-content", p.first_content, err) &&
              pc_member_time(line, "best", &p.best, err) &&
              pc_member_content(line, "best-content", p.best_content, err) &&
              pc_member_ratio(line, "ratio", &p.ratio, err) &&
              pc_put_pass(db, &p, &fresh, err);
    added->passes += ok && fresh;
    return ok;
}

/* Insert one row; `*count` grows if it was new. */
static bool put(sqlite3 *db, size_t *count, struct pc_err *err, const char *sql,
                const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    bool ok = pc_sql_vdo(db, err, sql, types, ap);
    va_end(ap);
    *count += ok && sqlite3_changes(db) > 0;
    return ok;
}

static bool take_hint(sqlite3 *db, const json_t *line, struct pc_import *added,
                      struct pc_err *err)
{
    char exercise[PC_NAME_MAX];
    int64_t level, when;
    return pc_member_name(line, "hint", exercise, err) &&
           pc_member_integer(line, "level", 1, 99, &level, err) &&
           pc_member_time(line, "time", &when, err) &&
           put(db, &added->hints, err, "INSERT OR IGNORE INTO hints VALUES(?, ?, ?)", "tii",
               exercise, level, when);
}

static bool take_medal(sqlite3 *db, const json_t *line, struct pc_import *added,
                       struct pc_err *err)
{
    char exercise[PC_NAME_MAX];
    int64_t level, when;
    return pc_member_name(line, "medal", exercise, err) &&
           pc_member_integer(line, "level", PC_MEDAL_SILVER, PC_MEDAL_GOLD, &level, err) &&
           pc_member_time(line, "time", &when, err) &&
           put(db, &added->others, err, "INSERT OR IGNORE INTO medals VALUES(?, ?, ?)",
               "tii", exercise, level, when);
}

static bool take_reveal(sqlite3 *db, const json_t *line, struct pc_import *added,
                        struct pc_err *err)
{
    char exercise[PC_NAME_MAX];
    int64_t when;
    return pc_member_name(line, "reveal", exercise, err) &&
           pc_member_time(line, "time", &when, err) &&
           put(db, &added->others, err, "INSERT OR IGNORE INTO reveals VALUES(?, ?)", "ti",
               exercise, when);
}

static bool take_prediction(sqlite3 *db, const json_t *line, struct pc_import *added,
                            struct pc_err *err)
{
    struct pc_prediction p;
    return pc_member_copy(line, "prediction", p.question, err) &&
           pc_member_time(line, "time", &p.when, err) &&
           pc_member_copy(line, "answer", p.answer, err) &&
           pc_member_flag(line, "right", &p.right, err) &&
           put(db, &added->predictions, err,
               "INSERT OR IGNORE INTO predictions VALUES(?, ?, ?, ?)", "titi", p.question,
               p.when, p.answer, (int64_t)p.right);
}

static bool take_answer(sqlite3 *db, const json_t *line, struct pc_import *added,
                        struct pc_err *err)
{
    char card[PC_NAME_MAX];
    int64_t when, chosen, confidence;
    bool right;
    return pc_member_copy(line, "card", card, err) &&
           pc_member_time(line, "time", &when, err) &&
           pc_member_optional(line, "chosen", 1, PC_CHOICES_MAX, &chosen, err) &&
           pc_member_flag(line, "right", &right, err) &&
           pc_member_optional(line, "confidence", PC_GUESSED, PC_TOO_EASY, &confidence,
                              err) &&
           put(db, &added->answers, err,
               "INSERT OR IGNORE INTO answers VALUES(?, ?, NULLIF(?, 0), ?, NULLIF(?, 0))",
               "tiiii", card, when, chosen, (int64_t)right, confidence);
}

static bool take_page(sqlite3 *db, const json_t *line, struct pc_import *added,
                      struct pc_err *err)
{
    char page[PC_NAME_MAX];
    int64_t when;
    return pc_member_copy(line, "page", page, err) &&
           pc_member_time(line, "time", &when, err) &&
           put(db, &added->others, err, "INSERT OR IGNORE INTO pages VALUES(?, ?)", "ti",
               page, when);
}

static bool take_setting(sqlite3 *db, const json_t *line, struct pc_import *added,
                         struct pc_err *err)
{
    char key[PC_NAME_MAX];
    const char *value;
    return pc_member_copy(line, "setting", key, err) &&
           (value = pc_member_string(line, "value", 4096, err)) &&
           put(db, &added->others, err, "INSERT OR IGNORE INTO settings VALUES(?, ?)", "tt",
               key, value);
}

static const struct {
    const char *kind; /* the member that tells it */
    bool (*take)(sqlite3 *db, const json_t *line, struct pc_import *added,
                 struct pc_err *err);
} kinds[] = {
    {"attempt", take_attempt}, {"source", take_source},
    {"pass", take_pass},       {"medal", take_medal},
    {"hint", take_hint},       {"reveal", take_reveal},
    {"page", take_page},       {"prediction", take_prediction},
    {"card", take_answer},     {"setting", take_setting},
};

/* The text, line by line. */
struct input {
    const char *text, *end;
    size_t line; /* the number of lines taken so far */
};

static json_t *next_line(struct input *in, struct pc_err *err)
{
    size_t left = (size_t)(in->end - in->text);
    const char *stop = memchr(in->text, '\n', left);
    size_t n = stop ? (size_t)(stop - in->text) : left;
    json_error_t why;
    json_t *line = json_loadb(in->text, n, JSON_REJECT_DUPLICATES, &why);
    in->text += n + (stop != NULL);
    in->line++;
    if (!line) {
        /* The library quotes what it stumbled over. */
        char text[sizeof why.text];
        pc_text_copy_line(text, sizeof text, why.text, strlen(why.text));
        pc_fail(err, PC_USAGE, "%s", text);
    } else if (!json_is_object(line)) {
        json_decref(line);
        line = NULL;
        wrong(err, "it must be an object");
    }
    return line;
}

static bool take_line(sqlite3 *db, const json_t *line, struct pc_import *added,
                      struct pc_err *err)
{
    for (size_t i = 0; i < PC_COUNT(kinds); i++)
        if (json_object_get(line, kinds[i].kind))
            return kinds[i].take(db, line, added, err);
    return wrong(err, "it is of an unknown kind");
}

static bool take_header(struct input *in, struct pc_err *err)
{
    struct pc_err unused;
    json_t *line = next_line(in, &unused);
    const char *what = json_string_value(json_object_get(line, "perfcourse"));
    bool ours = what && strcmp(what, "progress") == 0;
    json_int_t format = json_integer_value(json_object_get(line, "format"));
    json_decref(line);
    if (!ours)
        return wrong(err, "this is no export of perfcourse");
    return format == 1 ||
           pc_fail(err, PC_USAGE, "it is of format %lld, this perfcourse reads 1",
                   (long long)format);
}

/* True when the line is the last one, which must say so. */
static bool is_end(const json_t *line, const struct input *in)
{
    const json_t *end = json_object_get(line, "end");
    return json_is_integer(end) && (size_t)json_integer_value(end) == in->line &&
           in->text == in->end;
}

static bool take_all(sqlite3 *db, struct input *in, bool tolerant, struct pc_import *added,
                     struct pc_err *err)
{
    if (!take_header(in, err))
        return false;
    for (bool ended = false; !ended;) {
        if (in->text == in->end)
            return wrong(err, "the text was cut off: its last line is missing");
        json_t *line = next_line(in, err);
        ended = line && is_end(line, in);
        bool ok = ended || (line && take_line(db, line, added, err));
        json_decref(line);
        if (!ok && !tolerant)
            return pc_while(err, "line %zu", in->line);
    }
    return true;
}

static bool import(struct pc_store *store, const char *text, size_t n, bool tolerant,
                   struct pc_import *added, struct pc_err *err)
{
    *added = (struct pc_import){0};
    sqlite3 *db = pc_store_begin(store, err);
    if (!db)
        return false;
    struct input in = {.text = text, .end = text + n};
    bool ok = pc_store_end(store, take_all(db, &in, tolerant, added, err), err);
    if (!ok)
        *added = (struct pc_import){0};
    return ok;
}

bool pc_store_import(struct pc_store *store, const char *text, size_t n,
                     struct pc_import *added, struct pc_err *err)
{
    return import(store, text, n, false, added, err);
}

bool pc_import_damaged(struct pc_store *store, const char *text, size_t n,
                       struct pc_import *added, struct pc_err *err)
{
    return import(store, text, n, true, added, err);
}
