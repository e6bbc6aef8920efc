#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/course.h"
#include "model/metric.h"
#include "model/verdict.h"

/* A course of three topics; the last one has no exercises yet. */
struct fixture {
    struct pc_exercise strings[3], joins[3];
    struct pc_topic topics[3];
    struct pc_course course;
};

static char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

static void make_topic(struct pc_topic *topic, int number, const char *folder,
                       struct pc_exercise *exercises, const char *const *names, size_t n)
{
    *topic = (struct pc_topic){
        .number = number,
        .folder = text(folder),
        .exercises = exercises,
        .n_exercises = n,
    };
    for (size_t i = 0; i < n; i++)
        exercises[i] = (struct pc_exercise){
            .name = text(names[i]),
            .number = (int)i + 1,
            .topic = topic,
        };
}

static void make_course(struct fixture *f)
{
    static const char *const strings[] = {"join_names", "string_builder", "csv_sum"};
    static const char *const joins[] = {"join", "hash_join", "count_distinct"};
    make_topic(&f->topics[0], 7, "07_strings_bytes_and_builders", f->strings, strings, 3);
    make_topic(&f->topics[1], 8, "08_tables_and_bytes", f->joins, joins, 3);
    make_topic(&f->topics[2], 9, "09_waiting", NULL, NULL, 0);
    f->course = (struct pc_course){.topics = f->topics, .n_topics = 3};
}

#define ALL_OF_7 "07.1 07.2 07.3"
#define ALL_OF_8 "08.1 08.2 08.3"
#define NONE "no topic or exercise is called "

static const struct {
    const char *word;
    const char *chosen;  /* NULL: refused */
    const char *message; /* all of it */
} words[] = {
    {"07", ALL_OF_7, NULL},
    {"7", ALL_OF_7, NULL},
    {"007", ALL_OF_7, NULL},
    {"07.1", "07.1", NULL},
    {"7.3", "07.3", NULL},
    {"join", "08.1", NULL}, /* its own name outranks the beginning of another */
    {"join_", "07.1", NULL},
    {"csv_sum", "07.3", NULL},
    {"string_", "07.2", NULL},
    {"h", "08.2", NULL},
    {"strings", ALL_OF_7, NULL},
    {"07_str", ALL_OF_7, NULL},
    {"07_strings_bytes_and_builders", ALL_OF_7, NULL},
    {"strings_bytes", ALL_OF_7, NULL},
    {"builders", ALL_OF_7, NULL},
    {"b", NULL, "\"b\" is ambiguous: 07_strings_bytes_and_builders, 08_tables_and_bytes"},
    {"tab", ALL_OF_8, NULL},
    {"s", NULL, "\"s\" is ambiguous: 07_strings_bytes_and_builders, string_builder"},
    {"c", NULL, "\"c\" is ambiguous: csv_sum, count_distinct"},
    {"0", NULL, "there is no 0; `perfcourse list` shows what there is"},
    {"07.9", NULL, "there is no 07.9; `perfcourse list` shows what there is"},
    {"12", NULL, "there is no 12; `perfcourse list` shows what there is"},
    {"09", NULL, "09_waiting has no exercises"},
    {"waiting", NULL, "09_waiting has no exercises"},
    {"joni", NULL, NONE "\"joni\"; did you mean join?"},
    {"cvs_sum", NULL, NONE "\"cvs_sum\"; did you mean csv_sum?"},
    {"", NULL, NONE "\"\"; `perfcourse list` shows them all"},
    {"07x", NULL, NONE "\"07x\"; `perfcourse list` shows them all"},
    {"07.", NULL, NONE "\"07.\"; `perfcourse list` shows them all"},
    {"07.0", NULL, NONE "\"07.0\"; `perfcourse list` shows them all"},
    {"07.1.2", NULL, NONE "\"07.1.2\"; `perfcourse list` shows them all"},
    {"99999999999999999999", NULL,
     NONE "\"99999999999999999999\"; `perfcourse list` shows them all"},
    {"-7", NULL, NONE "\"-7\"; `perfcourse list` shows them all"},
    {" 7", NULL, NONE "\" 7\"; `perfcourse list` shows them all"},
    {"JOIN", NULL, NONE "\"JOIN\"; `perfcourse list` shows them all"},
};

static void a_word_chooses_exercises(void **state)
{
    (void)state;
    struct fixture f;
    make_course(&f);
    for (size_t i = 0; i < PC_COUNT(words); i++) {
        const struct pc_exercise **chosen = NULL;
        size_t n = 0;
        struct pc_err err = {0};
        bool ok = pc_course_choose(&f.course, words[i].word, &chosen, &n, &err);
        if (ok != !!words[i].chosen)
            fail_msg("\"%s\": %s", words[i].word, ok ? "accepted" : err.msg);
        struct pc_str ids = {0};
        for (size_t k = 0; k < n; k++) {
            char id[16];
            pc_str_addf(&ids, "%s%s", k ? " " : "", pc_exercise_id(chosen[k], id));
        }
        if (strcmp(pc_str_get(&ids), ok ? words[i].chosen : "") != 0)
            fail_msg("\"%s\" chose %s", words[i].word, pc_str_get(&ids));
        if (!ok) {
            assert_int_equal(err.code, PC_USAGE);
            assert_string_equal(err.msg, words[i].message);
        }
        pc_str_fini(&ids);
        free(chosen);
    }
}

static void an_exercise_is_chosen_once_and_order_is_kept(void **state)
{
    (void)state;
    struct fixture f;
    make_course(&f);
    static const char *const asked[] = {"07.2", "07", "join", "string_builder"};
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    for (size_t i = 0; i < PC_COUNT(asked); i++)
        assert_true(pc_course_choose(&f.course, asked[i], &chosen, &n, NULL));
    assert_int_equal(n, 4);
    assert_ptr_equal(chosen[0], &f.strings[1]);
    assert_ptr_equal(chosen[1], &f.strings[0]);
    assert_ptr_equal(chosen[2], &f.strings[2]);
    assert_ptr_equal(chosen[3], &f.joins[0]);
    assert_false(pc_course_choose(&f.course, "joni", &chosen, &n, NULL));
    assert_int_equal(n, 4);
    free(chosen);
}

static void exercises_are_found_by_their_number_not_their_place(void **state)
{
    (void)state;
    struct fixture f;
    make_course(&f);
    f.strings[0].number = 3;
    f.strings[2].number = 1;
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    assert_true(pc_course_choose(&f.course, "07.1", &chosen, &n, NULL));
    assert_ptr_equal(chosen[0], &f.strings[2]);
    free(chosen);
}

static void the_worse_code_wins_in_both_orders(void **state)
{
    (void)state;
    static const enum pc_code worst_first[] = {130, 7, 2, 3, 5, 4, 1, 6, 0};
    for (size_t a = 0; a < PC_COUNT(worst_first); a++)
        for (size_t b = 0; b < PC_COUNT(worst_first); b++)
            assert_int_equal(pc_worse_code(worst_first[a], worst_first[b]),
                             worst_first[a < b ? a : b]);
}

static void merging_widens_and_adds(void **state)
{
    (void)state;
    struct pc_metrics into = {.n = 1, .items = {{"allocs/op", 2, 4, 3}}};
    const struct pc_metrics from = {
        .n = 2,
        .items = {{"allocs/op", 1, 8, 5}, {"B/op", 64, 64, 64}},
    };
    pc_metrics_merge(&into, &from);
    assert_int_equal(into.n, 2);
    const struct pc_metric *allocs = pc_metrics_find(&into, "allocs/op");
    assert_true(allocs->min == 1 && allocs->max == 8 && allocs->mean == 4);
    const struct pc_metric *bytes = pc_metrics_find(&into, "B/op");
    assert_true(bytes->min == 64 && bytes->max == 64 && bytes->mean == 64);
    assert_null(pc_metrics_find(&into, "allocs"));
    pc_metrics_merge(&into, &(struct pc_metrics){0});
    assert_int_equal(into.n, 2);
}

static void metrics_that_do_not_fit_are_left_out(void **state)
{
    (void)state;
    struct pc_metrics into = {0}, from = {0};
    for (int i = 0; i < 2 * PC_METRICS_MAX; i++) {
        from.n = 1;
        from.items[0] = (struct pc_metric){.min = i, .max = i, .mean = i};
        snprintf(from.items[0].name, PC_METRIC_NAME, "m%d", i);
        pc_metrics_merge(&into, &from);
    }
    assert_int_equal(into.n, PC_METRICS_MAX);
    assert_non_null(pc_metrics_find(&into, "m0"));
    char beyond[PC_METRIC_NAME];
    snprintf(beyond, sizeof beyond, "m%d", PC_METRICS_MAX);
    assert_null(pc_metrics_find(&into, beyond));
}

static void a_limit_says_what_it_asks_for(void **state)
{
    (void)state;
    static const struct {
        struct pc_limit limit;
        const char *text;
    } rows[] = {
        {{"allocs/op", .max = 24, .min = -INFINITY, .gold = 1}, "at most 24"},
        {{"B/op", .max = 4096, .min = -INFINITY, .gold = NAN}, "at most 4.00 KiB"},
        {{"inputs/run", .max = INFINITY, .min = 8, .gold = 50}, "at least 8"},
        {{"report/truth", .max = 1.25, .min = 0.8, .gold = NAN}, "0.8 to 1.25"},
        {{"sums/op", .max = 1, .min = 1, .gold = NAN}, "exactly 1"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char text[PC_LIMIT_TEXT];
        assert_string_equal(pc_limit_text(&rows[i].limit, text), rows[i].text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_chooses_exercises),
        cmocka_unit_test(an_exercise_is_chosen_once_and_order_is_kept),
        cmocka_unit_test(exercises_are_found_by_their_number_not_their_place),
        cmocka_unit_test(the_worse_code_wins_in_both_orders),
        cmocka_unit_test(merging_widens_and_adds),
        cmocka_unit_test(a_limit_says_what_it_asks_for),
        cmocka_unit_test(metrics_that_do_not_fit_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
