#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store_bed.h"

static void assert_same_attempt(const struct pc_attempt *a, const struct pc_attempt *b)
{
    assert_string_equal(a->exercise, b->exercise);
    assert_int_equal(a->when, b->when);
    assert_int_equal(a->code, b->code);
    assert_int_equal(a->quick, b->quick);
    assert_memory_equal(&a->ratio, &b->ratio, sizeof a->ratio);
    assert_memory_equal(&a->low, &b->low, sizeof a->low);
    assert_memory_equal(&a->high, &b->high, sizeof a->high);
    assert_string_equal(a->content, b->content);
    assert_true(a->seed == b->seed);
    assert_string_equal(a->compiler, b->compiler);
    assert_int_equal(a->metrics.n, b->metrics.n);
    for (size_t i = 0; i < a->metrics.n; i++) {
        const struct pc_metric *m = pc_metrics_find(&b->metrics, a->metrics.items[i].name);
        assert_non_null(m);
        assert_memory_equal(&m->min, &a->metrics.items[i].min, 3 * sizeof m->min);
    }
}

static void nothing_is_made_until_something_is_kept(void **state)
{
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    struct pc_status status;
    struct pc_attempts history;
    struct pc_attempt best;
    bool found;
    assert_true(pc_store_status(store, "join", &status, NULL));
    assert_int_equal(status.standing, PC_STANDING_OPEN);
    assert_true(isnan(status.best));
    assert_true(pc_store_history(store, "join", 0, &history, NULL));
    assert_int_equal(history.n, 0);
    assert_true(pc_store_best(store, "join", &best, &found, NULL));
    assert_false(found);
    PC_AUTO(pc_auto_free) char *value = pc_store_get(store, "theme", NULL);
    assert_string_equal(value, "");
    assert_null(pc_store_snapshot(store, "00", NULL, NULL));
    pc_store_close(store);
    assert_int_equal(bed_files(bed, "", ""), 0);
}

static void an_attempt_comes_back_as_it_was(void **state)
{
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 1000, PC_MISSED, 1.5, "one");
    bed_add(store, "other", 1500, PC_PASSED, 9, "else");
    bed_add(store, "join", 3000, PC_PASSED, 8.25, "two");
    bed_add(store, "join", 2000, PC_NOBUILD, 0, "");
    pc_store_close(store);
    store = bed_open(bed, NULL);
    struct pc_attempts history;
    assert_true(pc_store_history(store, "join", 0, &history, NULL));
    struct pc_attempt rows[] = {
        bed_attempt("join", 3000, PC_PASSED, 8.25, "two"),
        bed_attempt("join", 2000, PC_NOBUILD, 0, ""),
        bed_attempt("join", 1000, PC_MISSED, 1.5, "one"),
    };
    assert_int_equal(history.n, PC_COUNT(rows));
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        assert_same_attempt(&history.items[i], &rows[i]);
    pc_attempts_fini(&history);
    assert_true(pc_store_history(store, "join", 2, &history, NULL));
    assert_int_equal(history.n, 2);
    assert_int_equal(history.items[0].when, 3000);
    pc_attempts_fini(&history);
    struct pc_attempt best;
    bool found;
    assert_true(pc_store_best(store, "join", &best, &found, NULL));
    assert_true(found);
    assert_same_attempt(&best, &rows[0]);
    pc_store_close(store);
}

static void a_kernel_is_kept_once_byte_for_byte(void **state)
{
    static const char kernel[] = "a\0b\xff\r\n";
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    struct pc_attempt a = bed_attempt("join", 1, PC_WRONG, 0, "");
    pc_hash_of(kernel, sizeof kernel, a.content);
    for (a.when = 1; a.when <= 20; a.when++)
        assert_true(pc_store_add_attempt(store, &a, kernel, sizeof kernel, NULL, NULL));
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_store_snapshot(store, a.content, &n, NULL);
    assert_int_equal(n, sizeof kernel);
    assert_memory_equal(text, kernel, n);
    pc_store_close(store);
    bed_sql(bed, "CREATE TEMP TABLE t(x CHECK(x = 1));"
                 "INSERT INTO t SELECT count(*) FROM sources;"
                 "UPDATE sources SET text = x'00'");
    store = bed_open(bed, NULL);
    struct pc_err err;
    assert_null(pc_store_snapshot(store, a.content, &n, &err));
    assert_non_null(strstr(err.msg, "damaged"));
    pc_store_close(store);
}

static void a_record_is_new_only_beyond_chance(void **state)
{
    static const struct {
        enum pc_code code;
        bool quick;
        double ratio;
        const char *source;
        bool first, best;
        enum pc_standing standing;
        double shown; /* the best ratio; 0 is none */
    } rows[] = {
        {PC_NOBUILD, false, 0, "a", false, false, PC_STANDING_TRIED, 0},
        {PC_WRONG, false, 90, "b", false, false, PC_STANDING_TRIED, 0},
        {PC_MISSED, false, 3, "c", false, false, PC_STANDING_TRIED, 3},
        {PC_PASSED, true, 0, "c", false, false, PC_STANDING_TRIED, 3},
        {PC_MISSED, false, 12, "d", false, false, PC_STANDING_TRIED, 12},
        {PC_PASSED, false, 10, "e", true, false, PC_STANDING_PASSED, 10},
        {PC_PASSED, false, 9, "f", false, false, PC_STANDING_PASSED, 10},
        {PC_PASSED, false, 10.2, "g", false, false, PC_STANDING_PASSED, 10.2},
        {PC_PASSED, false, 14, "h", false, true, PC_STANDING_PASSED, 14},
        {PC_PASSED, false, 20, "h", false, false, PC_STANDING_PASSED, 20},
        {PC_WRONG, false, 90, "i", false, false, PC_STANDING_PASSED, 20},
        {PC_UNSURE, false, 90, "i", false, false, PC_STANDING_PASSED, 20},
        {PC_PASSED, false, 0, "j", false, false, PC_STANDING_PASSED, 20},
    };
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_attempt a = bed_attempt("join", 1000 + (int64_t)i, rows[i].code,
                                          rows[i].ratio, rows[i].source);
        a.quick = rows[i].quick;
        struct pc_record record;
        assert_true(pc_store_add_attempt(store, &a, rows[i].source, 1, &record, NULL));
        assert_int_equal(record.first_pass, rows[i].first);
        assert_int_equal(record.best, rows[i].best);
        struct pc_status status;
        assert_true(pc_store_status(store, "join", &status, NULL));
        assert_int_equal(status.attempts, i + 1);
        assert_int_equal(status.latest, a.when);
        assert_int_equal(status.standing, rows[i].standing);
        assert_int_equal(status.passed, i >= 5 ? 1005 : 0);
        if (rows[i].shown > 0)
            assert_true(status.best == rows[i].shown);
        else
            assert_true(isnan(status.best));
    }
    pc_store_close(store);
}

/* What a later check finds, slower or unsure, is luck or another machine. */
static void no_later_check_takes_a_pass_or_a_medal_away(void **state)
{
    static const struct {
        enum pc_code code;
        double ratio;
        enum pc_medal medal, best;
        enum pc_standing standing;
    } rows[] = {
        {PC_UNSURE, 9, PC_MEDAL_NONE, PC_MEDAL_NONE, PC_STANDING_TRIED},
        {PC_PASSED, 9, PC_MEDAL_NONE, PC_MEDAL_NONE, PC_STANDING_PASSED},
        {PC_UNSURE, 7, PC_MEDAL_NONE, PC_MEDAL_NONE, PC_STANDING_PASSED},
        {PC_PASSED, 12, PC_MEDAL_SILVER, PC_MEDAL_SILVER, PC_STANDING_PASSED},
        {PC_MISSED, 3, PC_MEDAL_NONE, PC_MEDAL_SILVER, PC_STANDING_PASSED},
        {PC_PASSED, 11, PC_MEDAL_NONE, PC_MEDAL_SILVER, PC_STANDING_PASSED},
        {PC_PASSED, 20, PC_MEDAL_GOLD, PC_MEDAL_GOLD, PC_STANDING_PASSED},
        {PC_PASSED, 13, PC_MEDAL_SILVER, PC_MEDAL_GOLD, PC_STANDING_PASSED},
        {PC_CRASH, 0, PC_MEDAL_NONE, PC_MEDAL_GOLD, PC_STANDING_PASSED},
        {PC_NOBUILD, 0, PC_MEDAL_NONE, PC_MEDAL_GOLD, PC_STANDING_PASSED},
    };
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_attempt a =
            bed_attempt("join", 1000 + (int64_t)i, rows[i].code, rows[i].ratio, "x");
        a.medal = rows[i].medal;
        assert_true(pc_store_add_attempt(store, &a, "x", 1, NULL, NULL));
        struct pc_status status;
        assert_true(pc_store_status(store, "join", &status, NULL));
        assert_int_equal(status.standing, rows[i].standing);
        assert_int_equal(status.medal, rows[i].best);
        if (i > 0)
            assert_int_equal(status.passed, 1001);
    }
    pc_store_close(store);
}

static void marks_are_kept_and_the_first_one_counts(void **state)
{
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    bool known;
    assert_true(pc_store_hint_used(store, "join", 2, 10, NULL));
    assert_true(pc_store_hint_used(store, "join", 1, 20, NULL));
    assert_true(pc_store_hint_used(store, "join", 2, 30, NULL));
    assert_true(pc_store_revealed(store, "join", 40, NULL));
    struct pc_prediction p = {.question = "07-growth", .answer = "2x", .when = 50};
    assert_true(pc_store_add_prediction(store, &p, NULL));
    p = (struct pc_prediction){
        .question = "07-growth", .answer = "4x", .right = true, .when = 60};
    assert_true(pc_store_add_prediction(store, &p, NULL));
    assert_true(pc_store_page_read(store, "07/1", 70, NULL));
    assert_true(pc_store_set(store, "theme", "dark", NULL));
    assert_true(pc_store_set(store, "theme", "light", NULL));
    pc_store_close(store);

    store = bed_open(bed, NULL);
    struct pc_status status;
    assert_true(pc_store_status(store, "join", &status, NULL));
    assert_int_equal(status.hints, 2);
    assert_true(status.revealed);
    assert_int_equal(status.standing, PC_STANDING_OPEN);
    assert_true(pc_store_prediction(store, "07-growth", &p, &known, NULL));
    assert_true(known);
    assert_string_equal(p.answer, "2x");
    assert_false(p.right);
    assert_true(pc_store_prediction(store, "08", &p, &known, NULL));
    assert_false(known);
    assert_true(pc_store_page_was_read(store, "07/1", &known, NULL));
    assert_true(known);
    assert_true(pc_store_page_was_read(store, "07/2", &known, NULL));
    assert_false(known);
    PC_AUTO(pc_auto_free) char *theme = pc_store_get(store, "theme", NULL);
    assert_string_equal(theme, "light");
    pc_store_close(store);
}

static void two_instances_see_each_others_work(void **state)
{
    struct bed *bed = *state;
    struct pc_store *a = bed_open(bed, NULL), *b = bed_open(bed, NULL);
    for (int i = 0; i < 20; i++) {
        bed_add(i % 2 ? a : b, "join", 1000 + i, PC_MISSED, 2, "x");
        assert_int_equal(bed_count(a, "join"), i + 1);
        assert_int_equal(bed_count(b, "join"), i + 1);
    }
    /* One that reads for long, an export, sees one moment and keeps nobody waiting. */
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_store_export(a, &n, NULL);
    assert_non_null(text);
    pc_store_close(a);
    bed_add(b, "join", 3000, PC_MISSED, 2, "x");
    pc_store_close(b);
    assert_int_equal(bed_files(bed, "", "-wal"), 0);
}

static void of_daily_backups_three_are_kept(void **state)
{
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free) char *folder = pc_path_join(bed->dir, "backup");
    assert_true(pc_mkdirs(folder, NULL));
    for (int day = 1; day <= 9; day++) {
        PC_AUTO(pc_auto_free) char *old = pc_strfmt("%s/2001-01-%02d.db", folder, day);
        assert_true(pc_file_write_cache(old, "x", 1, NULL));
    }
    PC_AUTO(pc_auto_free) char *other = pc_strfmt("%s/2000-01-01-format-1.db", folder);
    assert_true(pc_file_write_cache(other, "x", 1, NULL));
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 1000, PC_PASSED, 2, "x");
    bed_add(store, "join", 2000, PC_PASSED, 2, "x");
    pc_store_close(store);
    assert_int_equal(bed_files(bed, "backup", ""), 4);
    assert_int_equal(bed_files(bed, "backup", "2001-01-08.db"), 1);
    assert_int_equal(bed_files(bed, "backup", "2001-01-09.db"), 1);
    assert_int_equal(bed_files(bed, "backup", "format"), 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(nothing_is_made_until_something_is_kept),
        RULE(an_attempt_comes_back_as_it_was),
        RULE(a_kernel_is_kept_once_byte_for_byte),
        RULE(a_record_is_new_only_beyond_chance),
        RULE(no_later_check_takes_a_pass_or_a_medal_away),
        RULE(marks_are_kept_and_the_first_one_counts),
        RULE(two_instances_see_each_others_work),
        RULE(of_daily_backups_three_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
