#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "base/mem.h"
#include "tui/reader.h"

/* Two paragraphs that are broken differently at each width, code, and links. */
static const char text[] =
    "# Growth\n\n"
    "A builder that grows by a constant moves each byte again and again, and so the time "
    "of all appends together is quadratic. Read [the manual](https://example.org/a) "
    "first.\n\n"
    "```c\nint grow(int n) { return n + n / 2 + 16; } /* amortised constant time it is */\n"
    "```\n\n"
    "A builder that grows by a factor moves each byte a few times at most, whatever its "
    "length: that is amortised\nconstant time. [Run it now and watch the slopes of all "
    "five](experiment:append), or read [the manual](https://example.org/a) again.\n";

static const struct pc_area wide = {.w = 80, .h = 4}, narrow = {.w = 44, .h = 4};

static void open_text(struct pc_reader *reader, struct pc_area area)
{
    *reader = (struct pc_reader){0};
    pc_reader_set(reader, pc_strdup(text), sizeof text - 1);
    pc_reader_settle(reader, area, false);
}

static const char *top_line(const struct pc_reader *reader)
{
    return reader->lines[reader->pager.top].text;
}

static void what_is_on_top_stays_there_at_any_width(void **state)
{
    (void)state;
    struct pc_reader reader;
    open_text(&reader, wide);
    size_t last = reader.document->n_lines - 4;
    for (size_t top = 0; top <= last; top++) {
        pc_pager_show(&reader.pager, wide.h, top);
        for (int i = 0; i < 20; i++)
            pc_reader_settle(&reader, i % 2 ? wide : narrow, false);
        assert_int_equal(reader.pager.top, top);
    }
    pc_reader_fini(&reader);
}

static void a_search_does_not_depend_on_the_width(void **state)
{
    (void)state;
    struct pc_reader reader;
    for (int w = 24; w <= 100; w++) {
        struct pc_area area = {.w = w, .h = 4};
        open_text(&reader, area);
        assert_int_equal(pc_reader_find(&reader, area, "amortised constant", false),
                         PC_FOUND);
        size_t first = reader.match.line;
        assert_int_equal(pc_reader_find(&reader, area, NULL, false), PC_FOUND);
        assert_true(reader.match.line > first);
        assert_int_equal(pc_reader_find(&reader, area, NULL, false), PC_FOUND_WRAPPED);
        assert_int_equal(reader.match.line, first);
        assert_int_equal(pc_reader_find(&reader, area, NULL, true), PC_FOUND_WRAPPED);
        pc_reader_fini(&reader);
    }
}

static void the_end_of_a_search_is_where_it_began(void **state)
{
    (void)state;
    struct pc_reader reader;
    open_text(&reader, wide);
    pc_pager_show(&reader.pager, wide.h, 3);
    PC_AUTO(pc_auto_free) char *before = pc_strdup(top_line(&reader));
    assert_int_equal(pc_reader_find(&reader, wide, "slopes", false), PC_FOUND);
    assert_string_not_equal(top_line(&reader), before);
    assert_int_equal(pc_reader_find(&reader, wide, "no such words", false), PC_NOT_FOUND);
    assert_string_equal(reader.words, "slopes");
    pc_reader_settle(&reader, narrow, false);
    pc_reader_settle(&reader, wide, false);
    pc_reader_end_find(&reader, wide);
    assert_string_equal(top_line(&reader), before);
    pc_reader_fini(&reader);
}

static void words_that_are_not_there_change_nothing(void **state)
{
    (void)state;
    struct pc_reader reader;
    open_text(&reader, wide);
    assert_int_equal(pc_reader_find(&reader, wide, NULL, false), PC_NOT_FOUND);
    assert_int_equal(pc_reader_find(&reader, wide, "", false), PC_NOT_FOUND);
    assert_int_equal(pc_reader_find(&reader, wide, "Builder", false), PC_NOT_FOUND);
    assert_null(reader.words);
    assert_int_equal(reader.pager.top, 0);
    pc_reader_fini(&reader);
}

/* How many cells of a picture are in reverse, and in how many rows. */
static size_t marked(const struct pc_reader *reader, struct pc_area area, size_t *rows)
{
    size_t n = 0;
    *rows = 0;
    struct pc_canvas *canvas = pc_canvas_create(area.w, area.h, false);
    pc_reader_draw(reader, canvas, area);
    for (int y = 0; y < area.h; y++) {
        size_t before = n;
        for (int x = 0; x < area.w; x++)
            n += pc_canvas_row(canvas, y)[x].marked;
        *rows += n > before;
    }
    pc_canvas_free(canvas);
    return n;
}

static void all_of_a_match_is_marked_however_it_is_broken(void **state)
{
    (void)state;
    static const char words[] = "a few times at most, whatever its length";
    struct pc_reader reader;
    for (int w = 12; w <= 100; w++) {
        struct pc_area area = {.w = w, .h = 60};
        open_text(&reader, area);
        assert_int_equal(pc_reader_find(&reader, area, words, false), PC_FOUND);
        size_t rows, cells = marked(&reader, area, &rows);
        /* The blank at the end of a line is not there to be marked. */
        assert_int_equal(cells + rows - 1, sizeof words - 1);
        pc_reader_fini(&reader);
    }
}

static void links_are_gone_through_in_a_ring(void **state)
{
    (void)state;
    static const char *const urls[] = {"https://example.org/a", "experiment:append",
                                       "https://example.org/a"};
    struct pc_reader reader;
    for (int w = 12; w <= 100; w++) {
        struct pc_area area = {.w = w, .h = 4};
        open_text(&reader, area);
        assert_null(pc_reader_link(&reader, area));
        for (size_t i = 0; i < 3 * PC_COUNT(urls); i++) {
            assert_true(pc_reader_next_link(&reader, area, false));
            const struct pc_link *link = pc_reader_link(&reader, area);
            assert_non_null(link);
            assert_string_equal(link->url, urls[i % PC_COUNT(urls)]);
        }
        for (size_t i = 2 * PC_COUNT(urls) - 1; i-- > 0;) {
            assert_true(pc_reader_next_link(&reader, area, true));
            assert_string_equal(pc_reader_link(&reader, area)->url,
                                urls[i % PC_COUNT(urls)]);
        }
        size_t rows;
        assert_true(marked(&reader, area, &rows) > 0);
        pc_reader_fini(&reader);
    }
}

static void a_link_that_is_out_of_sight_is_not_in_focus(void **state)
{
    (void)state;
    struct pc_reader reader;
    open_text(&reader, wide);
    pc_reader_next_link(&reader, wide, false);
    assert_non_null(pc_reader_link(&reader, wide));
    pc_reader_act(&reader, wide, PC_ACT_LAST);
    assert_null(pc_reader_link(&reader, wide));
    pc_reader_next_link(&reader, wide, true);
    assert_string_equal(pc_reader_link(&reader, wide)->url, "https://example.org/a");
    pc_reader_fini(&reader);
}

static void a_text_without_links_has_none(void **state)
{
    (void)state;
    struct pc_reader reader = {0};
    pc_reader_set(&reader, pc_strdup("words"), 5);
    pc_reader_settle(&reader, wide, false);
    assert_false(pc_reader_next_link(&reader, wide, false));
    assert_null(pc_reader_link(&reader, wide));
    pc_reader_set(&reader, pc_strdup(""), 0);
    pc_reader_settle(&reader, wide, false);
    assert_int_equal(pc_reader_find(&reader, wide, "words", false), PC_NOT_FOUND);
    pc_reader_fini(&reader);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_on_top_stays_there_at_any_width),
        cmocka_unit_test(a_search_does_not_depend_on_the_width),
        cmocka_unit_test(the_end_of_a_search_is_where_it_began),
        cmocka_unit_test(words_that_are_not_there_change_nothing),
        cmocka_unit_test(all_of_a_match_is_marked_however_it_is_broken),
        cmocka_unit_test(links_are_gone_through_in_a_ring),
        cmocka_unit_test(a_link_that_is_out_of_sight_is_not_in_focus),
        cmocka_unit_test(a_text_without_links_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
