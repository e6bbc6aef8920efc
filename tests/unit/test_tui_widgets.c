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
#include "tui/fuzzy.h"
#include "tui/key.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/palette.h"
#include "tui/prompt.h"
#include "tui/scale.h"
#include "tui/theme.h"

static const struct {
    const char *name;
    size_t n, cursor, top;
    int rows;
    enum pc_action action;
    enum pc_reaction reaction;
    size_t expected, expected_top;
} moves[] = {
    {"down", 20, 3, 0, 5, PC_ACT_DOWN, PC_REDRAW, 4, 0},
    {"down scrolls at the last row", 20, 4, 0, 5, PC_ACT_DOWN, PC_REDRAW, 5, 1},
    {"up scrolls at the first row", 20, 4, 4, 5, PC_ACT_UP, PC_REDRAW, 3, 3},
    {"nothing above the first", 20, 0, 0, 5, PC_ACT_UP, PC_HANDLED, 0, 0},
    {"nothing below the last", 20, 19, 15, 5, PC_ACT_DOWN, PC_HANDLED, 19, 15},
    {"a page keeps one row", 20, 0, 0, 5, PC_ACT_PAGE_DOWN, PC_REDRAW, 4, 0},
    {"the end", 20, 0, 0, 5, PC_ACT_LAST, PC_REDRAW, 19, 15},
    {"the start", 20, 19, 15, 5, PC_ACT_FIRST, PC_REDRAW, 0, 0},
    {"an empty list", 0, 0, 0, 5, PC_ACT_DOWN, PC_HANDLED, 0, 0},
    {"no room at all", 20, 3, 3, 0, PC_ACT_DOWN, PC_REDRAW, 4, 4},
    {"what is no movement", 20, 3, 0, 5, PC_ACT_CHECK, PC_IGNORED, 3, 0},
};

static void a_list_keeps_its_cursor_visible(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(moves); i++) {
        struct pc_list list = {moves[i].n, moves[i].cursor, moves[i].top};
        enum pc_reaction reaction = pc_list_act(&list, moves[i].rows, moves[i].action);
        if (reaction != moves[i].reaction || list.cursor != moves[i].expected ||
            list.top != moves[i].expected_top)
            fail_msg("%s: reaction %d, cursor %zu, top %zu", moves[i].name, reaction,
                     list.cursor, list.top);
    }
}

static void a_list_that_shrinks_has_its_cursor_on_the_last_row(void **state)
{
    (void)state;
    struct pc_list list = {.n = 3, .cursor = 15, .top = 12};
    pc_list_settle(&list, 5);
    assert_int_equal(list.cursor, 2);
    assert_int_equal(list.top, 0);
    assert_true(pc_list_click(&list, 1));
    assert_int_equal(list.cursor, 1);
    assert_false(pc_list_click(&list, 3));
}

static struct pc_pager_line text[30];

static void fill(void)
{
    static const char *const words[] = {"alpha", "beta Strcat", "gamma strcat", "delta"};
    for (size_t i = 0; i < PC_COUNT(text); i++) {
        const char *word = i == 5    ? words[1]
                           : i == 25 ? words[2]
                           : i % 2   ? words[0]
                                     : words[3];
        text[i] = (struct pc_pager_line){.text = word, .n = strlen(word)};
    }
}

static void text_laid_out_anew_keeps_its_place(void **state)
{
    (void)state;
    struct pc_pager pager = {0};
    pc_pager_set(&pager, text, 30, 5);
    pager.top = 15;
    pc_pager_set(&pager, text, 20, 5);
    assert_int_equal(pager.top, 10);
    assert_int_equal(pc_pager_percent(&pager, 5), 75);
    assert_false(pc_pager_is_at_end(&pager, 5));
    pc_pager_set(&pager, text, 3, 5);
    assert_int_equal(pager.top, 0);
    assert_true(pc_pager_is_at_end(&pager, 5));
    pc_pager_fini(&pager);
}

static void type(struct pc_prompt *prompt, const int *keys)
{
    for (; *keys; keys++)
        pc_prompt_key(prompt, *keys);
}

static const struct {
    const char *name;
    int keys[12];
    const char *expected;
} edits[] = {
    {"letters", {'a', 'b', 'c'}, "abc"},
    {"wide ones", {0xe9, 0x6f22, 'x'}, "é漢x"},
    {"backspace takes a character", {'a', 0x6f22, PC_KEY_BACKSPACE}, "a"},
    {"delete takes the next",
     {'a', 0x6f22, 'b', PC_KEY_HOME, PC_KEY_RIGHT, PC_KEY_DELETE},
     "ab"},
    {"insert in the middle", {'a', 'c', PC_KEY_LEFT, 'b'}, "abc"},
    {"Ctrl-W takes a word", {'a', ' ', 'b', ' ', PC_CTRL('w')}, "a "},
    {"Ctrl-U takes what is before", {'a', 'b', PC_KEY_LEFT, PC_CTRL('u')}, "b"},
    {"Ctrl-K takes what is behind", {'a', 'b', PC_KEY_LEFT, PC_CTRL('k')}, "a"},
    {"nothing before the start", {PC_KEY_LEFT, PC_KEY_BACKSPACE, 'x'}, "x"},
    {"nothing behind the end", {'x', PC_KEY_RIGHT, PC_KEY_DELETE}, "x"},
};

static void a_prompt_is_edited_by_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(edits); i++) {
        struct pc_prompt prompt = {0};
        type(&prompt, edits[i].keys);
        if (strcmp(pc_str_get(&prompt.text), edits[i].expected) != 0)
            fail_msg("%s: '%s'", edits[i].name, pc_str_get(&prompt.text));
        pc_prompt_fini(&prompt);
    }
}

static void a_paste_is_one_line_and_bounded(void **state)
{
    (void)state;
    struct pc_prompt prompt = {0};
    char huge[4000];
    memset(huge, 'x', sizeof huge);
    assert_int_equal(pc_prompt_paste(&prompt, "a\nb\033[A\xff!", 8), PC_REDRAW);
    assert_string_equal(pc_str_get(&prompt.text), "a b [A !");
    pc_prompt_paste(&prompt, huge, sizeof huge);
    assert_int_equal(prompt.text.len, PC_PROMPT_MAX);
    pc_prompt_fini(&prompt);
}

static const struct {
    const char *typed, *better, *worse;
} ranks[] = {
    {"che", "check this exercise", "change theme"},
    {"theme", "change theme: dark", "the measurement"},
    {"ct", "check topic", "act"},
    {"q", "quit", "quick"},
    {"m o", "mouse on, off", "measure allocs"},
    {"HINT", "next hint", "print"},
};

static void words_and_runs_count_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(ranks); i++) {
        int better = pc_fuzzy(ranks[i].typed, ranks[i].better);
        int worse = pc_fuzzy(ranks[i].typed, ranks[i].worse);
        if (better < worse || better <= 0)
            fail_msg("%s: %s %d, %s %d", ranks[i].typed, ranks[i].better, better,
                     ranks[i].worse, worse);
    }
    assert_int_equal(pc_fuzzy("xyz", "check"), 0);
    assert_int_equal(pc_fuzzy("hc", "ch"), 0);
    assert_int_equal(pc_fuzzy("", "anything"), 1);
}

static void a_palette_completes_and_chooses(void **state)
{
    (void)state;
    static const struct pc_palette_entry entries[] = {
        {.label = "quick run, no verdict", .word = "quick", .id = 1},
        {.label = "check: full verdict", .word = "check", .id = 2},
        {.label = "quit", .word = "quit", .id = 3},
    };
    struct pc_palette palette;
    struct pc_area area = {.w = 80, .h = 24};
    pc_palette_init(&palette, entries, PC_COUNT(entries));
    assert_int_equal(pc_palette_chosen(&palette)->id, 1);
    assert_int_equal(pc_palette_paste(&palette, "che\n", 4), PC_REDRAW);
    assert_int_equal(pc_palette_chosen(&palette)->id, 2);
    pc_palette_key(&palette, area, PC_KEY_TAB);
    assert_string_equal(pc_str_get(&palette.prompt.text), "check");
    for (int i = 0; i < 5; i++)
        pc_palette_key(&palette, area, PC_KEY_BACKSPACE);
    pc_palette_key(&palette, area, 'q');
    pc_palette_key(&palette, area, PC_KEY_DOWN);
    assert_int_equal(pc_palette_chosen(&palette)->id, 3);
    pc_palette_key(&palette, area, '#');
    assert_null(pc_palette_chosen(&palette));
    assert_int_equal(pc_palette_key(&palette, area, PC_KEY_ENTER), PC_IGNORED);
    pc_palette_fini(&palette);
}

static const struct {
    double value;
    bool is_time;
    const char *expected;
} marks[] = {
    {1, true, "1 ns"},    {999.4, true, "999 ns"},  {999.7, true, "1 µs"},
    {1e4, true, "10 µs"}, {4.83e8, true, "483 ms"}, {2e12, true, "2e+03 s"},
    {100, false, "100"},  {2500, false, "2.5k"},    {1e6, false, "1M"},
    {0.5, false, "0.5"},
};

static void marks_of_an_axis_have_units(void **state)
{
    (void)state;
    char buf[PC_SCALE_TEXT];
    for (size_t i = 0; i < PC_COUNT(marks); i++)
        assert_string_equal(pc_scale_text(marks[i].value, marks[i].is_time, buf),
                            marks[i].expected);
}

static void less_than_two_decades_get_finer_marks(void **state)
{
    (void)state;
    double at[PC_SCALE_MARKS];
    struct pc_scale scale = pc_scale_begin(false);
    assert_false(pc_scale_add(&scale, 0));
    assert_false(pc_scale_add(&scale, -3));
    assert_false(pc_scale_add(&scale, NAN));
    pc_scale_add(&scale, 15);
    pc_scale_add(&scale, 150);
    assert_int_equal(pc_scale_marks(&scale, 5, at), 3);
    assert_true(fabs(at[0] - 20) < 1e-6 && fabs(at[1] - 50) < 1e-6);
    pc_scale_add(&scale, 2000);
    assert_int_equal(pc_scale_marks(&scale, 5, at), 2);
}

/* Relative luminance and contrast of WCAG 2.  Colours of the 256 are a cube of 6 x 6 x 6. */
static double light(int level)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    double c = levels[level] / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double contrast(int colour, double background)
{
    int i = colour - 16;
    double l = 0.2126 * light(i / 36) + 0.7152 * light(i / 6 % 6) + 0.0722 * light(i % 6);
    double high = fmax(l, background), low = fmin(l, background);
    return (high + 0.05) / (low + 0.05);
}

static void colours_can_be_read(void **state)
{
    (void)state;
    for (int i = 0; i < PC_STYLES; i++) {
        struct pc_style_look dark = pc_theme_look(PC_THEME_DARK, (enum pc_style)i, 256);
        struct pc_style_look bright = pc_theme_look(PC_THEME_LIGHT, (enum pc_style)i, 256);
        if (dark.colour < 0)
            continue;
        assert_in_range(dark.colour, 16, 231);
        assert_in_range(bright.colour, 16, 231);
        if (contrast(dark.colour, 0) < 4.5 || contrast(bright.colour, 1) < 4.5)
            fail_msg("style %d: %.2f on black, %.2f on white", i, contrast(dark.colour, 0),
                     contrast(bright.colour, 1));
    }
}

static void themes_fall_back_where_there_are_few_colours(void **state)
{
    (void)state;
    enum pc_theme theme;
    assert_int_equal(pc_theme_look(PC_THEME_DARK, PC_STYLE_TEXT, 256).colour, -1);
    assert_in_range(pc_theme_look(PC_THEME_DARK, PC_STYLE_BAD, 8).colour, 0, 7);
    assert_int_equal(pc_theme_look(PC_THEME_PLAIN, PC_STYLE_BAD, 0).colour, -1);
    assert_int_equal(pc_theme_look(PC_THEME_MONO, PC_STYLE_BAD, 256).colour, -1);
    assert_true(pc_theme_find("light", &theme));
    assert_int_equal(theme, PC_THEME_LIGHT);
    assert_false(pc_theme_find("pink", &theme));
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    fill();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_keeps_its_cursor_visible),
        cmocka_unit_test(a_list_that_shrinks_has_its_cursor_on_the_last_row),
        cmocka_unit_test(text_laid_out_anew_keeps_its_place),
        cmocka_unit_test(a_prompt_is_edited_by_characters),
        cmocka_unit_test(a_paste_is_one_line_and_bounded),
        cmocka_unit_test(words_and_runs_count_more),
        cmocka_unit_test(a_palette_completes_and_chooses),
        cmocka_unit_test(marks_of_an_axis_have_units),
        cmocka_unit_test(less_than_two_decades_get_finer_marks),
        cmocka_unit_test(colours_can_be_read),
        cmocka_unit_test(themes_fall_back_where_there_are_few_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
