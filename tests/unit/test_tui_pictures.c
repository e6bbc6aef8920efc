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
#include "golden.h"
#include "tui/bars.h"
#include "tui/gauge.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/palette.h"
#include "tui/plot.h"
#include "tui/prompt.h"
#include "tui/spark.h"
#include "tui/strip.h"
#include "tui/table.h"

static const char *const topics[] = {
    "01 Big O and hot spots",
    "02 Benchmark basics",
    "03 CPU profiling",
    "04 Memory and allocations",
    "05 Escape and pointers",
    "06 Pauses and tail latency",
    "07 Strings and builders",
    "08 Maps and slices",
    "09 Concurrency patterns",
    "10 HTTP performance",
    "11 漢字 as wide cells",
    "12 a title that is far too long for a narrow screen, so that it is cut",
};

static void draw_topic(const void *ctx, size_t i, struct pc_canvas *canvas,
                       struct pc_area area)
{
    (void)ctx;
    pc_canvas_cut(canvas, area, 0, 0, area.w - 8, PC_STYLE_TEXT, topics[i]);
    pc_canvas_right(canvas, area, area.w - 1, 0, PC_STYLE_GOOD, i % 3 ? "✓○" : "✓✓");
}

static void draw_list(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    struct pc_list list = {.n = PC_COUNT(topics)};
    pc_list_settle(&list, area.h);
    for (int i = 0; i < 10; i++)
        pc_list_act(&list, area.h, PC_ACT_DOWN);
    pc_list_draw(&list, canvas, area, draw_topic, NULL);
}

static const struct pc_pager_span heading[] = {{100, PC_STYLE_HEADING}};
static const struct pc_pager_span keyword[] = {{4, PC_STYLE_FAINT}, {8, PC_STYLE_TYPE}};

#define LINE(text_, ...) \
    { \
        .text = (text_), .n = sizeof(text_) - 1, __VA_ARGS__ \
    }

static const struct pc_pager_line lines[] = {
    LINE("Why strcat is quadratic", .spans = heading, .n_spans = 1),
    LINE(""),
    LINE("strcat finds the end of the string"),
    LINE("before it appends: n calls read about"),
    LINE("n²/2 bytes → slow."),
    LINE(""),
    LINE("▏ char *join(const char **s, size_t n, const char *separator)", .slides = true,
         .spans = keyword, .n_spans = 2),
    LINE("▏ {", .slides = true),
    LINE("▏     strcat(out, s[i]);      /* walks all of out again, each time */",
         .slides = true),
    LINE("▏ }", .slides = true),
    LINE(""),
    LINE("Predict: how much slower is n = 4096?"),
};

static void draw_pager(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    struct pc_pager pager = {0};
    const bool *slid = ctx;
    pc_pager_set(&pager, lines, PC_COUNT(lines), area.h);
    if (*slid) {
        pc_pager_act(&pager, area.h, PC_ACT_LAST);
        pc_pager_act(&pager, area.h, PC_ACT_SIDE_RIGHT);
    }
    pc_pager_draw(&pager, canvas, area);
    pc_pager_fini(&pager);
}

static const struct pc_column columns[] = {
    {.title = "", .keep = 9},
    {.title = "start", .right = true, .keep = 3},
    {.title = "yours", .right = true, .keep = 8},
    {.title = "target", .keep = 7},
    {.title = "last verdict 14:02", .elastic = true, .keep = 5},
};

static const struct pc_table_cell cells[][PC_COUNT(columns)] = {
    {{"time/op", 0}, {"48.3 µs", 0}, {"3.24 µs", 0}, {NULL, 0}, {"14.9x [14.1, 15.6]", 0}},
    {{"speedup", 0}, {"1.0x", 0}, {"14.9x", 0}, {"≥ 16x", 0}, {"○ not yet, 7 % short", 0}},
    {{"allocs/op", 0}, {"1 024", 0}, {"11", 0}, {"≤ 1", 0}, {"○ not yet, 10 too many", 0}},
    {{"correct", 0}, {"214/214", 0}, {"214/214", 0}, {"all", 0}, {"✓", PC_STYLE_GOOD}},
};

static struct pc_table_cell cell_of(const void *ctx, size_t row, size_t column)
{
    (void)ctx;
    return cells[row][column];
}

static void draw_table(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    struct pc_table table = {.columns = columns,
                             .n_columns = PC_COUNT(columns),
                             .n_rows = PC_COUNT(cells),
                             .cell = cell_of};
    pc_table_draw(&table, canvas, area);
}

static bool cannot_quick(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    return action != PC_ACT_QUICK;
}

static const struct pc_view_ops exercise_ops = {
    .name = "exercise", .screen = PC_SCREEN_EXERCISE, .can = cannot_quick};

static void draw_bars(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    struct pc_view view = {.ops = &exercise_ops, .area = area};
    pc_header_draw(canvas, area, "07.1 join: strings with one allocation",
                   "started   7 checks   best 14.9x");
    pc_status_draw(canvas, area, "copied 1204 bytes");
    pc_footer_draw(canvas, &view);
}

static void draw_prompt(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    struct pc_prompt prompt = {0};
    pc_prompt_set(&prompt, "long words go on: µ → the end is what is seen, since the "
                           "cursor is there; this goes on for more than one hundred and "
                           "twenty columns");
    pc_prompt_draw(&prompt, canvas, area, "/");
    pc_prompt_key(&prompt, 1);
    pc_prompt_draw(&prompt, canvas, pc_area_rows(area, 2, 1), ":");
    pc_prompt_fini(&prompt);
}

static const struct pc_palette_entry entries[] = {
    {.label = "check this exercise", .hint = "c", .word = "check", .id = 1},
    {.label = "check all of topic 07", .hint = ":check 07"},
    {.label = "cheat sheet (one page)", .hint = ":sheet", .word = "sheet"},
    {.label = "change theme: plain, light, dark, mono", .hint = ":theme", .word = "theme"},
    {.label = "quit", .hint = "Q", .word = "quit"},
    {.label = "07 › 5  Measure allocs/op", .hint = "page"},
    {.label = "04 › 3  Count, then remove: checking allocation sites", .hint = "page"},
};

static void draw_palette(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    struct pc_palette palette;
    pc_palette_init(&palette, entries, PC_COUNT(entries));
    for (const char *typed = ctx; *typed; typed++)
        pc_palette_key(&palette, area, *typed);
    pc_palette_draw(&palette, canvas, area);
    pc_palette_fini(&palette);
}

static void draw_gauges(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    static const double shares[] = {-1, 0, 0.03, 0.5, 0.62, 0.99, 1, 7, NAN};
    for (size_t i = 0; i < PC_COUNT(shares); i++)
        pc_gauge_draw(canvas, area, 1, (int)i, area.w / 2, shares[i], PC_STYLE_TEXT);
}

static void draw_sparks(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    static const double values[] = {1.0, 1.1, 2.2, 2.1, 6.4, 9.8, 14.9};
    static const double same[] = {3, 3, 3}, odd[] = {1, NAN, 2};
    size_t n = PC_COUNT(values);
    int x = pc_spark_draw(canvas, area, 1, 0, 30, values, n, PC_STYLE_TEXT);
    pc_canvas_text(canvas, area, x + 1, 0, PC_STYLE_TEXT, "|");
    pc_spark_draw(canvas, area, 1, 1, 4, values, n, PC_STYLE_TEXT);
    pc_spark_draw(canvas, area, 1, 2, 30, same, PC_COUNT(same), PC_STYLE_TEXT);
    pc_spark_draw(canvas, area, 1, 3, 30, odd, PC_COUNT(odd), PC_STYLE_TEXT);
    pc_spark_draw(canvas, area, 1, 4, 0, values, n, PC_STYLE_TEXT);
}

static const struct pc_strip_row strip_rows[] = {
    {.label = "best", .low = 14.1, .middle = 14.9, .high = 15.6},
    {.label = "now", .low = 3.1, .middle = 4.0, .high = 5.2},
    {.label = "reference", .low = 24.4, .middle = 24.4, .high = 24.4},
    {.label = "none"},
    {.label = "slower", .low = 0.6, .middle = 0.7, .high = 0.8},
};

static void draw_strip(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    (void)ctx;
    struct pc_strip strip = {.rows = strip_rows, .n = PC_COUNT(strip_rows), .target = 16};
    pc_strip_draw(&strip, canvas, area);
}

enum { POINTS = 14 };

static void draw_plot(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    double n[POINTS], nested[POINTS], sorted[POINTS], hashed[POINTS];
    for (int i = 0; i < POINTS; i++) {
        n[i] = exp2(4 + i);
        nested[i] = 0.45 * n[i] * n[i];
        sorted[i] = 2.1 * n[i] * log2(n[i]);
        hashed[i] = 9 * n[i];
    }
    const struct pc_series series[] = {
        {.name = "nested loops", .x = n, .y = nested, .n = POINTS - 2},
        {.name = "sort + scan", .x = n, .y = sorted, .n = POINTS},
        {.name = "hash set", .x = n, .y = hashed, .n = POINTS},
    };
    struct pc_plot plot = {.series = series,
                           .n = PC_COUNT(series),
                           .x_name = "n",
                           .y_is_time = true,
                           .x_linear = *(const bool *)ctx,
                           .y_linear = *(const bool *)ctx};
    pc_plot_draw(&plot, canvas, area);
}

static const bool yes = true, no = false;

static const struct {
    const char *name;
    void (*draw)(const void *ctx, struct pc_canvas *canvas, struct pc_area area);
    const void *ctx;
} pictures[] = {
    {"list", draw_list, NULL},        {"pager", draw_pager, &no},
    {"pager_slid", draw_pager, &yes}, {"table", draw_table, NULL},
    {"bars", draw_bars, NULL},        {"prompt", draw_prompt, NULL},
    {"palette", draw_palette, ""},    {"palette_typed", draw_palette, "che"},
    {"gauge", draw_gauges, NULL},     {"spark", draw_sparks, NULL},
    {"strip", draw_strip, NULL},      {"plot", draw_plot, &no},
    {"plot_linear", draw_plot, &yes},
};

static void every_widget_looks_as_recorded(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(pictures); i++)
        golden_check(pictures[i].name, pictures[i].draw, pictures[i].ctx);
}

/* Odd sizes must not reach beyond the canvas: the sanitizers watch. */
static void every_widget_can_be_drawn_at_any_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},  {2, 2},   {3, 7}, {9, 3},
                                   {20, 5}, {300, 2}, {7, 99}};
    for (size_t i = 0; i < PC_COUNT(pictures); i++)
        for (size_t k = 0; k < PC_COUNT(sizes); k++) {
            struct pc_canvas *canvas =
                pc_canvas_create(sizes[k][0], sizes[k][1], (i + k) % 2);
            struct pc_area area = pc_canvas_area(canvas);
            pictures[i].draw(pictures[i].ctx, canvas, area);
            pictures[i].draw(pictures[i].ctx, canvas, pc_area_inset(area, 2, 1));
            PC_AUTO(pc_auto_free) char *dump = pc_canvas_dump(canvas);
            assert_non_null(dump);
            pc_canvas_free(canvas);
        }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_widget_looks_as_recorded),
        cmocka_unit_test(every_widget_can_be_drawn_at_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
