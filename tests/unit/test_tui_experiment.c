#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>

#include "base/mem.h"
#include "base/str.h"
#include "golden.h"
#include "profile_bed.h"
#include "tui/experiment_picture.h"

/* The model owns its texts, so they are not const. */
static char name[] = "append", title[] = "Five ways to append", x_name[] = "appends",
            y_name[] = "time of one append", unit[] = "ns/op",
            aim[] = "A text is built from n pieces of ten bytes, one append after the "
                    "other. What does one append\ncost, and does that depend on how many "
                    "there were before it?";
static const struct pc_experiment append = {
    .name = name, .title = title, .question = aim, .x = x_name, .y = y_name, .unit = unit};

static const char *const choices[] = {"as long as before", "about 3 times as long",
                                      "about 10 times as long", "about 100 times as long"};

static struct pc_question question(size_t chosen, size_t right)
{
    return (struct pc_question){
        .number = 1,
        .question = "With realloc() and strcat(): from 1 000 to 10 000 appends, how much "
                    "longer does each single append take?",
        .choices = choices,
        .n_choices = PC_COUNT(choices),
        .chosen = chosen,
        .right = right,
        .rights = right ? 1u << (right - 1) : 0,
        .value = right ? 9.87 : (double)NAN,
        .why = right ? "strcat() walks over everything that is there already." : NULL,
    };
}

static void tell(struct pc_experiment_state *state, struct pc_experiment_event event)
{
    event.experiment = &append;
    pc_experiment_state_event(state, &event);
}

static void ask(struct pc_experiment_state *state)
{
    struct pc_question asked = question(0, 0);
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_STARTED});
    tell(state,
         (struct pc_experiment_event){.kind = PC_EXPERIMENT_PREDICT, .prediction = &asked});
}

static void measure(struct pc_experiment_state *state, const char *series, double first,
                    double exponent, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        double x = (i % 2 ? 3 : 1) * pow(10, 1 + (double)(i / 2));
        double y = first * pow(x / 10, exponent);
        tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_POINT,
                                                 .series = series,
                                                 .x = x,
                                                 .y = y,
                                                 .low = i == 0 ? (double)NAN : y * 0.97,
                                                 .high = y * 1.04});
    }
}

static void fit(struct pc_experiment_state *state, const char *series, double slope)
{
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_SLOPE,
                                             .series = series,
                                             .value = slope,
                                             .low = slope - 0.02,
                                             .high = slope + 0.03,
                                             .n_points = 3});
}

static void begin(struct pc_experiment_state *state)
{
    ask(state);
    pc_experiment_state_answer(state, 2);
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_WORKING,
                                             .text = "timing realloc_strcat, n = 100"});
    measure(state, "realloc + strcat", 18, 0.9, 0, 2);
}

static void finish(struct pc_experiment_state *state)
{
    struct pc_question scored = question(2, 3);
    begin(state);
    measure(state, "realloc + strcat", 18, 0.9, 2, 7);
    tell(state,
         (struct pc_experiment_event){.kind = PC_EXPERIMENT_SCORED, .prediction = &scored});
    measure(state, "copy each time", 30, 0.7, 0, 7);
    measure(state, "snprintf at end", 60, 0.02, 0, 7);
    measure(state, "builder", 9, -0.1, 0, 7);
    measure(state, "presized", 4, -0.05, 0, 7);
    fit(state, "realloc + strcat", 0.96);
    fit(state, "copy each time", 0.71);
    fit(state, "builder", -0.04);
    tell(state,
         (struct pc_experiment_event){
             .kind = PC_EXPERIMENT_NOTE,
             .text = "A slope of 1 means: twice the appends, twice the time for each "
                     "of them, so four times for all."});
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_DONE});
}

/* A profile of sorts, of which each sample is 4 ms. */
static void show_profile(struct pc_experiment_state *state)
{
    static const char source[] =
        "#include \"sort.h\"\n\nstatic int cmp(int a, int b)\n"
        "{\n    return a - b;\n}\n\nvoid sort(int *v, long n)\n"
        "{\n\tfor (long i = 1; i < n; i++)\n"
        "\t\tfor (long k = i; k > 0; k--)\n"
        "\t\t\tif (cmp(v[k - 1], v[k]) > 0)\n\t\t\t\tswap(v, k);\n";
    struct pc_profile profile;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    profile.source = pc_strdup(source);
    profile.source_name = pc_strdup("sort.c");
    const struct pc_profiled found = {.profile = &profile, .bench = "sorts", .size = 2000};
    const struct pc_shown_profile shown = {.found = &found,
                                           .title = "Before: one comparison after another",
                                           .rows = 3,
                                           .lines = 2,
                                           .tree = true};
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_STARTED});
    tell(state,
         (struct pc_experiment_event){.kind = PC_EXPERIMENT_PROFILE, .profile = &shown});
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_NOTE,
                                             .text = "The comparison takes most."});
    tell(state, (struct pc_experiment_event){.kind = PC_EXPERIMENT_DONE});
    pc_profile_fini(&profile);
}

static void draw(const struct pc_experiment_state *state, enum pc_experiment_form form,
                 enum pc_action action, struct pc_canvas *canvas, struct pc_area area)
{
    bool ascii = pc_canvas_is_ascii(canvas);
    struct pc_experiment_picture picture = {
        .experiment = &append, .state = state, .form = form};
    pc_experiment_picture_settle(&picture, area, ascii);
    if (action != PC_ACT_NONE && pc_experiment_picture_can(&picture, action)) {
        pc_experiment_picture_act(&picture, action);
        pc_experiment_picture_settle(&picture, area, ascii);
    }
    pc_experiment_picture_draw(&picture, canvas);
    pc_experiment_picture_fini(&picture);
}

static const struct picture {
    const char *name;
    void (*tell)(struct pc_experiment_state *state);
    enum pc_experiment_form form;
    enum pc_action action;
} pictures[] = {
    {"experiment_asks", ask, PC_FORM_FITTING, PC_ACT_NONE},
    {"experiment_begun", begin, PC_FORM_FITTING, PC_ACT_NONE},
    {"experiment_done", finish, PC_FORM_FITTING, PC_ACT_NONE},
    {"experiment_linear", finish, PC_FORM_PLOT, PC_ACT_AXES},
    {"experiment_range", finish, PC_FORM_PLOT, PC_ACT_SMALLER},
    {"experiment_profile", show_profile, PC_FORM_FITTING, PC_ACT_NONE},
    {"experiment_table", finish, PC_FORM_TABLE, PC_ACT_NONE},
};

static void draw_picture(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    const struct picture *picture = ctx;
    struct pc_experiment_state state = {0};
    picture->tell(&state);
    draw(&state, picture->form, picture->action, canvas, area);
    pc_experiment_state_fini(&state);
}

static void an_experiment_looks_as_recorded(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(pictures); i++)
        golden_check(pictures[i].name, draw_picture, &pictures[i]);
}

/* The sanitizers watch. */
static void an_experiment_can_be_drawn_at_any_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},  {2, 2},   {3, 7}, {9, 3},
                                   {20, 5}, {300, 2}, {7, 99}};
    for (size_t i = 0; i < PC_COUNT(pictures); i++)
        for (size_t k = 0; k < PC_COUNT(sizes); k++) {
            struct pc_canvas *canvas =
                pc_canvas_create(sizes[k][0], sizes[k][1], (i + k) % 2);
            draw_picture(&pictures[i], canvas, pc_canvas_area(canvas));
            pc_canvas_free(canvas);
        }
}

static void the_phase_follows_the_events(void **state)
{
    (void)state;
    struct pc_experiment_state s = {0};
    assert_int_equal(s.phase, PC_EXPERIMENT_PREPARING);
    assert_true(pc_experiment_state_is_live(&s));
    ask(&s);
    assert_non_null(pc_experiment_state_question(&s));
    pc_experiment_state_answer(&s, 0);
    assert_null(pc_experiment_state_question(&s));
    assert_int_equal(s.phase, PC_EXPERIMENT_RUNNING);
    measure(&s, "a", 1, 1, 0, 3);
    pc_experiment_state_cancel(&s);
    assert_false(pc_experiment_state_is_live(&s));
    assert_int_equal(s.n_points, 3);
    pc_experiment_state_fini(&s);
    tell(&s, (struct pc_experiment_event){.kind = PC_EXPERIMENT_DONE, .text = "no cc"});
    assert_int_equal(s.phase, PC_EXPERIMENT_FAILED);
    assert_string_equal(s.working, "no cc");
    pc_experiment_state_fini(&s);
}

static void points_belong_to_the_series_of_their_name(void **state)
{
    (void)state;
    struct pc_experiment_state s = {0};
    size_t n;
    measure(&s, "a", 1, 1, 0, 2);
    measure(&s, "b", 1, 1, 0, 3);
    measure(&s, "a", 5, 1, 0, 1);
    assert_int_equal(s.series.n, 2);
    assert_int_equal(s.series.items[0].n, 3);
    PC_AUTO(pc_auto_free) double *xs = pc_experiment_state_xs(&s, &n);
    assert_int_equal(n, 3);
    assert_true(xs[0] == 10 && xs[1] == 30 && xs[2] == 100);
    pc_experiment_state_fini(&s);
}

/* All the text that is beside the plot. */
static char *all_text(const struct pc_experiment_state *state)
{
    struct pc_experiment_lines lines = {0};
    struct pc_str text = {0};
    pc_experiment_lines_add(
        &lines,
        &(struct pc_experiment_text){.experiment = &append, .state = state, .width = 1000});
    for (size_t i = 0; i < lines.n; i++)
        pc_str_addf(&text, "%s\n", lines.items[i].text);
    pc_experiment_lines_fini(&lines);
    return pc_str_take(&text);
}

static void a_score_tells_what_was_said_and_what_is_true(void **state)
{
    (void)state;
    static const struct {
        unsigned also; /* choices that are right besides the third */
        size_t chosen;
        const char *first;
        const char *says;
    } rows[] = {
        {0, 3, NULL,
         "✓ Right: you predicted \"about 10 times as long\"; measured 9.87.\n"
         "   strcat() walks over everything that is there already.\n"},
        {0, 1, NULL,
         "✗ You predicted \"as long as before\"; it is \"about 10 times as long\"; "
         "measured 9.87.\n"},
        {0, 0, NULL,
         "○ You did not predict; it is \"about 10 times as long\"; measured 9.87.\n"},
        {0, 3, "as long as before",
         "measured 9.87. The first answer counts, and was not right: \"as long as "
         "before\".\n"},
        {1, 3, NULL,
         "Right: you predicted \"about 10 times as long\"; it is \"as long as before\" or "
         "\"about 10 times as long\", as far as can be told; measured 9.87.\n"},
        {1, 2, NULL,
         "You predicted \"about 3 times as long\"; it is \"as long as before\" or \"about "
         "10 "
         "times as long\", as far as can be told; measured 9.87.\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_experiment_state s = {0};
        struct pc_question scored = question(rows[i].chosen, 3);
        scored.rights |= rows[i].also;
        ask(&s);
        if (rows[i].first)
            pc_experiment_state_first(&s, rows[i].first, false);
        pc_experiment_state_answer(&s, rows[i].chosen);
        tell(&s, (struct pc_experiment_event){.kind = PC_EXPERIMENT_SCORED,
                                              .prediction = &scored});
        PC_AUTO(pc_auto_free) char *text = all_text(&s);
        if (!strstr(text, rows[i].says))
            fail_msg("row %zu: \"%s\" is not in\n%s", i, rows[i].says, text);
        pc_experiment_state_fini(&s);
    }
}

/* An earlier answer is told before the new one, but not whether it was right. */
static void an_earlier_answer_gives_nothing_away(void **state)
{
    (void)state;
    struct pc_experiment_state s = {0};
    ask(&s);
    pc_experiment_state_first(&s, "about 3 times as long", true);
    PC_AUTO(pc_auto_free) char *text = all_text(&s);
    assert_non_null(
        strstr(text, "You have said before: \"about 3 times as long\"; the first"));
    assert_null(strstr(text, "right"));
    pc_experiment_state_fini(&s);
}

static void the_range_keeps_two_sizes_and_can_be_undone(void **state)
{
    (void)state;
    struct pc_experiment_state s = {0};
    const struct pc_area area = {.w = 80, .h = 24};
    finish(&s);
    struct pc_experiment_picture p = {.experiment = &append, .state = &s};
    pc_experiment_picture_settle(&p, area, false);
    assert_false(pc_experiment_picture_can(&p, PC_ACT_LARGER));
    assert_false(pc_experiment_picture_can(&p, PC_ACT_UNZOOM));
    int smaller = 0;
    for (; pc_experiment_picture_can(&p, PC_ACT_SMALLER); smaller++)
        pc_experiment_picture_act(&p, PC_ACT_SMALLER);
    assert_int_equal(smaller, 5);
    assert_true(pc_experiment_picture_can(&p, PC_ACT_LARGER));
    pc_experiment_picture_act(&p, PC_ACT_UNZOOM);
    assert_false(pc_experiment_picture_can(&p, PC_ACT_LARGER));
    pc_experiment_picture_fini(&p);
    pc_experiment_state_fini(&s);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_experiment_looks_as_recorded),
        cmocka_unit_test(an_experiment_can_be_drawn_at_any_size),
        cmocka_unit_test(the_phase_follows_the_events),
        cmocka_unit_test(points_belong_to_the_series_of_their_name),
        cmocka_unit_test(a_score_tells_what_was_said_and_what_is_true),
        cmocka_unit_test(an_earlier_answer_gives_nothing_away),
        cmocka_unit_test(the_range_keeps_two_sizes_and_can_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
