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
#include "base/str.h"
#include "profile/calls.h"

static const char header[] = "#include <stdlib.h>\n"
                             "static inline void *fresh(size_t n)\n"
                             "{\n"
                             "    return malloc(n);\n"
                             "}\n";

static const char source[] =
    "#include \"fresh.h\"\n"
    "void sink(void *); void *fopen(const char *, const char *);\n"
    "void *tail(size_t n) { return malloc(n); }\n"      /* 3 */
    "void kept(void) { sink(malloc(7)); sink(0); }\n"   /* 4 */
    "void *(*which(void))(size_t) { return malloc; }\n" /* 5 */
    "void *(*variable)(size_t) = malloc;\n"             /* 6 */
    "void inlined(void) { sink(fresh(8)); sink(0); }\n" /* 7 */
    "static void *deep(size_t n) {\n"                   /* 8 */
    "    return fresh(n + 1);\n"                        /* 9 */
    "}\n"
    "void twice(void) { sink(deep(1)); sink(deep(2)); sink(0); }\n" /* 11 */
    "static void *calloc_of_mine(size_t n) { return (char *)0 + n; }\n"
    "void other(void) { sink(calloc_of_mine(1)); }\n"
    "typedef void *block;\n"
    "block by_name(size_t n) { return malloc(n + 1); }\n" /* 15 */
    "void dropped(const char *s) { fopen(s, s); }\n";     /* 16 */

static const char *const compilers[] = {"gcc", "clang"};

struct place_of {
    char dir[64];
};

static int make_folder(void **state)
{
    struct place_of *at = pc_alloc(sizeof *at);
    strcpy(at->dir, "/tmp/pc-calls-XXXXXX");
    *state = at;
    if (!mkdtemp(at->dir))
        return -1;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(at->dir, "calls.c");
    PC_AUTO(pc_auto_free) char *path_h = pc_path_join(at->dir, "fresh.h");
    return pc_file_write_cache(path, source, sizeof source - 1, NULL) &&
                   pc_file_write_cache(path_h, header, sizeof header - 1, NULL)
               ? 0
               : -1;
}

static int remove_folder(void **state)
{
    struct place_of *at = *state;
    pc_file_remove_tree(at->dir, NULL);
    free(at);
    return 0;
}

/* NULL when this machine lacks the compiler. */
static char *compile(const struct place_of *at, const char *cc, const char *flags)
{
    PC_AUTO(pc_auto_free) char *probe = pc_strfmt("command -v %s >/dev/null 2>&1", cc);
    if (system(probe) != 0)
        return NULL;
    PC_AUTO(pc_auto_free)
    char *line = pc_strfmt("cd %s && %s -fPIC -ffile-prefix-map=%s=. %s calls.c -o calls.o",
                           at->dir, cc, at->dir, flags);
    assert_int_equal(system(line), 0);
    return pc_path_join(at->dir, "calls.o");
}

static const char *which_are_wanted(const char *name)
{
    return strcmp(name, "malloc") == 0  ? "malloc"
           : strcmp(name, "fopen") == 0 ? "fopen"
                                        : NULL;
}

/* "malloc 4 kept" for a call, "! malloc 3 tail" for a jump that returns it, "!!" for another
 * jump, and for an inlined call "malloc fresh.h:4 fresh < 7 inlined"; one a line, sorted. */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *render(const struct pc_alloc_calls *calls)
{
    char **lines = pc_alloc_array(calls->n + 1, sizeof *lines);
    for (size_t i = 0; i < calls->n; i++) {
        const struct pc_alloc_call *call = &calls->items[i];
        struct pc_str s = {0};
        pc_str_addf(&s, "%s%s",
                    call->returned ? "! "
                    : call->tail   ? "!! "
                                   : "",
                    call->name);
        for (size_t k = 0; k < call->n_chain; k++) {
            const struct pc_place *p = &call->chain[k];
            bool own = strcmp(p->file, "calls.c") == 0;
            pc_str_addf(&s, "%s %s%s%d %s", k > 0 ? " <" : "", own ? "" : p->file,
                        own ? "" : ":", p->line, p->function);
        }
        lines[i] = pc_str_take(&s);
    }
    qsort(lines, calls->n, sizeof *lines, by_text);
    struct pc_str all = {0};
    for (size_t i = 0; i < calls->n; i++) {
        pc_str_addf(&all, "%s\n", lines[i]);
        free(lines[i]);
    }
    free(lines);
    return pc_str_take(&all);
}

static void check(const struct place_of *at, size_t n_compilers, const char *flags,
                  const char *calls, const char *taken)
{
    for (size_t c = 0; c < n_compilers; c++) {
        struct pc_object_calls found = {0};
        struct pc_err err = {0};
        PC_AUTO(pc_auto_free) char *object = compile(at, compilers[c], flags);
        if (!object)
            continue;
        if (!pc_calls_read(object, which_are_wanted, &found, &err))
            fail_msg("%s: %s", compilers[c], err.msg);
        PC_AUTO(pc_auto_free) char *got = render(&found.calls);
        PC_AUTO(pc_auto_free) char *got_taken = render(&found.taken);
        bool needs_sink = false;
        for (size_t i = 0; i < found.others.n; i++) {
            needs_sink = needs_sink || strcmp(found.others.items[i], "sink") == 0;
            assert_string_not_equal(found.others.items[i], "twice");
        }
        assert_true(needs_sink);
        if (strcmp(got, calls) != 0 || strcmp(got_taken, taken) != 0)
            fail_msg("%s %s gives\n%s---\n%s", compilers[c], flags, got, got_taken);
        pc_object_calls_fini(&found);
    }
}

static void calls_have_their_lines(void **state)
{
    check(*state, 2, "-O0 -g -c",
          "fopen 16 dropped\nmalloc 15 by_name\nmalloc 3 tail\nmalloc 4 kept\n"
          "malloc fresh.h:4 fresh\n",
          "malloc 5 which\nmalloc :0 \n");
}

static void calls_know_where_they_were_inlined(void **state)
{
    check(*state, 2, "-O2 -g -c",
          "! malloc 15 by_name\n"
          "! malloc 3 tail\n"
          "!! fopen 16 dropped\n"
          "malloc 4 kept\n"
          "malloc fresh.h:4 fresh < 7 inlined\n"
          "malloc fresh.h:4 fresh < 9 deep < 11 twice\n"
          "malloc fresh.h:4 fresh < 9 deep < 11 twice\n",
          "malloc 5 which\nmalloc :0 \n");
}

/* -fno-plt calls through a table, whose entries otherwise are uses of the address.  clang
 * keeps an entry in a register and calls that, which looks like any other pointer. */
static void calls_through_the_table_are_calls(void **state)
{
#if defined __x86_64__
    check(*state, 1, "-O2 -g -fno-plt -c",
          "! malloc 15 by_name\n"
          "! malloc 3 tail\n"
          "!! fopen 16 dropped\n"
          "malloc 4 kept\n"
          "malloc fresh.h:4 fresh < 7 inlined\n"
          "malloc fresh.h:4 fresh < 9 deep < 11 twice\n"
          "malloc fresh.h:4 fresh < 9 deep < 11 twice\n",
          "malloc 5 which\nmalloc :0 \n");
#else
    (void)state;
    skip();
#endif
}

static void what_holds_no_calls_says_why(void **state)
{
    static const struct {
        const char *flags, *says;
    } rows[] = {
        {"-O2 -g0 -c", "no debug information"},
        {"-O2 -g -shared", "no object file"},
        {"-O2 -g -S", "cannot read the object"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_object_calls found = {0};
        struct pc_err err = {0};
        PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[0], rows[i].flags);
        if (!object)
            skip();
        assert_false(pc_calls_read(object, which_are_wanted, &found, &err));
        if (err.code != PC_ENVIRONMENT || !strstr(err.msg, rows[i].says))
            fail_msg("%s: %s", rows[i].flags, err.msg);
        assert_int_equal(found.calls.n, 0);
        pc_object_calls_fini(&found);
    }
}

/* A cut file gives an error or less, and nothing worse. */
static void a_cut_object_is_survived(void **state)
{
    PC_AUTO(pc_auto_free) char *object = compile(*state, compilers[0], "-O2 -g -c");
    if (!object)
        skip();
    size_t n;
    PC_AUTO(pc_auto_free) char *data = pc_file_read(object, 1 << 20, &n, NULL);
    for (size_t cut = 0; cut < n; cut += n / 40 + 1) {
        struct pc_object_calls found = {0};
        struct pc_err err = {0};
        assert_true(pc_file_write_cache(object, data, cut, NULL));
        pc_calls_read(object, which_are_wanted, &found, &err);
        pc_object_calls_fini(&found);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_have_their_lines),
        cmocka_unit_test(calls_know_where_they_were_inlined),
        cmocka_unit_test(calls_through_the_table_are_calls),
        cmocka_unit_test(what_holds_no_calls_says_why),
        cmocka_unit_test(a_cut_object_is_survived),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
