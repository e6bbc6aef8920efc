#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "report/escape.h"

/* Two compilers that disagree, all that a cell can say, and numbers of every kind. */
static struct pc_escape_line lines[] = {
    {.place = {.file = "boxes.c", .line = 9, .function = "guarded"},
     .calls = "malloc",
     .cells = {{.fate = PC_FATE_STAYS, .plain = 1, .timed = 1, .measured = true},
               {.fate = PC_FATE_ELIDED, .plain = 1, .opaque = 1}}},
    {.place = {.file = "boxes.c", .line = 17, .function = "helper"},
     .calls = "malloc",
     .destination = {.sent = PC_SENT_STORED, .to = "list->first->name", .line = 19},
     .cells = {{.fate = PC_FATE_STAYS,
                .plain = 1,
                .timed = 3,
                .measured = true,
                .at_least = true,
                .allocs = 312.5},
               {.fate = PC_FATE_STAYS,
                .plain = 1,
                .timed = 2,
                .elided = 1,
                .n_elided_at = 1,
                .elided_at = {{.line = 23}},
                .calls = "calloc"}}},
    {.place = {.file = "boxes.h", .line = 5, .function = "fresh"},
     .calls = "malloc",
     .cells = {{.fate = PC_FATE_GONE, .plain = 1}, {.fate = PC_FATE_ABSENT}}},
    {.place = {.file = "boxes.c", .function = "merged"},
     .calls = "malloc",
     .cells = {{.fate = PC_FATE_ABSENT},
               {.fate = PC_FATE_STAYS, .timed = 1, .tails = 1, .returned = 1}}},
};

static struct pc_stack_frame frames[] = {
    {.place = {.file = "boxes.c", .function = "variable"}, .bytes = 16, .dynamic = true},
    {.place = {.file = "boxes.c", .function = "a_function_with_a_rather_long_name"},
     .bytes = 9024},
};

static const struct pc_escape both = {
    .file = "boxes.c",
    .count_at = 500,
    .n_sides = 2,
    .sides = {{.compiler = "gcc 12.2.0",
               .counted = true,
               .allocs = 400,
               .bytes = 4000,
               .elsewhere = 87.5,
               .frames = {.items = frames, .n = 2}},
              {.compiler = "clang 14.0.6", .frames = {.items = frames, .n = 1}}},
    .lines = {.items = lines, .n = PC_COUNT(lines)},
};

static void the_table_has_a_column_for_each_compiler(void **state)
{
    struct pc_str out = {0};
    (void)state;
    pc_escape_text(&both, 0, &out);
    static const char *const says[] = {
        "boxes.c: allocations at -O0, and what is left as it is timed\nline           call "
        " ",
        "\n9              malloc  stays   ",
        "  0          elided\n",
        "\n17             malloc  stays: stored in list->first->name (line 19), in 3 "
        "copies  "
        "312.5+     stays: stored in list->first->name (line 19), as calloc, in 2 copies, "
        "1 elided (inlined in line 23)\n",
        "\nboxes.h:5      malloc  gone   ",
        "  ?          -\n",
        "\nnone (merged)  malloc  -   ",
        "   stays: returned\n",
        "\nelided: the compiler removed the call",
        "\n-: this compiler sees no call",
        "\n+: at least",
        "\n?: nobody can tell",
        "\ngcc 12.2.0: 400 allocs/op, 3.91 KiB/op at n = 500; 87.5 of them in no line "
        "above",
        "\n+: and what alloca",
        "\n-: inlined everywhere",
    };
    for (size_t i = 0; i < PC_COUNT(says); i++)
        if (!strstr(out.s, says[i]))
            fail_msg("no \"%s\" in\n%s", says[i], out.s);
    pc_str_fini(&out);
}

/* No line is too long for a narrow screen, but for a word that no line has room for. */
static void a_narrow_screen_gets_a_list(void **state)
{
    struct pc_str out = {0};
    (void)state;
    pc_escape_text(&both, 40, &out);
    for (const char *line = out.s; *line; line += strcspn(line, "\n") + 1)
        if (strcspn(line, "\n") > 40)
            fail_msg("too long: %.*s", (int)strcspn(line, "\n"), line);
    static const char *const says[] = {
        "\nline 9, malloc\n  gcc 12.2.0: stays\n  allocs/op: 0\n  clang 14.0.6: elided\n",
        "\nline none (merged), malloc\n",
        "\n  gcc 12.2.0: 16+\n",
    };
    for (size_t i = 0; i < PC_COUNT(says); i++)
        if (!strstr(out.s, says[i]))
            fail_msg("no \"%s\" in\n%s", says[i], out.s);
    pc_str_fini(&out);
}

static void a_file_without_allocations_says_so(void **state)
{
    static const struct pc_escape none = {
        .file = "none.c", .n_sides = 1, .sides = {{.compiler = "gcc 12.2.0"}}};
    static const struct pc_escape failed = {
        .file = "none.c",
        .n_sides = 1,
        .sides = {{.compiler = "gcc 12.2.0", .code = PC_NOBUILD}}};
    struct pc_str out = {0};
    (void)state;
    pc_escape_text(&none, 80, &out);
    assert_string_equal(out.s, "none.c: no line allocates\n");
    pc_str_fini(&out);
    /* Of what could not be looked at nothing is said. */
    pc_escape_text(&failed, 80, &out);
    assert_string_equal(pc_str_get(&out), "");
    pc_str_fini(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_a_column_for_each_compiler),
        cmocka_unit_test(a_narrow_screen_gets_a_list),
        cmocka_unit_test(a_file_without_allocations_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
