#include <fcntl.h>
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
#include "base/rng.h"
#include "profile/names.h"

static const char source[] =
    "const char array[] = \"find_entry\";\n"
    "char writable[] = \"parse_line\";\n"
    "const char empty[] = \"\";\n"
    "const char zeroes[20];\n"
    "char unset[20];\n"
    "const char endless[4] = {'a', 'b', 'c', 'd'};\n"
    "const char followed[4] = {'a', 'b', 'c', 'd'}, behind[] = \"x\";\n"
    "const char fits[] = \"123456789012345\";\n"
    "const char long_one[] = \"1234567890123456\";\n"
    "const char cut[] = \"one\\0two\";\n"
    "const char control[] = \"\\033[2J\";\n"
    "const char *const pointer = \"pointer\";\n"
    "static const char local[] = \"local\";\n"
    "const char *get(void) { return local; }\n"
    "static inline int inlined(const int *v, int n)\n"
    "{ int sum = 1; for (int i = 0; i < n; i++) sum = sum * 31 ^ v[i]; return sum; }\n"
    "int calls(const int *v, int n) { return inlined(v, n) + local[n]; }\n"
    "int declared(int x);\n";

static const struct {
    const char *name;
    enum pc_text_found found;
    const char *text;
} rows[] = {
    {"array", PC_TEXT_FOUND, "find_entry"}, {"writable", PC_TEXT_FOUND, "parse_line"},
    {"empty", PC_TEXT_FOUND, ""},           {"endless", PC_TEXT_UNREADABLE, NULL},
    {"followed", PC_TEXT_UNREADABLE, NULL}, {"fits", PC_TEXT_FOUND, "123456789012345"},
    {"long_one", PC_TEXT_UNREADABLE, NULL}, {"cut", PC_TEXT_FOUND, "one"},
    {"control", PC_TEXT_FOUND, "\033[2J"},  {"unset", PC_TEXT_UNREADABLE, NULL},
    {"local", PC_TEXT_ABSENT, NULL},        {"get", PC_TEXT_ABSENT, NULL},
    {"nothing", PC_TEXT_ABSENT, NULL},
};

struct place_of {
    char dir[64];
};

static int make_folder(void **state)
{
    struct place_of *at = pc_alloc(sizeof *at);
    strcpy(at->dir, "/tmp/pc-names-XXXXXX");
    *state = at;
    if (!mkdtemp(at->dir))
        return -1;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(at->dir, "names.c");
    return pc_file_write_cache(path, source, sizeof source - 1, NULL) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct place_of *at = *state;
    pc_file_remove_tree(at->dir, NULL);
    free(at);
    return 0;
}

/* The path of the object; NULL when this machine lacks the compiler. */
static char *compile(const struct place_of *at, const char *cc, const char *flags)
{
    PC_AUTO(pc_auto_free) char *probe = pc_strfmt("command -v %s >/dev/null 2>&1", cc);
    if (system(probe) != 0)
        return NULL;
    PC_AUTO(pc_auto_free) char *line = pc_strfmt(
        "cd %s && %s -O2 -g -fPIC -shared %s names.c -o out.so", at->dir, cc, flags);
    assert_int_equal(system(line), 0);
    return pc_path_join(at->dir, "out.so");
}

static void expect_texts(struct pc_symbols *symbols)
{
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char text[16] = "";
        enum pc_text_found found = pc_names_text(symbols, rows[i].name, text, sizeof text);
        if (found != rows[i].found)
            fail_msg("%s: %d", rows[i].name, found);
        if (rows[i].text)
            assert_string_equal(text, rows[i].text);
    }
    char text[16];
    /* Addresses are no text, and the linker has not put them there yet. */
    assert_int_not_equal(pc_names_text(symbols, "pointer", text, 4), PC_TEXT_ABSENT);
}

static void a_text_is_what_the_array_holds(void **state)
{
    static const char *const compilers[] = {"gcc", "clang"};
    static const char *const flags[] = {"", "-s"}; /* without the table for debuggers */
    for (size_t i = 0; i < PC_COUNT(compilers); i++)
        for (size_t k = 0; k < PC_COUNT(flags); k++) {
            PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[i], flags[k]);
            struct pc_symbols *symbols = object ? pc_symbols_open(object, NULL) : NULL;
            if (!object)
                continue;
            assert_non_null(symbols);
            expect_texts(symbols);
            pc_symbols_free(symbols);
        }
}

static void functions_are_known_also_when_they_were_inlined(void **state)
{
    static const char *const compilers[] = {"gcc", "clang"};
    for (size_t i = 0; i < PC_COUNT(compilers); i++) {
        PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[i], "");
        struct pc_symbols *symbols = object ? pc_symbols_open(object, NULL) : NULL;
        if (!object)
            continue;
        assert_true(pc_names_function(symbols, "calls"));
        assert_true(pc_names_function(symbols, "inlined"));
        assert_false(pc_names_function(symbols, "declared"));
        assert_false(pc_names_function(symbols, "array"));
        assert_false(pc_names_function(symbols, "call"));
        pc_symbols_free(symbols);
    }
}

/* Whatever is wrong with the file, it gives an answer or none. */
static void a_broken_object_does_no_harm(void **state)
{
    struct place_of *at = *state;
    PC_AUTO(pc_auto_free) char *object = compile(at, "gcc", "");
    if (!object)
        skip();
    PC_AUTO(pc_auto_free) char *broken = pc_path_join(at->dir, "broken.so");
    size_t n;
    PC_AUTO(pc_auto_free) char *bytes = pc_file_read(object, 1 << 20, &n, NULL);
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    for (int round = 0; round < 300; round++) {
        PC_AUTO(pc_auto_free) char *copy = pc_alloc(n + 1);
        memcpy(copy, bytes, n);
        for (uint64_t k = 1 + pc_rng_below(&rng, 40); k > 0; k--)
            copy[pc_rng_below(&rng, n)] = (char)pc_rng_below(&rng, 256);
        size_t left = pc_rng_below(&rng, 3) ? n : pc_rng_below(&rng, n);
        assert_true(pc_file_write_cache(broken, copy, left, NULL));
        struct pc_symbols *symbols = pc_symbols_open(broken, NULL);
        char text[16] = "";
        if (symbols && pc_names_text(symbols, "array", text, sizeof text) == PC_TEXT_FOUND)
            assert_non_null(memchr(text, '\0', sizeof text));
        if (symbols)
            pc_names_function(symbols, "calls");
        pc_symbols_free(symbols);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_what_the_array_holds),
        cmocka_unit_test(functions_are_known_also_when_they_were_inlined),
        cmocka_unit_test(a_broken_object_does_no_harm),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
