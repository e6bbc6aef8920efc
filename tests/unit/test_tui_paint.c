#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tui/term_paint.h"
#include "tui/vt.h"

static const char *const terminals[] = {"xterm-256color", "tmux-256color", "screen",
                                        "linux",          "vt100",         "ansi"};

/* A terminal and what is believed to be on it. */
struct bed {
    struct pc_caps caps;
    struct pc_style_look looks[PC_STYLES];
    struct pc_canvas *canvas;
    struct pc_picture shown, next;
    struct vt vt;
    size_t bytes;
    int rows;
};

static struct pc_picture picture(int width, int height)
{
    size_t cells = (size_t)width * (size_t)height;
    return (struct pc_picture){.cells = pc_alloc_array(cells, sizeof(struct pc_cell)),
                               .width = width,
                               .height = height};
}

static void bed_init(struct bed *bed, const char *terminal, int width, int height)
{
    *bed = (struct bed){0};
    assert_true(pc_caps_load(&bed->caps, terminal, 1));
    for (int i = 0; i < PC_STYLES; i++)
        bed->looks[i] = pc_theme_look(PC_THEME_DARK, (enum pc_style)i, bed->caps.colours);
    bed->canvas = pc_canvas_create(width, height, false);
    bed->shown = picture(width, height);
    bed->next = picture(width, height);
    pc_picture_clear(&bed->shown);
    vt_init(&bed->vt, width, height);
}

static void bed_fini(struct bed *bed)
{
    pc_caps_fini(&bed->caps);
    pc_canvas_free(bed->canvas);
    free(bed->shown.cells);
    free(bed->next.cells);
    vt_fini(&bed->vt);
}

static void show(struct bed *bed)
{
    struct pc_str out = {0};
    pc_picture_take(&bed->next, bed->canvas, bed->looks);
    bed->rows = pc_paint(&out, &bed->caps, bed->looks, &bed->shown, &bed->next);
    bed->bytes = out.len;
    vt_feed(&bed->vt, pc_str_get(&out), out.len);
    pc_str_fini(&out);
}

/* What the terminal shows must be what a blank one shows after everything was drawn. */
static void check(struct bed *bed, const char *terminal, unsigned step)
{
    struct bed fresh;
    size_t cells = (size_t)bed->vt.width * (size_t)bed->vt.height;
    bed_init(&fresh, terminal, bed->vt.width, bed->vt.height);
    memcpy(fresh.next.cells, bed->next.cells, cells * sizeof *bed->next.cells);
    struct pc_str out = {0};
    pc_paint(&out, &fresh.caps, fresh.looks, &fresh.shown, &fresh.next);
    vt_feed(&fresh.vt, pc_str_get(&out), out.len);
    pc_str_fini(&out);
    assert_int_equal(bed->vt.unknown + fresh.vt.unknown, 0);
    assert_int_equal(bed->vt.look, 0);
    for (size_t i = 0; i < cells; i++) {
        struct vt_cell a = bed->vt.cells[i], b = fresh.vt.cells[i];
        bool blank = (a.character == 0 || a.character == ' ') &&
                     (b.character == 0 || b.character == ' ');
        uint32_t seen = 1u << 4 | 1u << 7; /* what shows on a blank */
        if (blank ? ((a.look ^ b.look) & seen) : memcmp(&a, &b, sizeof a) != 0)
            fail_msg("%s, step %u, %dx%d: cell %zu is U+%04x look %x, not U+%04x look %x",
                     terminal, step, bed->vt.width, bed->vt.height, i, a.character, a.look,
                     b.character, b.look);
    }
    bed_fini(&fresh);
}

/* A line of some document, the same whenever it is asked for. */
static void draw_line(struct bed *bed, int y, unsigned line)
{
    static const char *const words[] = {"strings ", "漢字 ", "      ", "a ", "é",
                                        "return ",  "x",     "▏ ",     "",   "12345678"};
    struct pc_area all = pc_canvas_area(bed->canvas);
    struct pc_rng rng;
    pc_rng_init(&rng, line);
    int x = 0;
    for (unsigned n = (unsigned)pc_rng_below(&rng, 9); n > 0; n--)
        x = pc_canvas_text(bed->canvas, all, x, y,
                           (enum pc_style)pc_rng_below(&rng, PC_STYLES),
                           words[pc_rng_below(&rng, PC_COUNT(words))]);
}

/* A header, a window on the document, a footer and sometimes a box or a mark. */
static void draw_screen(struct bed *bed, struct pc_rng *rng, unsigned top)
{
    struct pc_area all = pc_canvas_area(bed->canvas);
    pc_canvas_clear(bed->canvas);
    for (int y = 1; y + 1 < all.h; y++)
        draw_line(bed, y, top + (unsigned)y);
    pc_canvas_printf(bed->canvas, all, all.w - 4, 0, PC_STYLE_FAINT, "%u", top);
    pc_canvas_text(bed->canvas, all, 0, all.h - 1, PC_STYLE_KEY, "? help");
    if (pc_rng_below(rng, 5) == 0)
        pc_canvas_box(bed->canvas, (struct pc_area){.x = 3, .y = 2, .w = 9, .h = 4});
    if (pc_rng_below(rng, 3) == 0)
        pc_canvas_mark(bed->canvas,
                       pc_area_rows(all, (int)pc_rng_below(rng, (uint64_t)all.h), 1));
}

static void any_frame_after_any_other_is_right(void **state)
{
    (void)state;
    for (size_t t = 0; t < PC_COUNT(terminals); t++) {
        struct pc_rng rng;
        pc_rng_init(&rng, t + 1);
        for (unsigned size = 0; size < 12; size++) {
            struct bed bed;
            unsigned top = 50;
            bed_init(&bed, terminals[t], 1 + (int)pc_rng_below(&rng, 40),
                     1 + (int)pc_rng_below(&rng, 20));
            for (unsigned step = 0; step < 60; step++) {
                top += (unsigned)pc_rng_below(&rng, 9) - 4;
                draw_screen(&bed, &rng, pc_rng_below(&rng, 9) ? top : top + 1000);
                show(&bed);
                check(&bed, terminals[t], step);
            }
            bed_fini(&bed);
        }
    }
}

static void fill(struct bed *bed, unsigned top)
{
    struct pc_area all = pc_canvas_area(bed->canvas);
    pc_canvas_clear(bed->canvas);
    pc_canvas_text(bed->canvas, all, 0, 0, PC_STYLE_BAR, "the header stays");
    for (int y = 1; y + 1 < all.h; y++)
        pc_canvas_printf(bed->canvas, all, 2, y, PC_STYLE_TEXT, "%u is the line's number",
                         top + (unsigned)y);
    pc_canvas_text(bed->canvas, all, 0, all.h - 1, PC_STYLE_KEY, "? help");
}

/* Bytes beside those of the new row's 25 characters. */
static void text_that_moved_is_moved(void **state)
{
    static const struct {
        const char *terminal;
        int by, rows;
        size_t most;
    } table[] = {
        {"xterm-256color", 1, 1, 25 + 22}, {"xterm-256color", -1, 1, 25 + 22},
        {"xterm-256color", 5, 5, 5 * 35},  {"tmux-256color", 1, 1, 25 + 22},
        {"tmux-256color", -3, 3, 3 * 40},  {"linux", 1, 1, 25 + 28},
        {"vt100", -1, 1, 25 + 28},         {"xterm-256color", 0, 0, 0},
        {"ansi", 1, 22, 22 * 33}, /* which has no region */
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        struct bed bed;
        bed_init(&bed, table[i].terminal, 80, 24);
        fill(&bed, 100);
        show(&bed);
        assert_int_equal(bed.rows, 24);
        fill(&bed, (unsigned)(100 + table[i].by));
        show(&bed);
        check(&bed, table[i].terminal, (unsigned)i);
        if (bed.rows != table[i].rows || bed.bytes > table[i].most)
            fail_msg("%s by %d: %d rows, %zu bytes", table[i].terminal, table[i].by,
                     bed.rows, bed.bytes);
        bed_fini(&bed);
    }
}

static void a_changed_digit_costs_a_few_bytes(void **state)
{
    struct bed bed;
    (void)state;
    bed_init(&bed, "xterm-256color", 80, 24);
    fill(&bed, 100);
    show(&bed);
    pc_canvas_text(bed.canvas, pc_canvas_area(bed.canvas), 30, 7, PC_STYLE_TEXT, "7");
    show(&bed);
    assert_int_equal(bed.rows, 1);
    assert_true(bed.bytes <= 8);
    bed_fini(&bed);
}

/* The last cell of a terminal that scrolls when it is written stays blank. */
static void the_corner_does_not_scroll_the_screen(void **state)
{
    (void)state;
    for (size_t t = 0; t < PC_COUNT(terminals); t++) {
        struct bed bed;
        bed_init(&bed, terminals[t], 20, 4);
        struct pc_area all = pc_canvas_area(bed.canvas);
        for (int y = 0; y < 4; y++)
            pc_canvas_repeat(bed.canvas, all, 0, y, 20, PC_STYLE_TEXT, "0");
        show(&bed);
        assert_int_equal(bed.vt.cells[0].character, '0');
        assert_int_equal(bed.vt.cells[78].character, '0');
        assert_int_equal(bed.vt.cells[79].character, bed.caps.fills_corner ? '0' : 0);
        bed_fini(&bed);
    }
}

static void an_unknown_terminal_is_refused(void **state)
{
    struct pc_caps caps;
    (void)state;
    assert_false(pc_caps_load(&caps, "nonsense", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_frame_after_any_other_is_right),
        cmocka_unit_test(text_that_moved_is_moved),
        cmocka_unit_test(a_changed_digit_costs_a_few_bytes),
        cmocka_unit_test(the_corner_does_not_scroll_the_screen),
        cmocka_unit_test(an_unknown_terminal_is_refused),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
