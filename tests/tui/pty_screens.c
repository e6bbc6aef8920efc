/*
 * Every screen of the course on every kind of terminal.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "course_test.h"

/* Whether the last row is the footer, which a check that runs may delay. */
static bool has_footer(struct pty *pty, const struct course_screen *screen)
{
    for (int tries = 0; tries < 100; tries++) {
        PC_AUTO(pc_auto_free) char *last = vt_row(&pty->vt, pty->vt.height - 1);
        if (strstr(last, "help") || (screen->takes_text && last[0] != '\0'))
            return true;
        pty_listen(pty, 20);
    }
    return false;
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
        test_start(&pty, state, "xterm-256color", 80, 24);
        test_go(&pty, &course_screens[i]);
        for (size_t k = 0; k < PC_COUNT(sizes); k++) {
            pty_resize(&pty, sizes[k].width, sizes[k].height);
            pty_rest(&pty, PTY_REST_MS);
            bool footer = has_footer(&pty, &course_screens[i]);
            PC_AUTO(pc_auto_free) char *first = vt_row(&pty.vt, 0);
            if (first[0] == '\0' || !footer)
                fail_msg("%s at %dx%d: first row \"%s\", footer %d", name, sizes[k].width,
                         sizes[k].height, first, footer);
            test_drawn_anew(&pty, name);
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
        test_start(&pty, state, i % 2 ? "tmux-256color" : "xterm-256color", 90, 20);
        test_go(&pty, &course_screens[i]);
        for (int step = 0; step < 12; step++) {
            for (int n = 0; n < 5; n++) {
                pty_type(&pty, keys[pc_rng_below(&rng, PC_COUNT(keys))]);
                pty_listen(&pty, 5);
            }
            /* While something is measured the screen changes by itself. */
            assert_true(pty_hides(&pty, "measuring"));
            pty_rest(&pty, PTY_REST_MS);
            test_drawn_anew(&pty, course_screens[i].name);
        }
        pty_end(&pty);
    }
}

/* With `variable` in the environment, as text. */
static char *picture_with(void **state, const struct course_screen *screen,
                          const char *variable, const char *term, struct vt *vt)
{
    const struct course *course = *state;
    struct course changed = *course;
    struct pty pty;
    size_t n = 0;
    while (changed.env[n])
        n++;
    changed.env[n] = variable;
    assert_true(course_start(&changed, &pty, term, 80, 24));
    if (!course_go(&pty, screen))
        fail_msg("%s with %s under %s", screen->name, variable, term);
    char *text = test_picture(&pty);
    vt_init(vt, 80, 24);
    memcpy(vt->cells, pty.vt.cells, sizeof *vt->cells * 80 * 24);
    pty_end(&pty);
    return text;
}

static bool has_colours(const struct vt *vt)
{
    for (size_t i = 0; i < 80 * 24; i++)
        if (vt->cells[i].look >> 10)
            return true;
    return false;
}

static void no_meaning_is_in_colour_alone(void **state)
{
    for (size_t i = 0; i < n_course_screens; i++) {
        const struct course_screen *screen = &course_screens[i];
        struct vt coloured, plain, mono;
        PC_AUTO(pc_auto_free) char *a =
            picture_with(state, screen, "NO_COLOR=", "xterm-256color", &coloured);
        PC_AUTO(pc_auto_free) char *b =
            picture_with(state, screen, "NO_COLOR=1", "xterm-256color", &plain);
        PC_AUTO(pc_auto_free) char *c = picture_with(state, screen, "X=", "vt100", &mono);
        if (has_colours(&plain) || has_colours(&mono))
            fail_msg("%s has colours", screen->name);
        if (!screen->needs_time && (strcmp(a, b) != 0 || strcmp(a, c) != 0))
            fail_msg("%s:\n%s\nwithout colours:\n%s\nvt100:\n%s", screen->name, a, b, c);
        vt_fini(&coloured);
        vt_fini(&plain);
        vt_fini(&mono);
    }
}

static bool is_ascii(const struct vt *vt)
{
    for (size_t i = 0; i < 80 * 24; i++)
        if (vt->cells[i].character >= 0x80)
            return false;
    return true;
}

static void the_locale_says_which_characters_there_are(void **state)
{
    static const struct {
        const char *variable;
        bool ascii;
    } table[] = {{"LC_ALL=C", true},
                 {"LC_ALL=POSIX", true},
                 {"LC_ALL=C.UTF-8", false},
                 {"LC_ALL=en_XX.UTF-8", false}}; /* which is not installed */
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        for (size_t k = 0; k < n_course_screens; k++) {
            struct vt vt;
            if (course_screens[k].needs_time || (i > 0 && k > 1))
                continue;
            free(picture_with(state, &course_screens[k], table[i].variable,
                              "xterm-256color", &vt));
            if (is_ascii(&vt) != table[i].ascii)
                fail_msg("%s with %s", course_screens[k].name, table[i].variable);
            vt_fini(&vt);
        }
    }
}

static void an_unknown_terminal_is_taken_for_xterm(void **state)
{
    static const char *const names[] = {"xterm-ghostty", "nonsense"};
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        struct pty pty;
        test_start(&pty, state, names[i], 80, 24);
        assert_true(pty_shows(&pty, "taken for xterm-256color"));
        test_bytes(&pty, "j");
        assert_false(vt_shows(&pty.vt, "taken for"));
        test_drawn_anew(&pty, names[i]);
        pty_end(&pty);
    }
}

/* What is in the middle stays in sight, and what is chosen stays chosen. */
static void a_resize_keeps_the_place(void **state)
{
    static const struct {
        int width, height;
    } sizes[] = {{120, 40}, {60, 20}, {80, 24}};
    struct pty pty;
    test_start(&pty, state, "xterm-256color", 80, 24);
    test_bytes(&pty, "j");
    test_bytes(&pty, "j");
    for (size_t i = 0; i < PC_COUNT(sizes); i++) {
        pty_resize(&pty, sizes[i].width, sizes[i].height);
        assert_true(pty_shows(&pty, "▸  "));
        assert_true(pty_shows(&pty, "? help"));
    }
    test_go(&pty, course_screen_named("page"));
    for (int i = 0; i < 6; i++)
        test_bytes(&pty, " ");
    PC_AUTO(pc_auto_free) char *before = test_picture(&pty);
    pty_resize(&pty, 140, 24);
    pty_frame(&pty);
    pty_resize(&pty, 80, 24);
    pty_frame(&pty);
    PC_AUTO(pc_auto_free) char *after = test_picture(&pty);
    assert_string_equal(before, after);
    pty_end(&pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_fits_every_size),
        cmocka_unit_test(pictures_do_not_depend_on_the_way_to_them),
        cmocka_unit_test(no_meaning_is_in_colour_alone),
        cmocka_unit_test(the_locale_says_which_characters_there_are),
        cmocka_unit_test(an_unknown_terminal_is_taken_for_xterm),
        cmocka_unit_test(a_resize_keeps_the_place),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, test_make, test_drop);
}
