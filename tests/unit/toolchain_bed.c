#include "toolchain_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "loop/loop.h"

char *bed_write(const struct bed *bed, const char *name, const char *text, bool executable)
{
    char *path = pc_path_join(bed->dir, name);
    PC_AUTO(pc_auto_free) char *dir = pc_path_dir(path);
    assert_true(pc_mkdirs(dir, NULL));
    assert_true(pc_file_write_cache(path, text, strlen(text), NULL));
    if (executable)
        assert_int_equal(chmod(path, 0755), 0);
    return path;
}

bool bed_has(const char *program)
{
    PC_AUTO(pc_auto_free) char *line = pc_strfmt("command -v %s >/dev/null 2>&1", program);
    return system(line) == 0;
}

const char bed_good[] = "#include \"sum.h\"\n"
                        "int sum(const int *a, int n)\n"
                        "{\n"
                        "    int s = 0, unused;\n"
                        "    for (int i = 0; i < n; i++)\n"
                        "        s += a[i];\n"
                        "    return s;\n"
                        "}\n";

struct bed *bed_create(void)
{
    struct bed *bed = pc_alloc(sizeof *bed);
    strcpy(bed->dir, "/tmp/pc-toolchain-XXXXXX");
    assert_non_null(mkdtemp(bed->dir));
    bed->cache = pc_path_join(bed->dir, "cache");
    bed->headers = pc_path_join(bed->dir, "exercise");
    bed->include = pc_path_join(bed->dir, "include");
    bed->library = pc_path_join(bed->dir, "libperfbench.a");
    free(bed_write(
        bed, "include/perfbench.h",
        "const char *bench_compiler(void) __attribute__((weak, visibility(\"hidden\")));\n"
        "const char *bench_compiler(void) { return \"\"; }\n"
        "int test_sum(void);\n",
        false));
    free(bed_write(bed, "exercise/sum.h", "int sum(const int *a, int n);\n", false));
    bed->bench = bed_write(bed, "exercise/bench.c",
                           "#include \"sum.h\"\n"
                           "int run_sum(void);\n"
                           "int run_sum(void) { int a[] = {1, 2}; return sum(a, 2); }\n",
                           false);
    bed->test =
        bed_write(bed, "checks/test.c",
                  "#include <perfbench.h>\n"
                  "#include \"sum.h\"\n"
                  "int test_sum(void) { int a[] = {1, 2}; return sum(a, 2) - 3; }\n",
                  false);
    free(bed_write(bed, "main.c",
                   "int test_sum(void);\nint main(void) { return test_sum(); }\n", false));
    PC_AUTO(pc_auto_free) char *line =
        pc_strfmt("cd %s && cc -c main.c && ar cr libperfbench.a main.o", bed->dir);
    assert_int_equal(system(line), 0);
    bed->loop = pc_loop_create(NULL);
    assert_non_null(bed->loop);
    return bed;
}

void bed_free(struct bed *bed)
{
    pc_toolchain_free(bed->tc);
    pc_loop_free(bed->loop);
    pc_file_remove_tree(bed->dir, NULL);
    free(bed->cache);
    free(bed->headers);
    free(bed->include);
    free(bed->library);
    free(bed->bench);
    free(bed->test);
    free(bed);
}

int bed_setup(void **state)
{
    *state = bed_create();
    return 0;
}

int bed_teardown(void **state)
{
    bed_free(*state);
    return 0;
}

struct found {
    bool ended;
    struct pc_toolchain *tc;
    struct pc_err *err;
};

static void on_found(void *ctx, struct pc_toolchain *tc, const struct pc_err *err)
{
    struct found *found = ctx;
    found->ended = true;
    found->tc = tc;
    if (!tc)
        *found->err = *err;
}

bool bed_find(struct bed *bed, const char *cc, struct pc_err *err)
{
    pc_toolchain_free(bed->tc);
    bed->tc = NULL;
    struct found found = {.err = err};
    struct pc_toolchain_spec spec = {.cc = cc,
                                     .cache = bed->cache,
                                     .include_dir = bed->include,
                                     .library = bed->library,
                                     .answer_ms = bed->answer_ms,
                                     .compile_ms = bed->compile_ms};
    if (!pc_toolchain_find(bed->loop, &spec, on_found, &found, err))
        return false;
    pc_loop_run(bed->loop);
    assert_true(found.ended);
    bed->tc = found.tc;
    return bed->tc != NULL;
}

struct pc_build_spec bed_spec(const struct bed *bed, enum pc_product product,
                              const char *kernel)
{
    return (struct pc_build_spec){
        .product = product,
        .kernel_text = kernel,
        .kernel_len = strlen(kernel),
        .kernel_name = "sum.c",
        .header_dir = bed->headers,
        .bench_file = bed->bench,
        .test_file = bed->test,
    };
}

void bed_done(void *ctx, const char *path, const struct pc_build *build,
              const struct pc_err *err)
{
    struct outcome *outcome = ctx;
    assert_false(outcome->ended);
    assert_true(build->built == (path != NULL));
    outcome->ended = true;
    outcome->cached = build->cached;
    outcome->path = path ? pc_strdup(path) : NULL;
    pc_str_adds(&outcome->text, path ? "made\n" : "not made\n");
    for (size_t i = 0; i < build->n; i++) {
        const struct pc_diagnostic *d = &build->items[i];
        pc_str_addf(&outcome->text, "%s:%d:%d: %s: %s\n", d->place.file, d->place.line,
                    d->place.column, d->error ? "error" : "warning", d->text);
        if (d->source)
            pc_str_addf(&outcome->text, "| %s\n", d->source);
    }
    if (build->trouble)
        pc_str_addf(&outcome->text, "trouble: %s\n", build->trouble);
    if (err)
        pc_str_addf(&outcome->text, "code %d: %s\n", err->code, err->msg);
}

void bed_build(const struct bed *bed, const struct pc_build_spec *spec,
               struct outcome *outcome)
{
    struct pc_err err;
    *outcome = (struct outcome){0};
    struct pc_build_job *job =
        pc_build_start(bed->loop, bed->tc, spec, bed_done, outcome, &err);
    if (!job) {
        pc_str_addf(&outcome->text, "code %d: %s\n", err.code, err.msg);
        return;
    }
    pc_loop_run(bed->loop);
    assert_true(outcome->ended);
}

void outcome_fini(struct outcome *outcome)
{
    free(outcome->path);
    pc_str_fini(&outcome->text);
}
