#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"
#include "toolchain/refuse.h"
#include "toolchain/scan.h"
#include "toolchain_bed.h"

static void tokens_are_seen_as_the_compiler_sees_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *tokens; /* one letter a token, then its text */
    } rows[] = {
        {"int a1;", "Wint Wa1 M; "},
        {"a/*b*/c//d\ne", "Wa Wc N We "},
        {"a/*", "Wa "},
        {"ab\\\ncd", "Wabcd "},
        {"ab\\ \r\ncd", "Wabcd "},
        {"\"a\\\"b\" 'c'", "S\"a\\\"b\" S'c' "},
        {"\"/*\" x", "S\"/*\" Wx "},
        {"\"open\nx", "S\"open N Wx "},
        {"# define x", "D Wdefine Wx "},
        {"%:define x", "D Wdefine Wx "},
        {"a # b", "Wa M# Wb "},
        {"/**/ #if", "D Wif "},
        {"/\\\n* x */y", "Wy "},
        {"\xc3\xa9t\xc3\xa9", "W\xc3\xa9t\xc3\xa9 "},
        {"", ""},
        {"\\", "M\\ "},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_scan scan;
        struct pc_token token;
        struct pc_str seen = {0};
        pc_scan_init(&scan, rows[i].text, strlen(rows[i].text));
        for (pc_scan_next(&scan, &token); token.kind != PC_TOKEN_END;
             pc_scan_next(&scan, &token))
            pc_str_addf(&seen, "%c%s ", "WSHDMN"[token.kind], token.text);
        assert_string_equal(pc_str_get(&seen), rows[i].tokens);
        pc_str_fini(&seen);
    }
}

static void a_word_is_found_outside_comments_and_strings(void **state)
{
    (void)state;
    static const char text[] = "/* mmap */ \"mmap\"\n  xmmap\n\tmmap(\n";
    int line = 0, column = 0;
    assert_true(pc_scan_find(text, strlen(text), "mmap", &line, &column));
    assert_int_equal(line, 3);
    assert_int_equal(column, 2);
    assert_false(pc_scan_find(text, strlen(text), "map", &line, &column));
}

/* What the rules for texts say of `text`: "" when nothing. */
static char *judge_text(const char *text, const struct pc_allowed *allowed)
{
    struct pc_build build = {0};
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(text);
    char name[] = "k.c";
    struct pc_sources sources = {.kernel = {name, copy, strlen(copy)}};
    struct pc_str out = {0};
    pc_refuse_text(&build, &sources, allowed);
    for (size_t i = 0; i < build.n; i++) {
        const char *said = build.items[i].text;
        assert_true(build.items[i].error);
        pc_str_addf(&out, "%d:%d %.*s\n", build.items[i].place.line,
                    build.items[i].place.column, (int)(strcspn(said + 1, "'") + 2), said);
    }
    pc_build_fini(&build);
    return pc_str_take(&out);
}

static void texts_that_change_the_comparison_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"#pragma GCC optimize(\"O3\")\n", "1:9 '#pragma GCC'\n"},
        {" # pragma GCC target(\"avx2\")\n", "1:11 '#pragma GCC'\n"},
        {"#pragma GCC push_options\n", "1:9 '#pragma GCC'\n"},
        {"#pra\\\ngma GCC opti\\\nmize 3\n", "2:5 '#pragma GCC'\n"},
        {"%:pragma GCC optimize 3\n", "1:10 '#pragma GCC'\n"},
        {"#pragma clang loop vectorize(enable)\n", "1:9 '#pragma clang'\n"},
        {"#pragma once\n#pragma GCC unroll 4\n#pragma GCC diagnostic push\n", ""},
        {"int f(void) { _Pragma(\"GCC optimize 3\") }\n", "1:15 '_Pragma'\n"},
        {"__attribute__((optimize(3))) int f(void);\n", "1:16 'optimize'\n"},
        {"__attribute__((hot, __optimize__(\"O3\")))\n", "1:21 '__optimize__'\n"},
        {"__attribute ((target_clones(\"avx2\")))\n", "1:15 'target_clones'\n"},
        {"__attribute__((no_sanitize(\"address\")))\n", "1:16 'no_sanitize'\n"},
        {"__attribute__((no_sanitize_address))\n", "1:16 'no_sanitize_address'\n"},
        {"[[gnu::optimize(3)]] int f(void);\n", "1:8 'optimize'\n"},
        {"#define A(x) __attribute__((x))\nA(optimize(\"O3\"))\n",
         "1:29 'x'\n2:3 'optimize'\n"},
        {"#define A(x) __attribute__((x(\"O3\")))\nA(optimize)\n", "1:29 'x'\n"},
        {"#define T target\n__attribute__((T(\"avx2\")))\n", "2:16 'T'\n"},
        {"#define T target\n[[gnu::T(\"avx2\")]]\n", "2:8 'T'\n"},
        {"#define B __attribute__\n", "1:11 '__attribute__'\n"},
        {"#define cold T(\"avx2\")\n", "1:9 'cold'\n"},
        {"#define J(a, b) a##b\n", "1:19 '##'\n"},
        {"%:define J(a, b) a %:%: b\n", "1:21 '##'\n1:23 '##'\n"},
        {"void f(int x) { __asm__ volatile(\"\" : \"+r\"(x) : : \"memory\"); asm(\"\"); }",
         ""},
        {"void f(void) { asm(\"syscall\"); }", "1:16 'asm'\n"},
        {"void f(void) { __asm__ __volatile__ (\"\" \"syscall\"); }", "1:16 'asm'\n"},
        {"#define GO __asm\nvoid f(void) { GO(\"syscall\"); }", "1:12 'asm'\n"},
        {"int f(void) asm(\"malloc\");", "1:13 'asm'\n"},
        {"#define S(x) #x\n#define V(x) (sizeof #x)\n", ""},
        {"__attribute__((aligned(SIZE), unused)) __attribute__((format(printf, 1, 2)))\n",
         ""},
        {"#define O optimize\n", "1:11 'optimize'\n"},
        {"#define T target(\"avx2\")\n", "1:11 'target'\n"},
        {"__attribute__((noinline)) int optimize(int target) { return target; }\n", ""},
        {"int x = dist(source(e), target(e)); int a[2] = {b[c[0]]}; optimize(3);\n", ""},
        {"/* #pragma GCC optimize */ char *s = \"__attribute__((optimize(3)))\";\n", ""},
        {"#ifdef __SANITIZE_ADDRESS__\n", "1:8 '__SANITIZE_ADDRESS__'\n"},
        {"#if __has_feature(address_sanitizer)\n", "1:5 '__has_feature'\n"},
        {"#include \"/dev/zero\"\n", "1:10 '\"/dev/zero\"'\n"},
        {"#include </etc/passwd>\n", "1:10 '</etc/passwd>'\n"},
        {"#include \"../bench.c\"\n", "1:10 '\"../bench.c\"'\n"},
        {"#include <sys/../x.h>\n", "1:10 '<sys/../x.h>'\n"},
        {"#include \\\n\"/dev/zero\"\n", "2:1 '\"/dev/zero\"'\n"},
        {"#include /* \"x.h\" */ \"/x.h\"\n", "1:22 '\"/x.h\"'\n"},
        {"#include_next \"/x.h\"\n", "1:15 '\"/x.h\"'\n"},
        {"#define H \"/x.h\"\n#include H\n", "2:10 '#include'\n"},
        {"#include __FILE__\n", "1:10 '#include'\n"},
        {"#include <sys/types.h>\n#include \"a..b.h\"\n#include<stdio.h>\n", ""},
        {"#ifdef include\n#endif\n", ""},
        {"", ""},
    };
    static const struct pc_allowed nothing = {0};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *said = judge_text(rows[i].text, &nothing);
        if (strcmp(said, rows[i].said) != 0)
            fail_msg("%s gives\n%s", rows[i].text, said);
    }
}

static void an_exercise_may_allow_a_word(void **state)
{
    (void)state;
    char target[] = "target", *names[] = {target};
    struct pc_allowed allowed = {names, 1};
    PC_AUTO(pc_auto_free) char *said =
        judge_text("__attribute__((target(\"avx2\"), optimize(3)))\n", &allowed);
    assert_string_equal(said, "1:32 'optimize'\n");
}

static const char *const compilers[] = {"gcc", "clang"};

/* Build `kernel` with each compiler and compare what is said about it. */
static void each_compiler_says(struct bed *bed, enum pc_product product, const char *kernel,
                               const char *words, const char *const *allow, size_t n_allow)
{
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct pc_err err = {0};
        struct outcome outcome;
        if (!bed_has(compilers[c]))
            continue;
        if (!bed_find(bed, compilers[c], &err))
            fail_msg("%s", err.msg);
        struct pc_build_spec spec = bed_spec(bed, product, kernel);
        spec.allow = allow;
        spec.n_allow = n_allow;
        bed_build(bed, &spec, &outcome);
        if (!strstr(outcome.text.s, words))
            fail_msg("%s: %s gives\n%s", compilers[c], kernel, outcome.text.s);
        outcome_fini(&outcome);
    }
}

static void imports_of_a_kernel_are_refused_by_name(void **state)
{
    static const char *const names[] = {
        "__libc_malloc",
        "__libc_free",
        "mallopt",
        "malloc_trim",
        "mmap",
        "mmap64",
        "mremap",
        "munmap",
        "brk",
        "sbrk",
        "mprotect",
        "dlsym",
        "dlopen",
        "dlmopen",
        "dladdr",
        "syscall",
        "clock_gettime",
        "clock",
        "gettimeofday",
        "time",
        "timespec_get",
        "getrusage",
        "fork",
        "clone",
        "execve",
        "execlp",
        "posix_spawn",
        "system",
        "popen",
        "ptrace",
        "kill",
        "prctl",
        "signal",
        "sigaction",
        "alarm",
        "setitimer",
        "sched_setaffinity",
        "bench_registry",
        "__start_bench_entries",
    };
    struct pc_str kernel = {0};
    for (size_t i = 0; i < PC_COUNT(names); i++)
        pc_str_addf(&kernel, "extern char %s[];\n", names[i]);
    pc_str_adds(&kernel, "char *all[] = {\n");
    for (size_t i = 0; i < PC_COUNT(names); i++)
        pc_str_addf(&kernel, "    %s,\n", names[i]);
    pc_str_adds(&kernel, "};\n");
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct pc_err err = {0};
        struct outcome outcome;
        if (!bed_has(compilers[c]) || !bed_find(*state, compilers[c], &err))
            continue;
        struct pc_build_spec spec = bed_spec(*state, PC_SHARED_OBJECT, kernel.s);
        bed_build(*state, &spec, &outcome);
        assert_null(outcome.path);
        for (size_t i = 0; i < PC_COUNT(names); i++) {
            PC_AUTO(pc_auto_free) char *words = pc_strfmt(
                "sum.c:%zu:13: error: '%s' is not allowed here: ", i + 1, names[i]);
            if (!strstr(outcome.text.s, words))
                fail_msg("%s: no '%s' in\n%s", compilers[c], words, outcome.text.s);
        }
        outcome_fini(&outcome);
    }
    pc_str_fini(&kernel);
}

static void definitions_and_sections_are_refused(void **state)
{
    static const struct {
        const char *kernel, *words;
    } rows[] = {
        {"#include <stddef.h>\nvoid *malloc(size_t n) { (void)n; return NULL; }\n",
         "sum.c:2:7: error: 'malloc' is not allowed here"},
        {"__attribute__((weak)) void free(void *p) { (void)p; }\n",
         "sum.c:1:28: error: 'free' is not allowed here"},
        {"__attribute__((visibility(\"hidden\"))) int bench_x;\n",
         "error: 'bench_x' is not"},
        {"int main(void) { return 0; }\n", "sum.c:1:5: error: 'main' is not allowed here"},
        {"int __start_bench_entries[1];\n", "'__start_bench_entries' is not"},
        {"const char *__asan_default_options(void) { return 0; }\n",
         "'__asan_default_options'"},
        {"int index(void) { return 0; }\n",
         "sum.c:1:5: error: 'index' is also a function of the C library"},
        {"int memcmp(const void *a, const void *b, __SIZE_TYPE__ n)\n"
         "{ (void)a; (void)b; (void)n; return 0; }\n",
         "'memcmp' is also a function of the C library"},
        {"int x;\n__attribute__((constructor)) static void early(void) { __asm__ "
         "volatile(\"\"); }\n",
         "sum.c:2:16: error: '.init_array' is not allowed here"},
        {"int x;\n__attribute__((destructor)) static void late(void) { __asm__ "
         "volatile(\"\"); }\n",
         "sum.c:2:16: error: '.fini_array' is not allowed here"},
        {"__attribute__((section(\".preinit_array\"), used)) static void *p = 0;\n",
         "'.preinit_array' is not allowed here"},
        {"__attribute__((used, section(\"bench_entries\"))) static const void *const p = "
         "0;\n",
         "'bench_entries' is not allowed here"},
        {"static int one(void) { return 1; }\n"
         "static int (*choose(void))(void) { return one; }\n"
         "int pick(void) __attribute__((ifunc(\"choose\")));\n",
         "sum.c:3:5: error: 'pick' is not allowed here"},
        {"static char arena[2000000];\nchar *at(int i) { arena[i]++; return arena; }\n",
         "sum.c:1:1: error: 2000000 bytes of static variables, at most 1048576"},
        {"static int index(void) { return 0; }\nint x(void) { return index(); }\n",
         "'sum' is missing"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        each_compiler_says(*state, PC_SHARED_OBJECT, rows[i].kernel, rows[i].words, NULL,
                           0);
}

static void a_kernel_may_include_perfbench_and_not_replace_it(void **state)
{
    static const struct {
        const char *kernel, *words;
    } rows[] = {
        {"#include <perfbench.h>\n#include \"sum.h\"\n"
         "int sum(const int *a, int n) { return a[n]; }\n",
         "made\n"},
        {"#include <perfbench.h>\nconst char *f(void) { return bench_compiler(); }\n",
         "sum.c:2:30: error: 'bench_compiler' is not allowed here"},
        {"__attribute__((weak)) int bench_compiler(void) { return 0; }\n",
         "sum.c:1:27: error: 'bench_compiler' is not allowed here"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        each_compiler_says(*state, PC_SHARED_OBJECT, rows[i].kernel, rows[i].words, NULL,
                           0);
}

static void sanitized_kernels_obey_the_same_names(void **state)
{
    each_compiler_says(
        *state, PC_SANITIZED_TESTS,
        "#include <stddef.h>\nvoid *malloc(size_t n) { (void)n; return NULL; }\n",
        "sum.c:2:7: error: 'malloc' is not allowed here", NULL, 0);
    each_compiler_says(*state, PC_SANITIZED_TESTS,
                       "#include <time.h>\n#include \"sum.h\"\n"
                       "int sum(const int *a, int n) { return a[n] + (int)time(NULL); }\n",
                       "error: 'time' is not allowed here", NULL, 0);
}

static void an_exercise_may_allow_names(void **state)
{
    static const char *const allow[] = {"time", "static"};
    each_compiler_says(
        *state, PC_SHARED_OBJECT,
        "#include <time.h>\n#include \"sum.h\"\nstatic char arena[2000000];\n"
        "int sum(const int *a, int n)\n"
        "{ return a[n] + arena[n]++ + (int)time(NULL); }\n",
        "made\n", allow, PC_COUNT(allow));
}

static void what_was_allowed_once_is_not_allowed_for_all(void **state)
{
    static const char *const allow[] = {"time"};
    static const char kernel[] =
        "#include <time.h>\n#include \"sum.h\"\n"
        "int sum(const int *a, int n) { return a[n] + (int)time(NULL); }\n";
    each_compiler_says(*state, PC_SHARED_OBJECT, kernel, "made\n", allow, 1);
    each_compiler_says(*state, PC_SHARED_OBJECT, kernel, "'time' is not allowed", NULL, 0);
}

static void broken_objects_are_no_crash(void **state)
{
    (void)state;
    struct pc_build build = {0};
    struct pc_allowed allowed = {0};
    char name[] = "k.c", text[] = "";
    struct pc_sources sources = {.kernel = {name, text, 0}};
    unsigned char object[256] = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    struct pc_err err;
    object[16] = 1;               /* ET_REL */
    object[58] = 64;              /* e_shentsize */
    object[60] = 200;             /* e_shnum, far more than there is room for */
    object[62] = 199;             /* e_shstrndx */
    memset(object + 40, 0xff, 8); /* e_shoff */
    for (size_t n = 0; n <= sizeof object; n++) {
        PC_AUTO(pc_auto_free) unsigned char *exact = pc_alloc(n + 1);
        memcpy(exact, object, n);
        assert_false(pc_refuse_object(&build, exact, n, false, &sources, &allowed, &err));
    }
    object[40] = 64;
    memset(object + 41, 0, 7);
    assert_false(
        pc_refuse_object(&build, object, sizeof object, false, &sources, &allowed, &err));
    pc_build_fini(&build);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_seen_as_the_compiler_sees_them),
        cmocka_unit_test(a_word_is_found_outside_comments_and_strings),
        cmocka_unit_test(texts_that_change_the_comparison_are_refused),
        cmocka_unit_test(an_exercise_may_allow_a_word),
        cmocka_unit_test(imports_of_a_kernel_are_refused_by_name),
        cmocka_unit_test(definitions_and_sections_are_refused),
        cmocka_unit_test(a_kernel_may_include_perfbench_and_not_replace_it),
        cmocka_unit_test(sanitized_kernels_obey_the_same_names),
        cmocka_unit_test(an_exercise_may_allow_names),
        cmocka_unit_test(what_was_allowed_once_is_not_allowed_for_all),
        cmocka_unit_test(broken_objects_are_no_crash),
    };
    return cmocka_run_group_tests(tests, bed_setup, bed_teardown);
}
