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
#include "profile/extents.h"

static const char source[] =
    "#include <stdint.h>\n"
    "struct holes { char a; double b; char c; };\n"
    "struct packed { char a; double b; } __attribute__((packed));\n"
    "struct sorted { double b; char a, c; };\n"
    "struct bits { unsigned a : 3, b : 5; unsigned char c; };\n"
    "union either { char text[5]; int number; };\n"
    "typedef struct { void *next; int n; } node;\n"
    "struct flexible { uint32_t n; char text[]; };\n"
    "struct outer { struct holes h; char tail[4]; };\n"
    "struct unknown;\n"
    "void use(void *, ...);\n"
    "void types(struct holes *a, struct packed *b, struct sorted *c, struct bits *d,\n"
    "           union either *e, node *f, struct flexible *g, struct outer *h,\n"
    "           struct unknown *i) {\n"
    "    use(a, b, c, d, e, f, g, h, i, a->a, b->a, c->a, d->a, e->number, f->n, g->n,\n"
    "        h->tail[0]);\n"
    "}\n"
    "int leaf(int x) { return x + 1; }\n"
    "void buffer(void) { char b[1000]; use(b); }\n"
    "void variable(int n) { char b[n]; use(b); }\n"
    "static inline int inlined(int x) { return 2 * x; }\n"
    "int calls(int x) { return inlined(x); }\n";

static const char *const compilers[] = {"gcc", "clang"};

struct place_of {
    char dir[64];
};

static int make_folder(void **state)
{
    struct place_of *at = pc_alloc(sizeof *at);
    strcpy(at->dir, "/tmp/pc-extents-XXXXXX");
    *state = at;
    if (!mkdtemp(at->dir))
        return -1;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(at->dir, "extent.c");
    return pc_file_write_cache(path, source, sizeof source - 1, NULL) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct place_of *at = *state;
    pc_file_remove_tree(at->dir, NULL);
    free(at);
    return 0;
}

/* NULL when this machine lacks the compiler. */
static struct pc_symbols *compile(const struct place_of *at, const char *cc,
                                  const char *flags)
{
    PC_AUTO(pc_auto_free) char *probe = pc_strfmt("command -v %s >/dev/null 2>&1", cc);
    if (system(probe) != 0)
        return NULL;
    PC_AUTO(pc_auto_free) char *line = pc_strfmt(
        "cd %s && %s -O2 %s -fPIC -shared extent.c -o out.so", at->dir, cc, flags);
    assert_int_equal(system(line), 0);
    PC_AUTO(pc_auto_free) char *object = pc_path_join(at->dir, "out.so");
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    assert_non_null(symbols);
    return symbols;
}

static const struct {
    const char *name;
    enum pc_extent_found found;
    double size, padding;
} types[] = {
    {"holes", PC_EXTENT_FOUND, 24, 14},  {"packed", PC_EXTENT_FOUND, 9, 0},
    {"sorted", PC_EXTENT_FOUND, 16, 6},  {"bits", PC_EXTENT_FOUND, 4, 2},
    {"either", PC_EXTENT_FOUND, 8, 3},   {"node", PC_EXTENT_FOUND, 16, 4},
    {"flexible", PC_EXTENT_FOUND, 4, 0}, {"outer", PC_EXTENT_FOUND, 32, 4},
    {"unknown", PC_EXTENT_ABSENT, 0, 0}, {"no_such_type", PC_EXTENT_ABSENT, 0, 0},
    {"leaf", PC_EXTENT_ABSENT, 0, 0},
};

static void types_have_their_size_and_their_holes(void **state)
{
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct pc_symbols *symbols = compile(*state, compilers[c], "-g");
        for (size_t i = 0; symbols && i < PC_COUNT(types); i++) {
            double size = 0, padding = 0;
            enum pc_extent_found found =
                pc_extent_type(symbols, types[i].name, &size, &padding);
            if (found != types[i].found || size != types[i].size ||
                padding != types[i].padding)
                fail_msg("%s %s: %d, %g with %g", compilers[c], types[i].name, found, size,
                         padding);
        }
        pc_symbols_free(symbols);
    }
}

/* The leaf has its return address and nothing else; the array needs its bytes, and what
 * the compiler aligns them by. */
static void functions_have_their_frames(void **state)
{
    static const struct {
        const char *name;
        enum pc_extent_found found;
        double least, most;
    } rows[] = {
        {"leaf", PC_EXTENT_FOUND, 0, 16},      {"buffer", PC_EXTENT_FOUND, 1008, 1040},
        {"variable", PC_EXTENT_UNKNOWN, 0, 0}, {"inlined", PC_EXTENT_ABSENT, 0, 0},
        {"no_such", PC_EXTENT_ABSENT, 0, 0},   {"holes", PC_EXTENT_ABSENT, 0, 0},
    };
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct pc_symbols *symbols = compile(*state, compilers[c], "-g");
        for (size_t i = 0; symbols && i < PC_COUNT(rows); i++) {
            double bytes = 0;
            enum pc_extent_found found = pc_extent_stack(symbols, rows[i].name, &bytes);
            if (found != rows[i].found ||
                (found == PC_EXTENT_FOUND &&
                 !(bytes >= rows[i].least && bytes <= rows[i].most)))
                fail_msg("%s %s: %d, %g", compilers[c], rows[i].name, found, bytes);
        }
        pc_symbols_free(symbols);
    }
}

static void without_debug_information_nothing_is_found(void **state)
{
    struct pc_symbols *symbols = compile(*state, compilers[0], "-g0");
    double size, padding;
    if (!symbols)
        skip();
    assert_int_equal(pc_extent_type(symbols, "holes", &size, &padding), PC_EXTENT_ABSENT);
    assert_int_equal(pc_extent_stack(symbols, "leaf", &size), PC_EXTENT_ABSENT);
    pc_symbols_free(symbols);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_have_their_size_and_their_holes),
        cmocka_unit_test(functions_have_their_frames),
        cmocka_unit_test(without_debug_information_nothing_is_found),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
