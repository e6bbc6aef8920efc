/*
 * The cards of a topic on the screen, without an engine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "base/mem.h"
#include "base/str.h"
#include "golden.h"
#include "tui/view_card.h"

/* The model's texts are not const: these are arrays of the test. */
#define TEXT(text) ((char[]){text})

static char *choices[] = {
    TEXT("The CPU executes 1 000 additions in one cycle"),
    TEXT("The compiler removed the call: the result is unused, and nobody can tell whether "
         "it was ever *computed*"),
    TEXT("The timer has a resolution of 1 µs"),
    TEXT("a"),
    TEXT("b"),
    TEXT("c"),
};
static char *essence[] = {
    TEXT("Keep the result alive, or measure nothing."),
    TEXT("One number is no measurement: repeat it in new processes and tell the spread, "
         "too."),
};

static struct pc_card cards[] = {
    {.name = TEXT("lost_call"),
     .key = TEXT("02/lost_call"),
     .question = TEXT("A benchmark reports **0.31 ns/op** for `sum(v, 1000)`.\nWhat "
                      "happened?\n\n```c\nfor (long i = 0; i < N; i++)\n    sum(v, "
                      "1000);\n```"),
     .choices = choices,
     .n_choices = 6,
     .right = 2,
     .answer = TEXT("the call was removed"),
     .why = TEXT("0.31 ns is about one cycle: less than one addition, so the work cannot "
                 "have\nhappened."),
     .proof = TEXT("keep")},
    {.name = TEXT("spread"),
     .key = TEXT("02/spread"),
     .question = TEXT("Why is the *smallest* of a hundred times not enough?"),
     .answer = TEXT("It tells nothing of the spread."),
     .why = TEXT("Two programs with the same minimum can differ at the 99th percentile.")},
    {.name = TEXT("third"),
     .key = TEXT("02/third"),
     .question = TEXT("Two choices?"),
     .choices = choices + 3,
     .n_choices = 2,
     .right = 1,
     .answer = TEXT("a"),
     .why = TEXT("Because.")},
};

static const struct pc_topic topic = {.number = 2,
                                      .title = TEXT("Benchmark basics"),
                                      .cards = cards,
                                      .n_cards = 3,
                                      .essence = essence,
                                      .n_essence = 2};

/* What the view asks of its owner. */
static void answered(void *ctx, struct pc_card_answer *answer)
{
    struct pc_str *log = ctx;
    pc_str_addf(log, "%s %zu %s %d; ", answer->card, answer->chosen,
                answer->right ? "right" : "wrong", answer->sure);
}

static struct pc_view *proof(void *ctx, const struct pc_topic *of,
                             const struct pc_card *card)
{
    struct pc_str *log = ctx;
    assert_ptr_equal(of, &topic);
    pc_str_addf(log, "proof %s; ", card->proof);
    return NULL;
}

static struct pc_view *create(struct pc_str *log, bool ascii)
{
    static const struct pc_card_ops ops = {.answered = answered, .proof = proof};
    const struct pc_card_answers none = {0};
    const struct pc_card_spec spec = {
        .topic = &topic, .latest = &none, .ascii = ascii, .ops = &ops, .ctx = log};
    return pc_card_view_create(&spec);
}

/* A key as the stack hands it on: only what the view says it can do. */
static enum pc_reaction press(struct pc_view *view, int key)
{
    const struct pc_binding *binding = pc_keymap_find(PC_SCREEN_CARD, key);
    assert_non_null(binding);
    if (!view->ops->can(view, binding->action))
        return PC_IGNORED;
    return view->ops->act(view, binding->action, key);
}

static void keys_answer_rate_and_prove(void **state)
{
    static const struct {
        const char *keys, *log;
    } rows[] = {
        {"2", "02/lost_call 2 right 0; "},
        {"23", "02/lost_call 2 right 0; 02/lost_call 2 right 3; "},
        {"656", "02/lost_call 6 wrong 0; "},
        {"x", ""},
        {"1x4", "02/lost_call 1 wrong 0; proof keep; 02/lost_call 1 wrong 4; "},
        {" ", ""},
        {"\n2", ""},
        {"\n x2", "02/spread 0 right 2; "},
        {"\n 1", "02/spread 0 wrong 0; "},
        {"\n  6", ""},
        {"\n\n3", ""},
        {"\n\n2\n1", "02/third 2 wrong 0; "},
        {"\n \n1\n", "02/third 1 right 0; "},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str log = {0};
        struct pc_view *view = create(&log, false);
        view->area = (struct pc_area){.w = 80, .h = 24};
        view->ops->resize(view);
        for (const char *key = rows[i].keys; *key; key++)
            press(view, *key == '\n' ? '\r' : *key);
        assert_string_equal(pc_str_get(&log), rows[i].log);
        view->ops->free(view);
        pc_str_fini(&log);
    }
}

static void the_end_closes_the_view(void **state)
{
    (void)state;
    struct pc_str log = {0};
    struct pc_view *view = create(&log, false);
    for (size_t i = 0; i < topic.n_cards; i++)
        assert_int_equal(press(view, '\r'), PC_REDRAW);
    assert_int_equal(press(view, '1'), PC_IGNORED);
    assert_int_equal(press(view, ' '), PC_IGNORED);
    assert_int_equal(press(view, '\r'), PC_CLOSE);
    view->ops->free(view);
    pc_str_fini(&log);
}

/* The picture after some keys. */
static void draw_after(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    struct pc_str log = {0};
    struct pc_view *view = create(&log, pc_canvas_is_ascii(canvas));
    view->area = area;
    view->ops->resize(view);
    for (const char *key = ctx; *key; key++)
        press(view, *key == '\n' ? '\r' : *key);
    view->ops->draw(view, canvas);
    view->ops->free(view);
    pc_str_fini(&log);
}

static void a_card_is_drawn_as_it_was(void **state)
{
    (void)state;
    golden_check("card_asked", draw_after, "");
    golden_check("card_right", draw_after, "2");
    golden_check("card_wrong", draw_after, "1");
    golden_check("card_free", draw_after, "\n");
    golden_check("card_shown", draw_after, "\n ");
    golden_check("card_end", draw_after, "13\n2\n");
}

/* The sanitizers watch. */
static void a_card_can_be_drawn_at_any_size(void **state)
{
    static const int sizes[][2] = {{1, 1}, {3, 7}, {9, 3}, {20, 5}, {39, 9}, {300, 99}};
    static const char *const keys[] = {"", "1", "1x4", "\n ", "\n\n\n", "13\n2"};
    (void)state;
    for (size_t i = 0; i < PC_COUNT(sizes); i++)
        for (size_t k = 0; k < PC_COUNT(keys); k++) {
            struct pc_canvas *canvas =
                pc_canvas_create(sizes[i][0], sizes[i][1], (i + k) % 2);
            draw_after(keys[k], canvas, pc_canvas_area(canvas));
            pc_canvas_free(canvas);
        }
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : 1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_answer_rate_and_prove),
        cmocka_unit_test(the_end_closes_the_view),
        cmocka_unit_test(a_card_is_drawn_as_it_was),
        cmocka_unit_test(a_card_can_be_drawn_at_any_size),
    };
    return cmocka_run_group_tests(tests, set_locale, NULL);
}
