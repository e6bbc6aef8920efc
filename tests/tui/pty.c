/*
 * What the browser costs a terminal, its line and its machine: counted, never timed.
 */
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "course_bed.h"
#include "pty_bed.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

static void start(struct pty *pty, void **state, const char *term, int width, int height)
{
    const struct course *course = *state;
    assert_true(course_start(course, pty, term, width, height));
    pty_rest(pty, PTY_REST_MS);
}

/* The bytes of the frame that a key makes; it must make one. */
static size_t bytes_of(struct pty *pty, const char *key)
{
    pty_type(pty, key);
    return pty_frame(pty);
}

/* The screen as text; the caller owns it. */
static char *picture(const struct pty *pty)
{
    struct pc_str text = {0};
    for (int y = 0; y < pty->vt.height; y++) {
        PC_AUTO(pc_auto_free) char *row = vt_row(&pty->vt, y);
        pc_str_addf(&text, "%s\n", row);
    }
    return pc_str_take(&text);
}

static void assert_drawn_anew_is_the_same(struct pty *pty, const char *what)
{
    size_t cells = (size_t)pty->vt.width * (size_t)pty->vt.height;
    PC_AUTO(pc_auto_free) char *before = picture(pty);
    PC_AUTO(pc_auto_free) struct vt_cell *old = pc_alloc_array(cells, sizeof *old);
    memcpy(old, pty->vt.cells, cells * sizeof *old);
    bytes_of(pty, "\f");
    PC_AUTO(pc_auto_free) char *after = picture(pty);
    if (strcmp(before, after) != 0)
        fail_msg("%s: drawn anew it is\n%s\nand not\n%s", what, after, before);
    for (size_t i = 0; i < cells; i++)
        if (old[i].character > ' ' && old[i].look != pty->vt.cells[i].look)
            fail_msg("%s: cell %zu has another look when it is drawn anew", what, i);
    assert_int_equal(pty->vt.unknown, 0);
}

/* Percent of a page that a line costs: of 22 rows one is more than 4, so only a large screen
 * can be below 2. */
static double cost_of_lines(struct pty *pty, const char *keys, double *page)
{
    enum { STEPS = 40 };
    size_t sum = 0;
    *page = (double)bytes_of(pty, "\f");
    for (int step = 0; step < STEPS; step++)
        sum +=
            bytes_of(pty, step < STEPS / 2 ? (char[]){keys[0], 0} : (char[]){keys[1], 0});
    return 100 * (double)sum / STEPS / *page;
}

static void a_scrolled_line_costs_little(void **state)
{
    static const struct {
        const char *term;
        int width, height;
        double most;
    } table[] = {{"xterm-256color", 80, 24, 4.5},
                 {"tmux-256color", 80, 24, 4.5},
                 {"xterm-256color", 200, 50, 2},
                 {"tmux-256color", 200, 50, 2}};
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        struct pty pty;
        double prose_page, code_page;
        start(&pty, state, table[i].term, table[i].width, table[i].height);
        assert_true(course_go(&pty, course_screen_named("page")));
        double prose = cost_of_lines(&pty, "jk", &prose_page);
        bytes_of(&pty, "G");
        assert_drawn_anew_is_the_same(&pty, table[i].term);
        double code = cost_of_lines(&pty, "kj", &code_page);
        assert_drawn_anew_is_the_same(&pty, table[i].term);
        print_message("%s %dx%d: prose %.2f %% of %.0f bytes, code %.2f %% of %.0f\n",
                      table[i].term, table[i].width, table[i].height, prose, prose_page,
                      code, code_page);
        assert_true(prose <= table[i].most && code <= table[i].most);
        pty_end(&pty);
    }
}

static void a_screen_at_rest_costs_nothing(void **state)
{
    for (size_t i = 0; i < n_course_screens; i++) {
        struct pty pty;
        start(&pty, state, "xterm-256color", 80, 24);
        assert_true(course_go(&pty, &course_screens[i]));
        pty_listen(&pty, 500);
        struct pty_cost before = pty_cost(&pty);
        size_t bytes = pty.bytes;
        pty_listen(&pty, 2000);
        struct pty_cost after = pty_cost(&pty);
        if (pty.bytes != bytes || before.switches != after.switches ||
            before.cpu_ns != after.cpu_ns)
            fail_msg("%s: %zu bytes, %ld wake-ups, %lld ns", course_screens[i].name,
                     pty.bytes - bytes, after.switches - before.switches,
                     after.cpu_ns - before.cpu_ns);
        pty_end(&pty);
    }
}

/* SIGHUP is ignored, so that only the terminal itself tells. */
static void a_hang_up_ends_the_program(void **state)
{
    for (size_t i = 0; i < n_course_screens; i++) {
        struct pty pty;
        start(&pty, state, "xterm-256color", 80, 24);
        assert_true(course_go(&pty, &course_screens[i]));
        struct pty_cost before = pty_cost(&pty);
        assert_true(before.cpu_ns > 0);
        pty_hang_up(&pty);
        if (!pty_ends(&pty))
            fail_msg("%s: it lives on", course_screens[i].name);
        pty_end(&pty);
    }
}

static void a_hang_up_during_a_check_ends_the_program(void **state)
{
    const struct course *course = *state;
    struct pty pty;
    start(&pty, state, "xterm-256color", 80, 24);
    assert_true(course_go(&pty, course_screen_named("exercise")));
    assert_true(course_save(course, course->endless));
    assert_true(pty_shows(&pty, "testing"));
    pty_hang_up(&pty);
    assert_true(pty_ends(&pty));
    pty_end(&pty);
}

/* 9600 bit/s: what was typed while a frame was under way needs one frame more. */
static void a_slow_line_skips_stale_frames(void **state)
{
    enum { KEYS = 60 };
    struct pty pty;
    start(&pty, state, "xterm-256color", 80, 24);
    assert_true(course_go(&pty, course_screen_named("page")));
    size_t page = bytes_of(&pty, "\f"), before = pty.bytes;
    pty.rate = 960;
    for (int i = 0; i < KEYS; i++) {
        pty_type(&pty, i % 10 < 5 ? " " : "b");
        pty_listen(&pty, 10);
    }
    pty_type(&pty, "g");
    pty_rest(&pty, 500);
    size_t sent = pty.bytes - before;
    pty.rate = 0;
    if (sent > KEYS * page / 3)
        fail_msg("%zu bytes for %d keys, a page has %zu", sent, KEYS, page);
    assert_drawn_anew_is_the_same(&pty, "after a slow line");
    assert_true(vt_shows(&pty.vt, "page 2 of 5"));
    pty_end(&pty);
}

static void a_check_draws_at_most_four_frames_a_second(void **state)
{
    const struct course *course = *state;
    struct pty pty;
    start(&pty, state, "xterm-256color", 80, 24);
    assert_true(course_go(&pty, course_screen_named("exercise")));
    assert_true(course_save(course, course->starter));
    assert_true(pty_shows(&pty, "building"));
    size_t before = pty.reads;
    int64_t begin = pc_now();
    assert_true(pty_shows(&pty, course_missed));
    pty_rest(&pty, PTY_REST_MS);
    double seconds = (double)(pc_now() - begin) / 1e9;
    size_t frames = pty.reads - before;
    /* The verdict comes at once. */
    if ((double)frames > 4 * seconds + 2)
        fail_msg("%zu frames in %.2f s", frames, seconds);
    pty_end(&pty);
}

static char *row(const struct pty *pty, int y)
{
    return vt_row(&pty->vt, y);
}

static void every_screen_fits_every_size(void **state)
{
    static const struct {
        int width, height;
    } sizes[] = {{20, 5},   {30, 8},   {40, 10},  {60, 16},  {80, 24},
                 {100, 30}, {120, 40}, {200, 50}, {300, 100}};
    for (size_t i = 0; i < n_course_screens; i++) {
        const char *name = course_screens[i].name;
        struct pty pty;
        start(&pty, state, "xterm-256color", 80, 24);
        assert_true(course_go(&pty, &course_screens[i]));
        for (size_t k = 0; k < PC_COUNT(sizes); k++) {
            pty_resize(&pty, sizes[k].width, sizes[k].height);
            pty_rest(&pty, PTY_REST_MS);
            PC_AUTO(pc_auto_free) char *first = row(&pty, 0);
            PC_AUTO(pc_auto_free) char *last = row(&pty, sizes[k].height - 1);
            bool helps = strstr(last, "help") != NULL || course_screens[i].takes_text;
            if (first[0] == '\0' || last[0] == '\0' || !helps)
                fail_msg("%s at %dx%d: first row \"%s\", last row \"%s\"", name,
                         sizes[k].width, sizes[k].height, first, last);
            assert_drawn_anew_is_the_same(&pty, name);
        }
        pty_end(&pty);
    }
}

/* Whatever was pressed, the picture is the one that a clear screen would get. */
static void pictures_do_not_depend_on_the_way_to_them(void **state)
{
    static const char *const keys[] = {"j",  "k", " ",  "b",      "\004",    "\025", "G",
                                       "g",  "h", "l",  "\033[B", "\033[A",  ">",    "<",
                                       "?q", "j", "jj", "kkk",    ":che\033"};
    for (size_t i = 0; i < n_course_screens; i++) {
        struct pty pty;
        struct pc_rng rng;
        pc_rng_init(&rng, i + 1);
        start(&pty, state, i % 2 ? "tmux-256color" : "xterm-256color", 90, 20);
        assert_true(course_go(&pty, &course_screens[i]));
        for (int step = 0; step < 12; step++) {
            for (int n = 0; n < 5; n++) {
                pty_type(&pty, keys[pc_rng_below(&rng, PC_COUNT(keys))]);
                pty_listen(&pty, 5);
            }
            pty_rest(&pty, PTY_REST_MS);
            assert_drawn_anew_is_the_same(&pty, course_screens[i].name);
        }
        pty_end(&pty);
    }
}

/* After every screen was open in one process. */
static void the_memory_stays_small(void **state)
{
    enum { MOST_KIB = 15 * 1024 };
    struct pty pty;
    start(&pty, state, "xterm-256color", 200, 50);
    for (size_t i = 0; i < n_course_screens; i++) {
        assert_true(course_go(&pty, &course_screens[i]));
        course_back(&pty, &course_screens[i]);
    }
    struct pty_cost cost = pty_cost(&pty);
    print_message("resident: %ld KiB\n", cost.rss_kib);
    if (!SANITIZED && cost.rss_kib >= MOST_KIB)
        fail_msg("%ld KiB are resident", cost.rss_kib);
    pty_end(&pty);
}

static int make(void **state)
{
    *state = pc_alloc(sizeof(struct course));
    return course_make(*state) ? 0 : -1;
}

static int drop(void **state)
{
    course_remove(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scrolled_line_costs_little),
        cmocka_unit_test(a_screen_at_rest_costs_nothing),
        cmocka_unit_test(a_hang_up_ends_the_program),
        cmocka_unit_test(a_hang_up_during_a_check_ends_the_program),
        cmocka_unit_test(a_slow_line_skips_stale_frames),
        cmocka_unit_test(a_check_draws_at_most_four_frames_a_second),
        cmocka_unit_test(every_screen_fits_every_size),
        cmocka_unit_test(pictures_do_not_depend_on_the_way_to_them),
        cmocka_unit_test(the_memory_stays_small),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, make, drop);
}
