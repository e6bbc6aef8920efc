#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "golden.h"

enum { GOLDEN_MAX = 1 << 20 };

static const struct {
    int width, height;
} sizes[] = {{40, 10}, {80, 24}, {120, 40}};

/* Empty rows at the end of a picture are left out. */
static void add_picture(struct pc_str *text, const struct pc_canvas *canvas)
{
    PC_AUTO(pc_auto_free) char *dump = pc_canvas_dump(canvas);
    size_t n = strlen(dump);
    while (n > 1 && dump[n - 1] == '\n' && dump[n - 2] == '\n')
        n--;
    pc_str_add(text, dump, n);
}

static void compare(const char *name, const char *is, const char *should)
{
    size_t line = 1, i = 0, begin = 0;
    for (; is[i] && is[i] == should[i]; i++)
        if (is[i] == '\n') {
            line++;
            begin = i + 1;
        }
    if (is[i] != should[i])
        fail_msg("%s differs in line %zu:\nis     %.*s\nshould %.*s", name, line,
                 (int)strcspn(is + begin, "\n"), is + begin,
                 (int)strcspn(should + begin, "\n"), should + begin);
}

void golden_check(const char *name,
                  void (*draw)(const void *ctx, struct pc_canvas *canvas,
                               struct pc_area area),
                  const void *ctx)
{
    const char *tree = getenv("PC_SRCDIR"), *mode = getenv("PC_GOLDEN");
    struct pc_str text = {0};
    for (size_t i = 0; i < PC_COUNT(sizes); i++)
        for (int ascii = 0; ascii < 2; ascii++) {
            struct pc_canvas *canvas =
                pc_canvas_create(sizes[i].width, sizes[i].height, ascii);
            draw(ctx, canvas, pc_canvas_area(canvas));
            pc_str_addf(&text, "== %dx%d %s\n", sizes[i].width, sizes[i].height,
                        ascii ? "ASCII" : "UTF-8");
            add_picture(&text, canvas);
            pc_canvas_free(canvas);
        }
    PC_AUTO(pc_auto_free)
    char *path = pc_strfmt("%s/tests/tui/golden/%s.txt", tree ? tree : ".", name);
    if (mode && strcmp(mode, "write") == 0)
        assert_true(pc_file_write(path, text.s, text.len, NULL));
    struct pc_err err = {0};
    PC_AUTO(pc_auto_free) char *should = pc_file_read(path, GOLDEN_MAX, NULL, &err);
    if (!should)
        fail_msg("%s", err.msg);
    compare(name, text.s, should);
    pc_str_fini(&text);
}
