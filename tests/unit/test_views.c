#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "loop/loop.h"
#include "toolchain/frames.h"
#include "toolchain/views.h"
#include "toolchain_bed.h"

static const char *const compilers[] = {"gcc", "clang"};

static const char kernel[] =
    "#include \"sum.h\"\n"
    "#include <stdlib.h>\n"
    "void sink(void *);\n"
    "void buffer(void) { char b[1000]; sink(b); }\n"
    "void large(void) { char b[5000]; sink(b); }\n"
    "void variable(int n) { char b[n]; sink(b); }\n"
    "char *dangling(void) { char b[9]; sink(b); return b; }\n"
    "int sum(const int *a, int n) { int unused; return a[n - 1]; }\n";

/* What a job told, as text; objects are copied, for they are removed. */
struct told {
    struct bed *bed;
    bool ended, built;
    struct pc_str text;
};

static void on_views(void *ctx, const struct pc_views *views, const struct pc_build *build,
                     const struct pc_err *err)
{
    struct told *told = ctx;
    assert_false(told->ended);
    told->ended = true;
    told->built = views != NULL;
    assert_true(build->built == told->built);
    if (err)
        pc_str_addf(&told->text, "%d %s\n", (int)err->code, err->msg);
    for (size_t i = 0; i < build->n; i++)
        pc_str_addf(&told->text, "%s %s:%d %s\n",
                    build->items[i].error ? "error" : "warning", build->items[i].place.file,
                    build->items[i].place.line, build->items[i].text);
    if (build->trouble)
        pc_str_addf(&told->text, "trouble %s\n", build->trouble);
    for (size_t i = 0; views && i < views->frames->n; i++) {
        const struct pc_stack_frame *f = &views->frames->items[i];
        pc_str_addf(&told->text, "%s:%d %s %s%s\n", f->place.file, f->place.line,
                    f->place.function,
                    f->bytes < 100    ? "small"
                    : f->bytes < 1100 ? "1000"
                                      : "5000",
                    f->dynamic ? " and more" : "");
    }
    for (size_t i = 0; views && i < PC_VIEWS; i++) {
        PC_AUTO(pc_auto_free)
        char *line = pc_strfmt("cp %s %s/view%zu.o", views->objects[i], told->bed->dir, i);
        assert_int_equal(system(line), 0);
    }
}

static void look(struct bed *bed, const char *text, struct told *told)
{
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, text);
    struct pc_err err;
    *told = (struct told){.bed = bed};
    assert_non_null(pc_views_start(bed->loop, bed->tc, &spec, on_views, told, &err));
    pc_loop_run(bed->loop);
    assert_true(told->ended);
}

static void says(const struct told *told, const char *text)
{
    if (!strstr(pc_str_get(&told->text), text))
        fail_msg("no \"%s\" in\n%s", text, pc_str_get(&told->text));
}

static void frames_and_their_warnings_are_told_and_no_others(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct told told;
        if (!bed_has(compilers[c]) || !bed_find(bed, compilers[c], &err))
            continue;
        look(bed, kernel, &told);
        assert_true(told.built);
        says(&told, "sum.c:4 buffer 1000\n");
        says(&told, "sum.c:5 large 5000\n");
        says(&told, "sum.c:6 variable small and more\n");
        says(&told, "sum.c:8 sum small\n");
        says(&told, "warning sum.c:5 ");
        says(&told, "warning sum.c:7 ");
        assert_null(strstr(pc_str_get(&told.text), "unused"));
        pc_str_fini(&told.text);
    }
}

/* What is added to see more must not change what is seen. */
static void what_is_shown_is_what_is_timed(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct told told;
        if (!bed_has(compilers[c]) || !bed_has("objcopy") ||
            !bed_find(bed, compilers[c], &err))
            continue;
        look(bed, kernel, &told);
        assert_true(told.built);
        pc_str_fini(&told.text);
        free(bed_write(bed, "exercise/sum.c", kernel, false));
        PC_AUTO(pc_auto_free) char *flags = pc_toolchain_flags(bed->tc);
        PC_AUTO(pc_auto_free)
        char *line = pc_strfmt("cd %s && %s %s -w -c exercise/sum.c -o timed.o && "
                               "for o in timed view0 view1; do objcopy -O binary "
                               "--only-section=.text $o.o $o.text || exit 9; done; "
                               "test -s timed.text && cmp -s timed.text view%d.text && "
                               "! cmp -s timed.text view%d.text",
                               bed->dir, compilers[c], flags, PC_VIEW_TIMED, PC_VIEW_PLAIN);
        assert_int_equal(system(line), 0);
    }
}

static void what_does_not_build_says_where(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct told told;
        if (!bed_has(compilers[c]) || !bed_find(bed, compilers[c], &err))
            continue;
        look(bed, "#include \"sum.h\"\nint sum(void) { return 0; }\nint x = ;\n", &told);
        assert_false(told.built);
        says(&told, "error sum.c:2 ");
        says(&told, "error sum.c:3 ");
        pc_str_fini(&told.text);
    }
}

static void a_cancelled_job_leaves_nothing(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    if (!bed_find(bed, NULL, &err))
        skip();
    struct told told = {.bed = bed};
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, kernel);
    struct pc_views_job *job =
        pc_views_start(bed->loop, bed->tc, &spec, on_views, &told, &err);
    assert_non_null(job);
    pc_views_cancel(job);
    pc_loop_run(bed->loop);
    assert_false(told.ended);
    pc_views_cancel(NULL);
}

static void frames_are_read_as_both_compilers_write_them(void **state)
{
    static const struct {
        const char *line;
        const char *function; /* NULL: left out */
        int at;
        double bytes;
        bool dynamic;
    } rows[] = {
        {"sum.c:8:5:pair\t16\tstatic\n", "pair", 8, 24, false},
        {"sum.c:8:pair\t16\tstatic\n", "pair", 8, 24, false},
        {"./sum.h:9:5:inner\t48\tdynamic\n", "inner", 9, 56, true},
        {"sum.c:8:5:a.part.0\t16\tdynamic,bounded\n", "a.part.0", 8, 24, false},
        {"/usr/include/stdlib.h:8:5:atoi\t16\tstatic\n", NULL, 0, 0, false},
        {"sum.c\t16\tstatic\n", NULL, 0, 0, false},
        {"sum.c:8:5:pair\tmany\tstatic\n", NULL, 0, 0, false},
        {"sum.c:8:5:pair\t16\n", NULL, 0, 0, false},
        {"\t\t\n", NULL, 0, 0, false},
        {"", NULL, 0, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_stack_frames frames = {0};
        pc_frames_read(rows[i].line, 8, &frames);
        assert_int_equal(frames.n, rows[i].function ? 1 : 0);
        if (rows[i].function) {
            assert_string_equal(frames.items[0].place.function, rows[i].function);
            assert_int_equal(frames.items[0].place.line, rows[i].at);
            assert_true(frames.items[0].bytes == rows[i].bytes);
            assert_int_equal(frames.items[0].dynamic, rows[i].dynamic);
        }
        free(frames.items);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_and_their_warnings_are_told_and_no_others),
        cmocka_unit_test(what_is_shown_is_what_is_timed),
        cmocka_unit_test(what_does_not_build_says_where),
        cmocka_unit_test(a_cancelled_job_leaves_nothing),
        cmocka_unit_test(frames_are_read_as_both_compilers_write_them),
    };
    return cmocka_run_group_tests(tests, bed_setup, bed_teardown);
}
