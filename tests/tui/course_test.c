#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "course_test.h"

int test_make(void **state)
{
    *state = pc_alloc(sizeof(struct course));
    return course_make(*state) ? 0 : -1;
}

int test_drop(void **state)
{
    course_remove(*state);
    free(*state);
    return 0;
}

void test_start(struct pty *pty, void **state, const char *term, int width, int height)
{
    const struct course *course = *state;
    assert_true(course_start(course, pty, term, width, height));
    pty_rest(pty, PTY_REST_MS);
}

size_t test_bytes(struct pty *pty, const char *key)
{
    pty_type(pty, key);
    return pty_frame(pty);
}

char *test_picture(const struct pty *pty)
{
    struct pc_str text = {0};
    for (int y = 0; y < pty->vt.height; y++) {
        PC_AUTO(pc_auto_free) char *row = vt_row(&pty->vt, y);
        pc_str_addf(&text, "%s\n", row);
    }
    return pc_str_take(&text);
}

void test_go(struct pty *pty, const struct course_screen *screen)
{
    if (course_go(pty, screen))
        return;
    PC_AUTO(pc_auto_free) char *picture = test_picture(pty);
    fail_msg("%s never came:\n%s", screen->name, picture);
}

void test_drawn_anew(struct pty *pty, const char *what)
{
    size_t cells = (size_t)pty->vt.width * (size_t)pty->vt.height;
    /* What is being measured changes the picture when it ends. */
    assert_true(pty_hides(pty, "measuring the"));
    /* Any key takes a message away, also one that does nothing more. */
    pty_type(pty, "\033[1;2D");
    pty_rest(pty, PTY_REST_MS);
    PC_AUTO(pc_auto_free) char *before = test_picture(pty);
    PC_AUTO(pc_auto_free) struct vt_cell *old = pc_alloc_array(cells, sizeof *old);
    memcpy(old, pty->vt.cells, cells * sizeof *old);
    test_bytes(pty, "\f");
    PC_AUTO(pc_auto_free) char *after = test_picture(pty);
    const char *x = before, *y = after;
    for (int row = 0; row < pty->vt.height; row++) {
        size_t n = strcspn(x, "\n"), m = strcspn(y, "\n");
        if (n != m || memcmp(x, y, n) != 0)
            fail_msg("%s, row %d: \"%.*s\", drawn anew \"%.*s\"", what, row, (int)n, x,
                     (int)m, y);
        x += n + 1;
        y += m + 1;
    }
    for (size_t i = 0; i < cells; i++)
        if (old[i].character > ' ' && old[i].look != pty->vt.cells[i].look)
            fail_msg("%s: cell %zu has another look when it is drawn anew", what, i);
    assert_int_equal(pty->vt.unknown, 0);
}
