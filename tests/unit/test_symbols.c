#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "profile/frames.h"

/* here() tells where it was called from, so each row knows the line that it must get. */
static const char source[] =
    "#include <stdio.h>\n"
    "#include <stdint.h>\n"
    "extern char __ehdr_start[];\n"
    "__attribute__((noinline)) char *here(void) {\n"
    "    return __builtin_return_address(0);\n"
    "}\n"
    "static inline __attribute__((always_inline)) char *inner(void) {\n"
    "    char *p = here();\n" /* 8 */
    "    __asm__ volatile(\"\" : : : \"memory\");\n"
    "    return p;\n"
    "}\n"
    "char *plain(void) {\n"
    "    __asm__ volatile(\"\" : : : \"memory\");\n"
    "    char *p = here();\n" /* 14 */
    "    __asm__ volatile(\"\" : : : \"memory\");\n"
    "    return p;\n"
    "}\n"
    "char *outer(void) {\n"
    "    char *p = inner();\n"
    "    return p;\n"
    "}\n"
    "int main(void) {\n"
    "    uintptr_t bias = FIXED ? 0 : (uintptr_t)__ehdr_start;\n"
    "    printf(\"%lx\\n\", (unsigned long)((uintptr_t)plain() - bias));\n"
    "    return 0;\n"
    "}\n"
    "#define IN(name, called) \\\n"
    "    static inline __attribute__((always_inline)) char *name(void) { \\\n"
    "        char *p = called(); __asm__ volatile(\"\" : : : \"memory\"); return p; }\n"
    "IN(a1, here)\nIN(a2, a1)\nIN(a3, a2)\nIN(a4, a3)\nIN(a5, a4)\nIN(a6, a5)\n" /* 30 */
    "IN(b1, a6)\nIN(b2, b1)\nIN(b3, b2)\nIN(b4, b3)\nIN(b5, b4)\nIN(b6, b5)\n"
    "IN(c1, b6)\nIN(c2, c1)\nIN(c3, c2)\nIN(c4, c3)\nIN(c5, c4)\nIN(c6, c5)\n"
    "char *deep(void) { return c6(); }\n";

static const char *const compilers[] = {"gcc", "clang"};

struct place_of {
    char dir[64];
};

static int make_folder(void **state)
{
    struct place_of *at = pc_alloc(sizeof *at);
    strcpy(at->dir, "/tmp/pc-symbols-XXXXXX");
    *state = at;
    if (!mkdtemp(at->dir))
        return -1;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(at->dir, "place.c");
    return pc_file_write_cache(path, source, sizeof source - 1, NULL) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct place_of *at = *state;
    pc_file_remove_tree(at->dir, NULL);
    free(at);
    return 0;
}

/* Compile the source with `flags`; NULL when this machine lacks the compiler.  The folder
 * is mapped away as the toolchain does it. */
static char *compile(const struct place_of *at, const char *cc, const char *flags)
{
    PC_AUTO(pc_auto_free) char *probe = pc_strfmt("command -v %s >/dev/null 2>&1", cc);
    if (system(probe) != 0)
        return NULL;
    PC_AUTO(pc_auto_free) char *line =
        pc_strfmt("cd %s && %s -O2 -ffile-prefix-map=%s=. %s place.c -o out", at->dir, cc,
                  at->dir, flags);
    assert_int_equal(system(line), 0);
    return pc_path_join(at->dir, "out");
}

/* The offset in a shared object of the call that `function` makes. */
static uint64_t call_in(void *handle, const char *function)
{
    char *(*fn)(void) = (char *(*)(void))(uintptr_t)dlsym(handle, function);
    assert_non_null(fn);
    struct link_map *map;
    assert_int_equal(dlinfo(handle, RTLD_DI_LINKMAP, &map), 0);
    return (uint64_t)((uintptr_t)fn() - map->l_addr) - 1;
}

static void assert_place(const char *object, uint64_t offset, const char *function,
                         const char *file, int line)
{
    struct pc_err err;
    struct pc_place place;
    struct pc_symbols *symbols = pc_symbols_open(object, &err);
    assert_non_null(symbols);
    bool known = pc_symbols_place(symbols, offset, &place);
    pc_symbols_free(symbols);
    assert_true(known);
    assert_string_equal(place.function, function);
    assert_string_equal(place.file, file);
    assert_int_equal(place.line, line);
}

static void a_call_in_a_shared_object_has_function_and_line(void **state)
{
    static const struct {
        const char *flags, *call, *function, *file;
        int line;
    } rows[] = {
        {"-g -fPIC -shared -DFIXED=0", "plain", "plain", "place.c", 14},
        {"-g -fPIC -shared -DFIXED=0", "outer", "inner", "place.c", 8},
        {"-gdwarf-4 -fPIC -shared -DFIXED=0", "plain", "plain", "place.c", 14},
        {"-g0 -fPIC -shared -DFIXED=0", "plain", "plain", "", 0},
        {"-g0 -s -fPIC -shared -DFIXED=0", "plain", "plain", "", 0},
    };
    for (size_t c = 0; c < PC_COUNT(compilers); c++)
        for (size_t i = 0; i < PC_COUNT(rows); i++) {
            PC_AUTO(pc_auto_free) char *object =
                compile(*state, compilers[c], rows[i].flags);
            if (!object)
                continue;
            void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
            assert_non_null(handle);
            uint64_t offset = call_in(handle, rows[i].call);
            assert_place(object, offset, rows[i].function, rows[i].file, rows[i].line);
            dlclose(handle);
        }
}

/* "inner:8 (7), outer:19 (18)": the functions around a call with the lines where they are
 * and where they begin. */
static char *frames_of(const char *object, uint64_t offset, size_t max)
{
    struct pc_code_frame frames[PC_FRAMES_INLINED];
    struct pc_str out = {0};
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    assert_non_null(symbols);
    size_t n = pc_symbols_frames(symbols, offset, frames, max);
    pc_symbols_free(symbols);
    for (size_t i = 0; i < n; i++) {
        pc_str_addf(&out, "%s%s:%d (%d)", i > 0 ? ", " : "", frames[i].place.function,
                    frames[i].place.line, frames[i].begins);
        assert_string_equal(frames[i].place.file, frames[i].declared);
    }
    return pc_str_take(&out);
}

static void inlined_functions_stand_before_those_around_them(void **state)
{
    static const struct {
        const char *flags, *call;
        size_t max;
        const char *frames;
    } rows[] = {
        {"-g", "plain", PC_FRAMES_INLINED, "plain:14 (12)"},
        {"-g", "outer", PC_FRAMES_INLINED, "inner:8 (7), outer:19 (18)"},
        {"-gdwarf-4", "outer", PC_FRAMES_INLINED, "inner:8 (7), outer:19 (18)"},
        {"-g", "outer", 1, "inner:8 (7)"},
        {"-g0", "outer", PC_FRAMES_INLINED, "outer:0 (0)"},
        /* Of more than there is room for the innermost. */
        {"-g", "deep", PC_FRAMES_INLINED,
         "a1:30 (30), a2:31 (31), a3:32 (32), a4:33 (33), a5:34 (34), a6:35 (35), "
         "b1:36 (36), b2:37 (37), b3:38 (38), b4:39 (39), b5:40 (40), b6:41 (41), "
         "c1:42 (42), c2:43 (43), c3:44 (44), c4:45 (45)"},
    };
    for (size_t c = 0; c < PC_COUNT(compilers); c++)
        for (size_t i = 0; i < PC_COUNT(rows); i++) {
            PC_AUTO(pc_auto_free)
            char *flags = pc_strfmt("%s -fPIC -shared -DFIXED=0", rows[i].flags);
            PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[c], flags);
            if (!object)
                continue;
            void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
            assert_non_null(handle);
            uint64_t offset = call_in(handle, rows[i].call);
            PC_AUTO(pc_auto_free) char *found = frames_of(object, offset, rows[i].max);
            assert_string_equal(found, rows[i].frames);
            dlclose(handle);
        }
}

static void programs_are_asked_by_linked_address(void **state)
{
    static const char *const flags[] = {"-g -fPIE -pie -DFIXED=0",
                                        "-g -fno-pie -no-pie -DFIXED=1"};
    for (size_t c = 0; c < PC_COUNT(compilers); c++)
        for (size_t i = 0; i < PC_COUNT(flags); i++) {
            PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[c], flags[i]);
            if (!object)
                continue;
            unsigned long returned = 0;
            FILE *out = popen(object, "r");
            assert_non_null(out);
            assert_int_equal(fscanf(out, "%lx", &returned), 1);
            assert_int_equal(pclose(out), 0);
            assert_place(object, returned - 1, "plain", "place.c", 14);
        }
}

static void an_unknown_address_has_no_place(void **state)
{
    PC_AUTO(pc_auto_free) char *object =
        compile(*state, "cc", "-g -fPIC -shared -DFIXED=0");
    if (!object)
        skip();
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    assert_non_null(symbols);
    static const uint64_t offsets[] = {0, 1, 0x7fffffff, UINT64_MAX};
    for (size_t i = 0; i < PC_COUNT(offsets); i++) {
        struct pc_place place;
        assert_false(pc_symbols_place(symbols, offsets[i], &place));
        assert_int_equal(place.line, 0);
        assert_string_equal(place.file, "");
    }
    pc_symbols_free(symbols);
}

static void a_file_removed_after_opening_still_answers(void **state)
{
    PC_AUTO(pc_auto_free) char *object =
        compile(*state, "cc", "-g -fPIC -shared -DFIXED=0");
    if (!object)
        skip();
    void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(handle);
    uint64_t offset = call_in(handle, "plain");
    dlclose(handle);
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    assert_non_null(symbols);
    assert_int_equal(unlink(object), 0);
    struct pc_place place;
    assert_true(pc_symbols_place(symbols, offset, &place));
    pc_symbols_free(symbols);
    assert_int_equal(place.line, 14);
}

static void what_is_no_object_file_gives_a_reason(void **state)
{
    const struct place_of *at = *state;
    PC_AUTO(pc_auto_free) char *text = pc_path_join(at->dir, "place.c");
    PC_AUTO(pc_auto_free) char *gone = pc_path_join(at->dir, "gone");
    PC_AUTO(pc_auto_free) char *empty = pc_path_join(at->dir, "empty");
    PC_AUTO(pc_auto_free) char *cut = pc_path_join(at->dir, "cut");
    assert_true(pc_file_write_cache(empty, "", 0, NULL));
    assert_true(pc_file_write_cache(cut, "\177ELF\2\1\1", 7, NULL));
    const struct {
        const char *path, *part;
    } rows[] = {
        {text, "not an ELF file"}, {gone, "No such file"},       {empty, "not an ELF file"},
        {cut, "not an ELF file"},  {at->dir, "not an ELF file"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_err err = {0};
        assert_null(pc_symbols_open(rows[i].path, &err));
        assert_non_null(strstr(err.msg, rows[i].part));
        assert_non_null(strstr(err.msg, rows[i].path));
    }
}

/* Where a section of `object` lies that begins like `name`; 0: nowhere. */
static unsigned long long section_of(const char *object, const char *name)
{
    unsigned long long at = 0;
    PC_AUTO(pc_auto_free) char *line = pc_strfmt(
        "readelf -SW %s | sed -n 's/.*\\] *\\%s[^ ]* *PROGBITS *\\([0-9a-f]*\\) .*/\\1/p'",
        object, name);
    FILE *in = popen(line, "r");
    assert_non_null(in);
    if (fscanf(in, "%llx", &at) != 1)
        at = 0;
    pclose(in);
    return at;
}

static void jumps_that_the_linker_makes_are_known(void **state)
{
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        PC_AUTO(pc_auto_free) char *object =
            compile(*state, compilers[c], "-g -fPIC -shared -DFIXED=0");
        if (!object)
            continue;
        struct pc_symbols *symbols = pc_symbols_open(object, NULL);
        unsigned long long stubs = section_of(object, ".plt"),
                           code = section_of(object, ".text");
        assert_true(stubs != 0 && code != 0);
        assert_true(pc_symbols_is_stub(symbols, stubs + 16));
        assert_false(pc_symbols_is_stub(symbols, code));
        assert_false(pc_symbols_is_stub(symbols, 0));
        assert_false(pc_symbols_is_stub(symbols, UINT64_MAX));
        pc_symbols_free(symbols);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_in_a_shared_object_has_function_and_line),
        cmocka_unit_test(inlined_functions_stand_before_those_around_them),
        cmocka_unit_test(programs_are_asked_by_linked_address),
        cmocka_unit_test(an_unknown_address_has_no_place),
        cmocka_unit_test(a_file_removed_after_opening_still_answers),
        cmocka_unit_test(what_is_no_object_file_gives_a_reason),
        cmocka_unit_test(jumps_that_the_linker_makes_are_known),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
