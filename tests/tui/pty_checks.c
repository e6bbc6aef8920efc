/*
 * Checks in the browser: what is drawn, what is typed meanwhile, and what is left behind.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "course_test.h"

static void a_check_draws_at_most_four_frames_a_second(void **state)
{
    const struct course *course = *state;
    struct pty pty;
    test_start(&pty, state, "xterm-256color", 80, 24);
    test_go(&pty, course_screen_named("exercise"));
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

static void a_hang_up_during_a_check_ends_the_program(void **state)
{
    const struct course *course = *state;
    struct pty pty;
    test_start(&pty, state, "xterm-256color", 80, 24);
    test_go(&pty, course_screen_named("exercise"));
    assert_true(course_save(course, course->endless));
    assert_true(pty_shows(&pty, "testing"));
    pty_hang_up(&pty);
    assert_true(pty_ends(&pty));
    pty_end(&pty);
}

/* From the exercise, with a kernel whose check is in this phase for long. */
static void start_check(struct pty *pty, void **state, const char *kernel,
                        const char *shows)
{
    const struct course *course = *state;
    test_start(pty, state, "xterm-256color", 80, 24);
    test_go(pty, course_screen_named("exercise"));
    assert_true(course_save(course, kernel));
    if (!pty_shows(pty, shows))
        fail_msg("never showed %s", shows);
}

/* The phases as the header of the screen names them. */
static void ctrl_c_cancels_at_any_phase_and_leaves_no_child(void **state)
{
    const struct course *course = *state;
    const struct {
        const char *kernel, *phase;
    } table[] = {{course->starter, "building"},
                 {course->endless, "testing"},
                 {course->starter, "timing"}};
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        struct pty pty;
        start_check(&pty, state, table[i].kernel, table[i].phase);
        pty_type(&pty, "\003");
        if (!pty_shows(&pty, "cancelled"))
            fail_msg("not cancelled while %s", table[i].phase);
        int64_t end = pc_now() + 3000000000;
        while (pty_children(&pty) > 0 && pc_now() < end)
            pty_listen(&pty, 20);
        assert_int_equal(pty_children(&pty), 0);
        pty_type(&pty, "Q");
        assert_true(pty_ends(&pty));
        pty_end(&pty);
    }
}

static void keys_work_during_a_check(void **state)
{
    const struct course *course = *state;
    struct pty pty;
    start_check(&pty, state, course->endless, "testing");
    pty_type(&pty, "q");
    assert_true(pty_shows(&pty, "Goals"));
    pty_type(&pty, "d");
    assert_true(pty_shows(&pty, "changes since"));
    pty_type(&pty, "q:hint");
    assert_true(pty_shows(&pty, "▸ next hint"));
    pty_type(&pty, "\033");
    assert_true(pty_hides(&pty, "matches"));
    pty_resize(&pty, 120, 40);
    assert_true(pty_shows(&pty, "? help"));
    pty_type(&pty, "\003");
    assert_true(pty_shows(&pty, "cancelled"));
    pty_end(&pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_draws_at_most_four_frames_a_second),
        cmocka_unit_test(a_hang_up_during_a_check_ends_the_program),
        cmocka_unit_test(ctrl_c_cancels_at_any_phase_and_leaves_no_child),
        cmocka_unit_test(keys_work_during_a_check),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, test_make, test_drop);
}
