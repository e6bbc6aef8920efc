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
#include "store_bed.h"

static const char odd_kernel[] = "char *s = \"\xff\";\0\r\n";

/* Something of each kind, with the values that are hard to write. */
static void fill(struct pc_store *store, int64_t when)
{
    bed_add(store, "join", when, PC_PASSED, 1.0 / 3, "int x; /* \"q\" \\ \t \303\251 */\n");
    bed_add(store, "join", when + 1, PC_PASSED, 12345.678, "faster");
    bed_add(store, "join", when + 2, PC_CRASH, 0, "");
    struct pc_attempt golden = bed_attempt("join", when + 3, PC_PASSED, 20, "golden");
    golden.medal = PC_MEDAL_GOLD;
    assert_true(pc_store_add_attempt(store, &golden, "golden", 6, NULL, NULL));
    struct pc_attempt a = bed_attempt("odd_one", when, PC_WRONG, 0, "");
    pc_hash_of(odd_kernel, sizeof odd_kernel, a.content);
    a.quick = true;
    a.metrics.n = 0;
    a.compiler[0] = '\0';
    assert_true(pc_store_add_attempt(store, &a, odd_kernel, sizeof odd_kernel, NULL, NULL));
    struct pc_prediction p = {.question = "07/growth",
                              .answer = "4\303\227 \"more\"",
                              .right = true,
                              .when = when};
    assert_true(pc_store_add_prediction(store, &p, NULL));
    struct pc_card_answer rated = {
        .card = "07/walks", .when = when, .chosen = 2, .right = true, .sure = PC_SURE};
    struct pc_card_answer recalled = {.card = "07/own", .when = when};
    assert_true(pc_store_add_answer(store, &rated, NULL));
    assert_true(pc_store_add_answer(store, &recalled, NULL));
    assert_true(pc_store_hint_used(store, "join", 2, when, NULL));
    assert_true(pc_store_revealed(store, "odd_one", when, NULL));
    assert_true(pc_store_page_read(store, "07/1", when, NULL));
    assert_true(pc_store_set(store, "theme", "dark", NULL));
}

static char *text_of(struct pc_store *store, size_t *n)
{
    struct pc_err err = {.msg = ""};
    char *text = pc_store_export(store, n, &err);
    assert_string_equal(err.msg, "");
    assert_non_null(text);
    return text;
}

static struct pc_import must_import(struct pc_store *store, const char *text, size_t n)
{
    struct pc_import added;
    struct pc_err err = {.msg = ""};
    bool ok = pc_store_import(store, text, n, &added, &err);
    assert_string_equal(err.msg, ok ? err.msg : "");
    assert_true(ok);
    return added;
}

static void what_was_exported_comes_back_word_for_word(void **state)
{
    struct bed *bed = *state, *other = NULL;
    bed_make((void **)&other);
    struct pc_store *from = bed_open(bed, NULL), *to = bed_open(other, NULL);
    fill(from, 1700000000000);
    size_t n, m;
    PC_AUTO(pc_auto_free) char *text = text_of(from, &n);
    struct pc_import added = must_import(to, text, n);
    assert_int_equal(added.attempts, 5);
    assert_int_equal(added.passes, 1);
    assert_int_equal(added.hints, 1);
    assert_int_equal(added.predictions, 1);
    assert_int_equal(added.answers, 2);
    assert_int_equal(added.others, 4);
    PC_AUTO(pc_auto_free) char *again = text_of(to, &m);
    assert_string_equal(text, again);
    /* A second time there is nothing new. */
    added = must_import(to, text, n);
    assert_int_equal(added.attempts + added.passes + added.hints + added.predictions +
                         added.answers + added.others,
                     0);
    PC_AUTO(pc_auto_free) char *third = text_of(to, &m);
    assert_string_equal(text, third);
    pc_store_close(from);
    pc_store_close(to);
    bed_remove((void **)&other);
}

static void two_machines_become_one(void **state)
{
    struct bed *bed = *state, *other = NULL;
    bed_make((void **)&other);
    struct pc_store *a = bed_open(bed, NULL), *b = bed_open(other, NULL);
    bed_add(a, "join", 2000, PC_PASSED, 9, "of a");
    bed_add(b, "join", 1000, PC_PASSED, 5, "of b");
    bed_add(b, "join", 3000, PC_PASSED, 7, "of b too");
    bed_add(b, "csv", 4000, PC_MISSED, 2, "csv");
    assert_true(pc_store_set(a, "theme", "dark", NULL));
    assert_true(pc_store_set(b, "theme", "light", NULL));
    size_t n;
    PC_AUTO(pc_auto_free) char *of_a = text_of(a, &n);
    must_import(b, of_a, n);
    PC_AUTO(pc_auto_free) char *of_b = text_of(b, &n);
    must_import(a, of_b, n);
    struct pc_store *both[] = {a, b};
    for (size_t i = 0; i < 2; i++) {
        struct pc_status status;
        assert_true(pc_store_status(both[i], "join", &status, NULL));
        assert_int_equal(status.attempts, 3);
        assert_int_equal(status.passed, 1000);
        assert_true(status.best == 9);
        struct pc_attempt best;
        bool found;
        assert_true(pc_store_best(both[i], "join", &best, &found, NULL));
        assert_int_equal(best.when, 2000);
        assert_int_equal(bed_count(both[i], "csv"), 1);
    }
    PC_AUTO(pc_auto_free) char *theme = pc_store_get(a, "theme", NULL);
    assert_string_equal(theme, "dark");
    pc_store_close(a);
    pc_store_close(b);
    bed_remove((void **)&other);
}

#define HEAD "{\"perfcourse\":\"progress\",\"format\":1}\n"
#define HASH "\"0123456789abcdef0123456789abcdef\""
#define ATTEMPT(name, code, ratio, more) \
    "{\"attempt\":\"" name "\",\"time\":1,\"code\":" code \
    ",\"quick\":false,\"ratio\":" ratio ",\"low\":null,\"high\":null,\"content\":" HASH \
    ",\"seed\":\"1\",\"compiler\":\"\"," \
    "\"metrics\":{" more "}}\n"

static void a_wrong_text_changes_nothing(void **state)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"", "no export of perfcourse"},
        {"hello", "no export of perfcourse"},
        {"[]\n", "no export of perfcourse"},
        {"{\"perfcourse\":\"0.1.0\"}\n", "no export of perfcourse"},
        {"{\"perfcourse\":\"progress\",\"format\":2}\n", "format 2"},
        {HEAD, "cut off"},
        {HEAD "{\"end\":3}\n", "line 2: it is of an unknown kind"},
        {HEAD "{\"end\":2}\n{}\n", "line 2: it is of an unknown kind"},
        {HEAD "{\"hint\":\"join\",\"level\":1,\"time\":5}\n", "cut off"},
        {HEAD "{\"hint\":\"join\",\"level\":1,\"time\":5}\n{\"hint\":", "line 3: "},
        {HEAD "{\"hint\":\"join\",\"level\":0,\"time\":5}\n{\"end\":3}\n",
         "line 2: \"level\" must be a whole number from 1 to 99"},
        {HEAD "{\"hint\":\"jo in\",\"level\":1,\"time\":5}\n{\"end\":3}\n",
         "\"hint\" must be the name of an exercise"},
        {HEAD "{\"card\":\"07/a\",\"time\":5,\"chosen\":7,\"right\":true,"
              "\"confidence\":null}\n{\"end\":3}\n",
         "line 2: \"chosen\" must be a whole number from 1 to 6"},
        {HEAD "{\"card\":\"07/a\",\"time\":5,\"chosen\":null,\"right\":true,"
              "\"confidence\":0}\n{\"end\":3}\n",
         "line 2: \"confidence\" must be a whole number from 1 to 4"},
        {HEAD "{\"hint\":\"join\",\"level\":1,\"time\":-5}\n{\"end\":3}\n", "\"time\""},
        {HEAD "{\"hint\":\"join\",\"level\":1,\"level\":2,\"time\":5}\n{\"end\":3}\n",
         "duplicate"},
        {HEAD "\"text\"\n{\"end\":3}\n", "line 2: "},
        {HEAD "\033[2J\n{\"end\":3}\n", "line 2: '[' or '{' expected near '?'"},
        {HEAD "{\"mood\":\"good\"}\n{\"end\":3}\n", "unknown kind"},
        {HEAD "{\"source\":" HASH ",\"text\":\"x\"}\n{\"end\":3}\n", "not what its hash"},
        {HEAD "{\"source\":" HASH "}\n{\"end\":3}\n", "\"text\" is missing"},
        {HEAD "{\"source\":" HASH ",\"hex\":\"0g\"}\n{\"end\":3}\n", "hexadecimal"},
        {HEAD "{\"source\":\"../../x\",\"text\":\"\"}\n{\"end\":3}\n",
         "32 hexadecimal digits"},
        {HEAD ATTEMPT("join", "7", "null", "") "{\"end\":3}\n", "\"code\""},
        {HEAD ATTEMPT("join", "0", "-1", "") "{\"end\":3}\n", "\"ratio\""},
        {HEAD ATTEMPT("join", "0", "\"9\"", "") "{\"end\":3}\n", "\"ratio\""},
        {HEAD ATTEMPT("", "0", "9", "") "{\"end\":3}\n", "\"attempt\""},
        {HEAD ATTEMPT("join", "0", "9", "\"x\":[1,2]") "{\"end\":3}\n", "metrics"},
        {HEAD ATTEMPT("join", "0", "9", "\"x\":[1,2,null]") "{\"end\":3}\n", "metrics"},
        {HEAD ATTEMPT("join", "0", "9",
                      "\"123456789012345678901234567890123\":[1,2,3]") "{\"end\":3}\n",
         "metrics"},
    };
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    fill(store, 1000);
    size_t n;
    PC_AUTO(pc_auto_free) char *before = text_of(store, &n);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        /* A good line in front, which must not stay either. */
        PC_AUTO(pc_auto_free) char *text =
            strncmp(rows[i].text, HEAD, strlen(HEAD)) == 0 && i % 2
                ? pc_strfmt(HEAD "{\"page\":\"new\",\"time\":1}\n%s",
                            rows[i].text + strlen(HEAD))
                : pc_strdup(rows[i].text);
        struct pc_import added;
        struct pc_err err = {.msg = ""};
        assert_false(pc_store_import(store, text, strlen(text), &added, &err));
        assert_int_equal(err.code, PC_USAGE);
        const char *why =
            strstr(rows[i].why, ": ") && i % 2 ? strstr(rows[i].why, ": ") : rows[i].why;
        if (!strstr(err.msg, why))
            fail_msg("row %zu: \"%s\" does not say \"%s\"", i, err.msg, why);
        PC_AUTO(pc_auto_free) char *after = text_of(store, &n);
        assert_string_equal(before, after);
    }
    pc_store_close(store);
}

static void a_text_that_was_cut_anywhere_is_refused(void **state)
{
    struct bed *bed = *state, *other = NULL;
    bed_make((void **)&other);
    struct pc_store *from = bed_open(bed, NULL), *to = bed_open(other, NULL);
    fill(from, 1000);
    size_t n;
    PC_AUTO(pc_auto_free) char *text = text_of(from, &n);
    struct pc_import added;
    /* The very last newline is no loss. */
    for (size_t cut = 0; cut + 1 < n; cut++)
        assert_false(pc_store_import(to, text, cut, &added, NULL));
    assert_int_equal(bed_count(to, "join"), 0);
    must_import(to, text, n - 1);
    assert_int_equal(bed_count(to, "join"), 4);
    pc_store_close(from);
    pc_store_close(to);
    bed_remove((void **)&other);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(what_was_exported_comes_back_word_for_word),
        RULE(two_machines_become_one),
        RULE(a_wrong_text_changes_nothing),
        RULE(a_text_that_was_cut_anywhere_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
