#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "loop/loop.h"
#include "toolchain_bed.h"

#define SUM_BEGIN \
    "#include \"sum.h\"\n" \
    "int sum(const int *a, int n)\n" \
    "{\n"

static const char good[] = SUM_BEGIN "    int s = 0;\n"
                                     "    for (int i = 0; i < n; i++)\n"
                                     "        s += a[i];\n"
                                     "    return s;\n"
                                     "}\n";

static const char *const compilers[] = {"gcc", "clang"};

/* Find compiler `c`; false when this machine has not got it. */
static bool with_compiler(struct bed *bed, size_t c)
{
    struct pc_err err = {0};
    if (!bed_has(compilers[c]))
        return false;
    if (!bed_find(bed, compilers[c], &err))
        fail_msg("%s: %s", compilers[c], err.msg);
    return true;
}

static void every_compiler_makes_every_product(void **state)
{
    static const enum pc_product products[] = {PC_SHARED_OBJECT, PC_SANITIZED_TESTS,
                                               PC_PLAIN_PROGRAM};
    struct bed *bed = *state;
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        if (!with_compiler(bed, c))
            continue;
        assert_int_equal(
            strncmp(pc_toolchain_version(bed->tc), compilers[c], strlen(compilers[c])), 0);
        assert_true(pc_toolchain_sanitizes(bed->tc));
        for (size_t i = 0; i < PC_COUNT(products); i++) {
            struct outcome outcome;
            struct pc_build_spec spec = bed_spec(bed, products[i], good);
            bed_build(bed, &spec, &outcome);
            assert_string_equal(outcome.text.s, "made\n");
            if (products[i] != PC_SHARED_OBJECT)
                assert_int_equal(system(outcome.path), 0);
            outcome_fini(&outcome);
        }
    }
}

static void the_learners_mistakes_have_places(void **state)
{
    static const struct {
        const char *rule, *kernel;
        const char *first;  /* what the answer begins with */
        const char *within; /* and what else it holds */
    } rows[] = {
        {"a syntax error has its line", SUM_BEGIN "    return a[0] +;\n}\n",
         "not made\nsum.c:4:18: error: expected expression", "|     return a[0] +;\n"},
        {"columns are bytes", SUM_BEGIN "\treturn nothing;\n}\n",
         "not made\nsum.c:4:9: error: ", "'nothing'"},
        {"an error comes before earlier warnings",
         SUM_BEGIN "    int *p = n;\n    return b + a[*p];\n}\n",
         "not made\nsum.c:5:12: error: ", "|     int *p = n;\n"},
        {"a missing header is named", "#include \"nothing.h\"\n",
         "not made\nsum.c:1:10: error: ", "nothing.h"},
        {"a file without end of line is shown", SUM_BEGIN "    return m",
         "not made\nsum.c:4:", "|     return m\n"},
        {"lines may end as in DOS", "#include \"sum.h\"\r\nint x = y;\r\n",
         "not made\nsum.c:2:9: error: ", "| int x = y;\n"},
        {"including oneself ends", "#include \"sum.c\"\n", "not made\nsum.c:1:", "nested"},
        {"a warning does not stop the build",
         SUM_BEGIN "    int unused;\n    return a[0] + n;\n}\n",
         "made\nsum.c:4:9: warning: unused variable 'unused' [-Wunused-variable]\n",
         "|     int unused;\n"},
        {"a function without body is named",
         "#include \"sum.h\"\nint helper(int);\n"
         "int sum(const int *a, int n) { return helper(a[n]); }\n",
         "not made\nsum.c:3:",
         "error: 'helper' is used, but neither sum.c nor the C library"},
        {"a function that the bench needs is named", "",
         "not made\nsum.c:0:0: error: 'sum' is missing: bench.c needs it (line 3)", ""},
        {"a name of the bench is not free",
         SUM_BEGIN "    return a[n];\n}\nint run_sum(void);\n"
                   "int run_sum(void) { return 1; }\n",
         "not made\nsum.c:6:5: error: 'run_sum' is defined by the bench or the test too",
         ""},
        {"a header of the system is not taken for ours",
         "#include <stdio.h>\nint puts(int);\n", "not made\nsum.c:2:5: error: ", ""},
    };
    struct bed *bed = *state;
    for (size_t c = 0; c < PC_COUNT(compilers); c++)
        for (size_t i = 0; i < PC_COUNT(rows); i++) {
            struct outcome outcome;
            if (i == 0 && !with_compiler(bed, c))
                break;
            struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, rows[i].kernel);
            bed_build(bed, &spec, &outcome);
            bool held =
                strncmp(outcome.text.s, rows[i].first, strlen(rows[i].first)) == 0 &&
                strstr(outcome.text.s, rows[i].within);
            if (!held)
                fail_msg("%s: %s gives\n%s", compilers[c], rows[i].rule, outcome.text.s);
            outcome_fini(&outcome);
        }
}

static void a_hundred_thousand_errors_end_and_give_the_first(void **state)
{
    struct bed *bed = *state;
    struct pc_str kernel = {0};
    for (int i = 0; i < 100000; i++)
        pc_str_addf(&kernel, "int x%d = y%d;\n", i, i);
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct outcome outcome;
        if (!with_compiler(bed, c))
            continue;
        struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, kernel.s);
        bed_build(bed, &spec, &outcome);
        if (!strstr(outcome.text.s, "not made\nsum.c:1:10: error: "))
            fail_msg("%s gives\n%.300s", compilers[c], outcome.text.s);
        outcome_fini(&outcome);
    }
    pc_str_fini(&kernel);
}

static void a_flood_of_warnings_is_cut_and_named(void **state)
{
    struct bed *bed = *state;
    struct pc_str kernel = {0};
    for (int i = 0; i < 3000; i++)
        pc_str_addf(&kernel, "static int a_function_that_nobody_calls_%d(void);\n", i);
    struct outcome outcome;
    struct pc_err err;
    assert_true(bed_find(bed, NULL, &err));
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, kernel.s);
    bed_build(bed, &spec, &outcome);
    assert_non_null(strstr(outcome.text.s, "sum.c:1:12: warning: "));
    assert_non_null(strstr(outcome.text.s, "printed more than 256 KiB of messages"));
    outcome_fini(&outcome);
    pc_str_fini(&kernel);
}

/* A compiler that is gcc but for what `script` does first. */
static void with_script(struct bed *bed, const char *script)
{
    struct pc_err err = {0};
    PC_AUTO(pc_auto_free)
    char *text = pc_strfmt("#!/bin/sh\n%s\nexec cc \"$@\"\n", script);
    PC_AUTO(pc_auto_free) char *cc = bed_write(bed, "cc", text, true);
    if (!bed_find(bed, cc, &err))
        fail_msg("%s", err.msg);
}

static void limits_of_the_compiler_are_named(void **state)
{
    static const struct {
        const char *does, *words;
    } rows[] = {
        {"while :; do :; done", "trouble: the compiler ran out of its 0.2 s"},
        {"kill -SEGV $$", "trouble: the compiler died: Segmentation fault"},
        {"echo 'cc1: out of memory allocating 65536 bytes'; exit 1",
         "trouble: the compiler ran out of its 2 GiB of memory"},
        {"echo 'cc: fatal error: File size limit exceeded signal terminated program as'; "
         "exit 1",
         "trouble: the compiler wrote a file of more than 256 MiB"},
        {"echo 'odd words'; exit 1", "trouble: odd words"},
        {"exit 1", "trouble: the compiler failed and did not say why"},
        {"echo 'sum.c:1:1: fatal error: error writing to x.s: No space left on device'; "
         "exit 1",
         "code 7: the compiler could not do its work: No space left on device"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed *bed = *state;
        struct outcome outcome;
        PC_AUTO(pc_auto_free)
        char *script = pc_strfmt("case \"$*\" in *sum.c*) %s;; esac", rows[i].does);
        bed->compile_ms = i == 0 ? 200 : 0;
        with_script(bed, script);
        struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, good);
        bed_build(bed, &spec, &outcome);
        if (!strstr(outcome.text.s, rows[i].words))
            fail_msg("'%s' gives\n%s", rows[i].does, outcome.text.s);
        outcome_fini(&outcome);
    }
}

static void a_course_that_does_not_build_is_not_the_learners_fault(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    assert_true(bed_find(bed, NULL, &err));
    free(
        bed_write(bed, "exercise/bench.c", "int bench(void) { return nothing; }\n", false));
    struct outcome outcome;
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, good);
    bed_build(bed, &spec, &outcome);
    assert_non_null(
        strstr(outcome.text.s, "code 7: the course's bench.c does not build with"));
    assert_non_null(strstr(outcome.text.s, "bench.c:1: "));
    outcome_fini(&outcome);
}

static void packages_are_found_or_named(void **state)
{
    static const char *const known[] = {"libuv"}, *const unknown[] = {"no-such-package"};
    struct bed *bed = *state;
    struct pc_err err;
    struct outcome outcome;
    assert_true(bed_find(bed, NULL, &err));
    struct pc_build_spec spec =
        bed_spec(bed, PC_SHARED_OBJECT,
                 "#include <uv.h>\n" SUM_BEGIN "    return a[n] + (int)uv_version();\n}\n");
    spec.needs = known;
    spec.n_needs = 1;
    bed_build(bed, &spec, &outcome);
    assert_string_equal(outcome.text.s, "made\n");
    outcome_fini(&outcome);
    spec.needs = unknown;
    bed_build(bed, &spec, &outcome);
    assert_non_null(strstr(outcome.text.s, "code 7: this exercise needs no-such-package"));
    outcome_fini(&outcome);
}

static void without_a_compiler_the_remedy_is_said(void **state)
{
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free)
    char *mute = bed_write(bed, "mute", "#!/bin/sh\nexit 0\n", true);
    PC_AUTO(pc_auto_free)
    char *hangs = bed_write(bed, "hangs", "#!/bin/sh\nexec sleep 60\n", true);
    PC_AUTO(pc_auto_free)
    char *lacks =
        bed_write(bed, "lacks",
                  "#!/bin/sh\n[ \"$1\" = --version ] && echo 'odd 1.0' && exit 0\n"
                  "echo 'probe.c:1:10: fatal error: stdio.h: No such file'\nexit 1\n",
                  true);
    const struct {
        const char *cc, *env, *path, *words;
    } rows[] = {
        {NULL, "", "/nonexistent",
         "no C compiler found (tried gcc, clang, cc): install one"},
        {"/bin/false", "", NULL, "/bin/false is no usable C compiler"},
        {NULL, "/bin/false", NULL, "/bin/false is no usable C compiler"},
        {"no-such-cc -O1", "", NULL, "no compiler 'no-such-cc -O1' (from --cc)"},
        {NULL, "no-such-cc", NULL, "no compiler 'no-such-cc' (from CC)"},
        {bed->dir, "", NULL, "it is no program but a folder"},
        {bed->library, "", NULL, "it may not be executed"},
        {" ", "", NULL, "there is no such program"},
        {mute, "", NULL, "it printed nothing"},
        {hangs, "", NULL, "did not answer within 0.1 s"},
        {lacks, "", NULL, "stdio.h: No such file (`apt install gcc libc6-dev`"},
    };
    PC_AUTO(pc_auto_free) char *path = pc_strdup(getenv("PATH"));
    const char *old = getenv("CC");
    PC_AUTO(pc_auto_free) char *cc = old ? pc_strdup(old) : NULL;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_err err = {0};
        setenv("CC", rows[i].env, 1);
        setenv("PATH", rows[i].path ? rows[i].path : path, 1);
        bed->answer_ms = rows[i].cc == hangs ? 100 : 0;
        assert_false(bed_find(bed, rows[i].cc, &err));
        assert_int_equal(err.code, PC_ENVIRONMENT);
        if (!strstr(err.msg, rows[i].words))
            fail_msg("row %zu gives '%s'", i, err.msg);
    }
    setenv("PATH", path, 1);
    if (cc)
        setenv("CC", cc, 1);
    else
        unsetenv("CC");
}

static void a_compiler_may_have_arguments(void **state)
{
    struct bed *bed = *state;
    struct pc_err err;
    struct outcome outcome;
    assert_true(bed_find(bed, " env  cc -DONE=1 ", &err));
    struct pc_build_spec spec =
        bed_spec(bed, PC_SHARED_OBJECT, SUM_BEGIN "    return a[n] + ONE;\n}\n");
    bed_build(bed, &spec, &outcome);
    assert_string_equal(outcome.text.s, "made\n");
    outcome_fini(&outcome);
}

struct canceller {
    struct pc_probe *probe;
    struct pc_timer *timer;
};

static void cancel(void *ctx)
{
    struct canceller *c = ctx;
    pc_probe_cancel(c->probe);
    pc_timer_free(c->timer);
}

static void never(void *ctx, struct pc_toolchain *tc, const struct pc_err *err)
{
    (void)ctx, (void)tc, (void)err;
    fail_msg("a cancelled probe answered");
}

static void a_cancelled_probe_is_silent_and_leaves_nothing(void **state)
{
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free)
    char *hangs = bed_write(bed, "hangs", "#!/bin/sh\nexec sleep 60\n", true);
    struct pc_toolchain_spec spec = {.cc = hangs,
                                     .cache = bed->cache,
                                     .include_dir = bed->include,
                                     .library = bed->library};
    for (int ms = 0; ms <= 50; ms += 50) {
        struct canceller c = {0};
        c.probe = pc_toolchain_find(bed->loop, &spec, never, NULL, NULL);
        assert_non_null(c.probe);
        if (ms == 0)
            pc_probe_cancel(c.probe);
        else
            c.timer = pc_timer_start(bed->loop, ms, cancel, &c);
        pc_loop_run(bed->loop);
    }
    char **left = pc_dir_names(bed->cache, NULL);
    assert_non_null(left);
    assert_null(left[0]);
    pc_names_free(left);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_compiler_makes_every_product),
        cmocka_unit_test(the_learners_mistakes_have_places),
        cmocka_unit_test(a_hundred_thousand_errors_end_and_give_the_first),
        cmocka_unit_test(a_flood_of_warnings_is_cut_and_named),
        BED_TEST(limits_of_the_compiler_are_named),
        BED_TEST(a_course_that_does_not_build_is_not_the_learners_fault),
        cmocka_unit_test(packages_are_found_or_named),
        BED_TEST(without_a_compiler_the_remedy_is_said),
        BED_TEST(a_cancelled_probe_is_silent_and_leaves_nothing),
        cmocka_unit_test(a_compiler_may_have_arguments),
    };
    return cmocka_run_group_tests(tests, bed_setup, bed_teardown);
}
