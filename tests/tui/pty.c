/*
 * What the browser costs a terminal, its line and its machine: counted, never timed.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "course_test.h"

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

/* Percent of a page that a line costs.  The new row must be drawn, and of a page of 21 rows
 * it is nearly 5; so what counts is that the others cost nothing. */
static double cost_of_lines(struct pty *pty, const char *keys, double *page)
{
    enum { STEPS = 40 };
    size_t sum = 0;
    *page = (double)test_bytes(pty, "\f");
    for (int step = 0; step < STEPS; step++)
        sum +=
            test_bytes(pty, step < STEPS / 2 ? (char[]){keys[0], 0} : (char[]){keys[1], 0});
    return 100 * (double)sum / STEPS / *page;
}

static void a_scrolled_line_costs_little(void **state)
{
    static const struct {
        const char *term;
        int width, height;
        double most; /* percent of a page: a row's share of it */
    } table[] = {
        {"xterm-256color", 80, 24, 100 / 21.0},  {"tmux-256color", 80, 24, 100 / 21.0},
        {"xterm-256color", 100, 50, 100 / 47.0}, {"tmux-256color", 100, 50, 100 / 47.0},
        {"xterm-256color", 100, 60, 2},          {"xterm-256color", 200, 50, 100 / 47.0}};
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        struct pty pty;
        double prose_page, code_page;
        test_start(&pty, state, table[i].term, table[i].width, table[i].height);
        test_go(&pty, course_screen_named("page"));
        double prose = cost_of_lines(&pty, "jk", &prose_page);
        test_bytes(&pty, "G");
        test_drawn_anew(&pty, table[i].term);
        double code = cost_of_lines(&pty, "kj", &code_page);
        test_drawn_anew(&pty, table[i].term);
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
        test_start(&pty, state, "xterm-256color", 80, 24);
        test_go(&pty, &course_screens[i]);
        /* What is measured in the background comes to its end. */
        assert_true(pty_hides(&pty, "measuring"));
        pty_rest(&pty, course_screens[i].needs_time ? 2500 : 500);
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
        test_start(&pty, state, "xterm-256color", 80, 24);
        test_go(&pty, &course_screens[i]);
        struct pty_cost before = pty_cost(&pty);
        assert_true(before.cpu_ns > 0);
        pty_hang_up(&pty);
        if (!pty_ends(&pty))
            fail_msg("%s: it lives on", course_screens[i].name);
        pty_end(&pty);
    }
}

/* 9600 bit/s: what was typed while a frame was under way needs one frame more. */
static void a_slow_line_skips_stale_frames(void **state)
{
    enum { KEYS = 60 };
    struct pty pty;
    test_start(&pty, state, "xterm-256color", 80, 24);
    test_go(&pty, course_screen_named("page"));
    size_t page = test_bytes(&pty, "\f"), before = pty.bytes;
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
    test_drawn_anew(&pty, "after a slow line");
    assert_true(vt_shows(&pty.vt, "page 2 of 5"));
    pty_end(&pty);
}

/* After every screen was open in one process. */
static void the_memory_stays_small(void **state)
{
    enum { MOST_KIB = 15 * 1024 };
    struct pty pty;
    test_start(&pty, state, "xterm-256color", 200, 50);
    for (size_t i = 0; i < n_course_screens; i++) {
        test_go(&pty, &course_screens[i]);
        /* What is measured in the background lets no other screen measure. */
        assert_true(pty_hides(&pty, "measuring"));
        course_back(&pty, &course_screens[i]);
    }
    struct pty_cost cost = pty_cost(&pty);
    print_message("resident: %ld KiB\n", cost.rss_kib);
    if (!SANITIZED && cost.rss_kib >= MOST_KIB)
        fail_msg("%ld KiB are resident", cost.rss_kib);
    pty_end(&pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scrolled_line_costs_little),
        cmocka_unit_test(a_screen_at_rest_costs_nothing),
        cmocka_unit_test(a_hang_up_ends_the_program),
        cmocka_unit_test(a_slow_line_skips_stale_frames),
        cmocka_unit_test(the_memory_stays_small),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, test_make, test_drop);
}
