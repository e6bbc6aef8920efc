#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "base/mem.h"
#include "tui/canvas.h"

/* A text drawn at a column of one row, and the row that comes out of it. */
struct row {
    const char *name;
    int width;
    bool ascii;
    int x;
    const char *text;
    const char *expected;
};

static const struct row rows[] = {
    {"text stands where it is put", 8, false, 2, "ab", "  ab\n"},
    {"what is beyond the right edge is cut", 4, false, 2, "abcd", "  ab\n"},
    {"what is before the left edge is cut", 4, false, -2, "abcd", "cd\n"},
    {"a wide character takes two cells", 6, false, 0, "漢字x", "漢字x\n"},
    {"half a wide character becomes a blank on the right", 4, false, 1, "漢字", " 漢\n"},
    {"half a wide character becomes a blank on the left", 4, false, -1, "漢x", " x\n"},
    {"a combining character joins the cell before it", 3, false, 0, "e\u0301xyz",
     "e\u0301xy\n"},
    {"a combining character without a base is dropped", 3, false, 0, "\u0301x", "x\n"},
    {"escapes cannot reach the terminal", 8, false, 0, "\033[2J\t", "?[2J?\n"},
    {"invalid bytes are one cell each", 8, false, 0, "a\xff\xfe", "a??\n"},
    {"ASCII takes what is nearest", 20, true, 0, "→ 3 µs ≥ λ", "-> 3 us >= lambda\n"},
    {"ASCII has no combining characters", 8, true, 0, "e\u0301x", "ex\n"},
    {"what ASCII does not know is a question mark", 8, true, 0, "漢x", "?x\n"},
    {"a long replacement is cut as a whole", 2, true, 1, "→", "\n"},
};

static void text_is_clipped_by_display_width(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct pc_canvas *canvas = pc_canvas_create(row->width, 1, row->ascii);
        struct pc_area all = pc_canvas_area(canvas);
        int end = pc_canvas_text(canvas, all, row->x, 0, PC_STYLE_TEXT, row->text);
        int wide = pc_canvas_measure(canvas, row->text, strlen(row->text));
        char *dump = pc_canvas_dump(canvas);
        if (strcmp(dump, row->expected) != 0 || end != row->x + wide)
            fail_msg("%s: '%s', not '%s'; ends at %d", row->name, dump, row->expected, end);
        free(dump);
        pc_canvas_free(canvas);
    }
}

static void overwriting_half_a_wide_character_clears_the_other(void **state)
{
    (void)state;
    struct pc_canvas *canvas = pc_canvas_create(6, 2, false);
    struct pc_area all = pc_canvas_area(canvas);
    pc_canvas_text(canvas, all, 0, 0, PC_STYLE_TEXT, "漢字漢");
    pc_canvas_text(canvas, all, 1, 0, PC_STYLE_TEXT, "ab");
    pc_canvas_text(canvas, all, 0, 1, PC_STYLE_TEXT, "漢字");
    pc_canvas_text(canvas, all, 2, 1, PC_STYLE_TEXT, "x");
    char *dump = pc_canvas_dump(canvas);
    assert_string_equal(dump, " ab 漢\n漢x\n");
    free(dump);
    pc_canvas_free(canvas);
}

static void an_area_is_a_fence(void **state)
{
    (void)state;
    struct pc_canvas *canvas = pc_canvas_create(10, 4, false);
    struct pc_area area = {.x = 2, .y = 1, .w = 4, .h = 2};
    for (int y = -2; y < 6; y++)
        pc_canvas_text(canvas, area, -3, y, PC_STYLE_TEXT, "0123456789abcdef");
    char *dump = pc_canvas_dump(canvas);
    assert_string_equal(dump, "\n  3456\n  3456\n\n");
    free(dump);
    pc_canvas_free(canvas);
}

static void boxes_have_an_ascii_form(void **state)
{
    (void)state;
    static const char *const expected[] = {"┌────┐\n│    │\n└────┘\n",
                                           "+----+\n|    |\n+----+\n"};
    for (int ascii = 0; ascii < 2; ascii++) {
        struct pc_canvas *canvas = pc_canvas_create(6, 3, ascii);
        struct pc_area inner = pc_canvas_box(canvas, pc_canvas_area(canvas));
        assert_int_equal(inner.w, 4);
        char *dump = pc_canvas_dump(canvas);
        assert_string_equal(dump, expected[ascii]);
        free(dump);
        pc_canvas_free(canvas);
    }
}

static void text_that_is_too_long_shows_that_it_is_cut(void **state)
{
    (void)state;
    struct pc_canvas *canvas = pc_canvas_create(12, 3, false);
    struct pc_area all = pc_canvas_area(canvas);
    assert_int_equal(pc_canvas_cut(canvas, all, 1, 0, 5, PC_STYLE_TEXT, "abcdefgh"), 6);
    pc_canvas_cut(canvas, all, 1, 1, 5, PC_STYLE_TEXT, "abcde");
    pc_canvas_right(canvas, all, 12, 2, PC_STYLE_TEXT, "3 µs");
    char *dump = pc_canvas_dump(canvas);
    assert_string_equal(dump, " abcd›\n abcde\n        3 µs\n");
    free(dump);
    pc_canvas_free(canvas);
}

static void any_size_can_be_drawn_on(void **state)
{
    (void)state;
    static const int sizes[][2] = {{-3, 0}, {1, 1}, {2, 1}, {500, 500}, {9999, 1}};
    for (size_t i = 0; i < PC_COUNT(sizes); i++) {
        struct pc_canvas *canvas = pc_canvas_create(sizes[i][0], sizes[i][1], false);
        struct pc_area all = pc_canvas_area(canvas);
        assert_in_range(all.w, 1, PC_CANVAS_MAX);
        assert_in_range(all.h, 1, PC_CANVAS_MAX);
        struct pc_area wild = {.x = -7, .y = -7, .w = 600, .h = 600};
        pc_canvas_box(canvas, wild);
        pc_canvas_box(canvas, all);
        pc_canvas_text(canvas, wild, 5, 5, PC_STYLE_TEXT, "漢字漢字漢字");
        pc_canvas_mark(canvas, wild);
        pc_canvas_cut(canvas, all, 0, 0, -4, PC_STYLE_TEXT, "abc");
        char *dump = pc_canvas_dump(canvas);
        assert_true(strlen(dump) > 0);
        free(dump);
        pc_canvas_free(canvas);
    }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_clipped_by_display_width),
        cmocka_unit_test(overwriting_half_a_wide_character_clears_the_other),
        cmocka_unit_test(an_area_is_a_fence),
        cmocka_unit_test(boxes_have_an_ascii_form),
        cmocka_unit_test(text_that_is_too_long_shows_that_it_is_cut),
        cmocka_unit_test(any_size_can_be_drawn_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
