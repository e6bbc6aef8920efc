#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "toolchain/diagnostics.h"

#define ITEM(kind, line, text) \
    "{\"kind\": \"" kind \
    "\", \"locations\": [{\"caret\": {\"byte-column\": 3, \"column\": 9, " \
    "\"line\": " line ", \"file\": \"k.c\"}}], \"message\": \"" text "\"}"

enum form { JSON, TEXT, LINK };

static void output_becomes_a_list_of_messages(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        enum form form;
        const char *output, *list;
    } rows[] = {
        {"nothing", JSON, "[]\n", ""},
        {"errors come first", JSON,
         "[" ITEM("warning", "1", "w") ", " ITEM("error", "2", "e") "]",
         "E k.c:2:3 e |two\nW k.c:1:3 w |one\n"},
        {"notes are left out", JSON, "[" ITEM("note", "1", "n") "]", ""},
        {"a cut list gives its beginning", JSON,
         "[" ITEM("error", "2", "e") ", {\"kind\": \"er", "E k.c:2:3 e |two\n"},
        {"words around are skipped", JSON,
         "cc1: note [-Wx]\n[" ITEM("error", "2", "e") "]\nld: x", "E k.c:2:3 e |two\n"},
        {"a fatal error is an error", JSON, "[" ITEM("fatal error", "9", "f") "]",
         "E k.c:9:3 f |-\n"},
        {"no place", JSON, "[{\"kind\": \"error\", \"message\": \"m\"}]", "E :0:0 m |-\n"},
        {"wrong types", JSON, "[{\"kind\": 1, \"message\": []}, {\"kind\": \"error\"}, 3]",
         ""},
        {"a huge line number", JSON, "[" ITEM("error", "99999999999", "e") "]", NULL},
        {"lines of gcc and clang", TEXT,
         "In file included from k.c:1:\nk.c:2:5: error: e\nk.c:1: warning: w\n"
         "k.c:2:5: note: n\n1 error generated.\n",
         "E k.c:2:5 e |two\nW k.c:1:0 w |one\n"},
        {"a header keeps its bare name", TEXT, "../include/k.h:1:1: fatal error: e\n",
         "E k.h:1:1 e |header\n"},
        {"one of the system its path", TEXT, "/usr/include/k.h:1:1: error: e\n",
         "E /usr/include/k.h:1:1 e |-\n"},
        {"what only looks like a message", TEXT,
         "a:b: error\nk.c:1 error: x\nk.c:x: error: e\n", ""},
        {"escapes cannot act", TEXT, "k.c:1:1: error: \033[2Jx\n",
         "E k.c:1:1 ?[2Jx |one\n"},
        {"nor in names that #line gave", TEXT, "a\033]0;x\007.c:1:1: error: e\n",
         "E a?]0;x?.c:1:1 e |-\n"},
        {"nor do they spoil a document", JSON, "[" ITEM("error", "2", "a\033[2Jb") "]",
         "E k.c:2:3 a?[2Jb |two\n"},
        {"GNU ld", LINK,
         "/usr/bin/ld: k.o: in function `f':\n././k.c:2: undefined reference to `g'\n"
         "/usr/bin/ld: ././k.c:2: undefined reference to `g'\n",
         "E k.c:2:0 'g' is used, but neither k.c nor the C library defines it |two\n"},
        {"GNU ld without lines", LINK,
         "ld: k.o:(.data+0x0): undefined reference to `two'\n",
         "E k.c:2:1 'two' is used, but neither k.c nor the C library defines it |two\n"},
        {"lld", LINK, "ld.lld: error: undefined symbol: two\n>>> referenced by k.c:1\n",
         "E k.c:2:1 'two' is used, but neither k.c nor the C library defines it |two\n"},
        {"other words of a linker", LINK, "ld: cannot find -lx\n", ""},
    };
    char name[] = "k.c", text[] = "one\ntwo\n", header[] = "k.h", header_text[] = "header";
    struct pc_source headers[] = {{header, header_text, strlen(header_text)}};
    struct pc_sources sources = {.kernel = {name, text, strlen(text)},
                                 .headers = {.items = headers, .n = 1}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_build build = {0};
        struct pc_str list = {0};
        if (rows[i].form == JSON)
            pc_diagnostics_json(&build, &sources, rows[i].output);
        else if (rows[i].form == TEXT)
            pc_diagnostics_text(&build, &sources, rows[i].output);
        else
            pc_diagnostics_link(&build, &sources, rows[i].output);
        pc_diagnostics_sort(&build);
        for (size_t k = 0; k < build.n; k++)
            pc_str_addf(&list, "%c %s:%d:%d %s |%s\n", build.items[k].error ? 'E' : 'W',
                        build.items[k].place.file, build.items[k].place.line,
                        build.items[k].place.column, build.items[k].text,
                        build.items[k].source ? build.items[k].source : "-");
        if (rows[i].list && strcmp(pc_str_get(&list), rows[i].list) != 0)
            fail_msg("%s gives\n%s", rows[i].rule, pc_str_get(&list));
        pc_str_fini(&list);
        pc_build_fini(&build);
    }
}

static void errors_find_room_behind_many_warnings(void **state)
{
    (void)state;
    struct pc_build build = {0};
    char name[] = "k.c", text[] = "";
    struct pc_sources sources = {.kernel = {name, text, 0}};
    for (int i = 0; i < 1000; i++)
        pc_diagnostics_add(&build, &sources, false, "k.c", 1, 1, "w");
    pc_diagnostics_add(&build, &sources, true, "k.c", 1, 1, "e");
    pc_diagnostics_sort(&build);
    assert_true(build.n < 1000);
    assert_true(build.items[0].error);
    pc_build_fini(&build);
}

static void the_assembler_is_quoted_by_its_first_error(void **state)
{
    (void)state;
    static const struct {
        const char *output, *sentence;
    } rows[] = {
        {"[]\n/tmp/x.s: Assembler messages:\n/tmp/x.s:6: Error: no \033[2J\nx.s:7: Error: "
         "b",
         "the assembler refuses an asm of this source: no ?[2J"},
        {"[]\nk.c: Assembler messages:\nk.c:7: Fatal error: macros nested too deeply\n",
         "the assembler refuses an asm of this source: macros nested too deeply"},
        {"k.c:1:1: error: an Error: of a compiler\n", NULL},
        {"k.s: Assembler messages:\n", NULL},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *said = pc_diagnostics_assembler(rows[i].output);
        if (rows[i].sentence)
            assert_string_equal(said, rows[i].sentence);
        else
            assert_null(said);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_becomes_a_list_of_messages),
        cmocka_unit_test(the_assembler_is_quoted_by_its_first_error),
        cmocka_unit_test(errors_find_room_behind_many_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
