#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/escape.h"
#include "model/request.h"

/* Calls as words: "9:malloc" in line 9 of the file, "9>20:malloc" inlined in line 20, "!" in
 * front for one by a jump, "0:malloc" of no line, "h9:malloc" in a header, "/9>3:malloc" in
 * one of the system. */
static void add(struct pc_alloc_calls *calls, const char *words)
{
    char *copy = pc_strdup(words), *rest = NULL;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        struct pc_alloc_call *call = PC_PUSH(calls);
        if ((call->tail = *word == '!'))
            word++;
        do {
            struct pc_place *place = &call->chain[call->n_chain++];
            const char *file = *word == 'h' ? "x.h" : *word == '/' ? "/x.h" : "x.c";
            word += strspn(word, "h/>");
            snprintf(place->file, sizeof place->file, "%s", file);
            strcpy(place->function, "f");
            place->line = (int)strtol(word, &word, 10);
        } while (*word == '>');
        snprintf(call->name, sizeof call->name, "%s", word + 1);
    }
    free(copy);
}

static void add_side(struct pc_escape *escape, size_t side, const char *plain,
                     const char *timed, const char *opaque)
{
    struct pc_object_calls views[PC_VIEWS] = {0};
    const char *words[PC_VIEWS] = {plain, timed, opaque};
    for (size_t i = 0; i < PC_VIEWS; i++)
        add(&views[i].calls, words[i]);
    pc_escape_add(escape, side, views);
    for (size_t i = 0; i < PC_VIEWS; i++)
        pc_object_calls_fini(&views[i]);
}

static char *render(const struct pc_escape *escape, size_t side)
{
    static const char *const fates[] = {[PC_FATE_ABSENT] = "absent",
                                        [PC_FATE_STAYS] = "stays",
                                        [PC_FATE_ELIDED] = "elided",
                                        [PC_FATE_GONE] = "gone"};
    struct pc_str out = {0};
    for (size_t i = 0; i < escape->lines.n; i++) {
        const struct pc_escape_line *line = &escape->lines.items[i];
        const struct pc_escape_cell *cell = &line->cells[side];
        pc_str_addf(&out, "%s%d %s %s", strcmp(line->place.file, "x.c") == 0 ? "" : "h",
                    line->place.line, line->calls, fates[cell->fate]);
        if (cell->calls[0])
            pc_str_addf(&out, " as %s", cell->calls);
        if (cell->tails > 0 && cell->tails == cell->timed)
            pc_str_adds(&out, " by a jump");
        if (cell->timed != cell->plain && cell->timed > 0)
            pc_str_addf(&out, " %zu of %zu", cell->timed, cell->plain);
        if (cell->elided > 0)
            pc_str_addf(&out, " %zu elided", cell->elided);
        for (size_t k = 0; k < cell->n_elided_at; k++)
            pc_str_addf(&out, " %d", cell->elided_at[k].line);
        pc_str_adds(&out, "\n");
    }
    return pc_str_take(&out);
}

static void three_views_tell_what_became_of_a_line(void **state)
{
    static const struct {
        const char *plain, *timed, *opaque, *expected;
    } rows[] = {
        {"", "", "", ""},
        {"8:malloc", "8:malloc", "8:malloc", "8 malloc stays\n"},
        {"8:malloc", "", "8:malloc", "8 malloc elided\n"},
        {"8:malloc", "", "", "8 malloc gone\n"},
        {"8:malloc", "!8:malloc", "!8:malloc", "8 malloc stays by a jump\n"},
        {"8:malloc 8:malloc", "8:malloc !8:malloc", "8:malloc", "8 malloc stays\n"},
        {"8:malloc", "8:calloc", "8:malloc", "8 malloc stays as calloc\n"},
        {"8:malloc 8:calloc", "8:malloc 8:calloc", "8:malloc 8:calloc",
         "8 malloc, calloc stays\n"},
        {"8:malloc 8:malloc", "8:malloc", "8:malloc 8:malloc",
         "8 malloc stays 1 of 2 1 elided\n"},
        {"8:malloc 8:malloc", "8:malloc", "8:malloc", "8 malloc stays 1 of 2\n"},
        /* Copies, by where they were inlined. */
        {"8:malloc", "8>20:malloc 8>21:malloc", "8>20:malloc 8>21:malloc",
         "8 malloc stays 2 of 1\n"},
        {"8:malloc", "8>20:malloc", "8>20:malloc 8>21:malloc",
         "8 malloc stays 1 elided 21\n"},
        {"8:malloc", "8>20:malloc", "8>20:malloc 8>20:malloc 8>22:malloc",
         "8 malloc stays 2 elided 20 22\n"},
        /* Inlined otherwise when malloc is not known: nobody can say which is gone. */
        {"8:malloc", "8>20:malloc", "8:malloc 8>30:malloc 8>31:malloc",
         "8 malloc stays 2 elided 30 31\n"},
        {"8:malloc", "8>20:malloc 8>21:malloc", "8>30:malloc 8>31:malloc 8>32:malloc",
         "8 malloc stays 2 of 1 1 elided\n"},
        /* Two lines made one, which belongs to none. */
        {"8:malloc 9:malloc", "0:malloc", "0:malloc",
         "8 malloc gone\n9 malloc gone\n0 malloc stays 1 of 0\n"},
        /* A call that only the control has is no line of the source. */
        {"8:malloc", "8:malloc", "8:malloc 9:malloc", "8 malloc stays\n"},
        {"h3:malloc 8:malloc", "h3>8:malloc", "h3>8:malloc 8:malloc",
         "8 malloc elided\nh3 malloc stays\n"},
        {"/9>3:asprintf", "/9>3:asprintf", "/9>3:asprintf", "3 asprintf stays\n"},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_escape escape = {.n_sides = 1};
        add_side(&escape, 0, rows[i].plain, rows[i].timed, rows[i].opaque);
        PC_AUTO(pc_auto_free) char *got = render(&escape, 0);
        if (strcmp(got, rows[i].expected) != 0)
            fail_msg("row %zu: %s", i, got);
        pc_escape_fini(&escape);
    }
}

static void two_compilers_share_the_lines(void **state)
{
    struct pc_escape escape = {.n_sides = 2};
    (void)state;
    add_side(&escape, 0, "8:malloc 9:malloc", "8:malloc", "8:malloc 9:malloc");
    add_side(&escape, 1, "8:malloc 7:strdup", "7:strdup", "8:malloc 7:strdup");
    PC_AUTO(pc_auto_free) char *one = render(&escape, 0);
    PC_AUTO(pc_auto_free) char *two = render(&escape, 1);
    assert_string_equal(one, "7 strdup absent\n8 malloc stays\n9 malloc elided\n");
    assert_string_equal(two, "7 strdup stays\n8 malloc elided\n9 malloc absent\n");
    pc_escape_fini(&escape);
}

static void count(struct pc_escape *escape, double allocs, size_t n_sites, const int *lines)
{
    struct pc_counts counts = {.ran = true, .n_sites = n_sites, .agree = true};
    const char *names[] = {"allocs/op", "B/op"};
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        struct pc_metric *m = &counts.metrics.items[counts.metrics.n++];
        strcpy(m->name, names[i]);
        m->min = m->max = m->mean = allocs * (i > 0 ? 10 : 1);
    }
    for (size_t i = 0; i < n_sites; i++) {
        struct pc_site *site = &counts.sites[i];
        site->allocs = 2;
        site->bytes = 20;
        site->place.line = lines[i];
        strcpy(site->place.file, "x.c");
    }
    pc_escape_count(escape, 0, &counts);
}

/* Numbers are those that were counted; what was not counted has none. */
static void counts_go_to_their_lines(void **state)
{
    static const char some[] = "8:malloc 9:malloc";
    static const struct {
        const char *timed;
        double allocs;
        size_t n_sites; /* of two allocations each, the first two in line 8 */
        const char *expected;
    } rows[] = {
        {"8:malloc", 2, 1, "8: 2, 9: 0"},
        {"8:malloc", 4, 2, "8: 4, 9: 0"},
        {"8:malloc", 6, 3, "8: 4, 9: 0, elsewhere 2"},
        /* What was not told of can only be the C library's. */
        {"8:malloc", 5, 1, "8: 2, 9: 0, elsewhere 3"},
        {"8:strdup", 5, 1, "8: 2+, 9: 0, elsewhere 3"},
        {"8:malloc 8:strdup", 5, 1, "8: 2+, 9: 0, elsewhere 3"},
        {"8:strdup", 2, 1, "8: 2, 9: 0"},
        /* A jump is charged to its caller. */
        {"!8:malloc", 2, 0, "8: ?, 9: 0, elsewhere 2"},
        {"!8:malloc 8:malloc", 4, 1, "8: 2+, 9: 0, elsewhere 2"},
        /* There is room for so many places only. */
        {"8:malloc 8:malloc", 40, 16, "8: 4, 9: 0, elsewhere 36"},
        {"8:malloc 9:malloc", 40, 16, "8: 4, 9: ?, elsewhere 36"},
        {"8:malloc 8:malloc 8:malloc", 40, 16, "8: 4+, 9: 0, elsewhere 36"},
    };
    static const int lines[16] = {8,   8,   100, 101, 102, 103, 104, 105,
                                  106, 107, 108, 109, 110, 111, 112, 113};
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_escape escape = {.n_sides = 1};
        struct pc_str got = {0};
        add_side(&escape, 0, some, rows[i].timed, some);
        count(&escape, rows[i].allocs, rows[i].n_sites, lines);
        for (size_t k = 0; k < escape.lines.n; k++) {
            const struct pc_escape_cell *cell = &escape.lines.items[k].cells[0];
            pc_str_addf(&got, "%s%d: ", k > 0 ? ", " : "",
                        escape.lines.items[k].place.line);
            if (cell->measured)
                pc_str_addf(&got, "%g%s", cell->allocs, cell->at_least ? "+" : "");
            else
                pc_str_adds(&got, "?");
            assert_true(cell->bytes == 10 * cell->allocs);
        }
        assert_true(escape.sides[0].counted && escape.sides[0].exact);
        if (escape.sides[0].elsewhere > 0)
            pc_str_addf(&got, ", elsewhere %g", escape.sides[0].elsewhere);
        if (strcmp(got.s, rows[i].expected) != 0)
            fail_msg("row %zu: %s", i, got.s);
        pc_str_fini(&got);
        pc_escape_fini(&escape);
    }
}

/* Lessons ask for functions, and an allocation that stays is what matters of several. */
static void a_function_has_the_fate_that_costs_most(void **state)
{
    static struct pc_escape_line lines[] = {
        {.place = {.function = "g"}, .cells = {{.fate = PC_FATE_GONE}}},
        {.place = {.function = "f"}, .cells = {{.fate = PC_FATE_ELIDED}}},
        {.place = {.function = "f"}, .cells = {{.fate = PC_FATE_STAYS}}},
        {.place = {.function = "g"}, .cells = {{.fate = PC_FATE_ELIDED}}},
        {.place = {.function = "h"}, .cells = {{.fate = PC_FATE_ABSENT}}},
        {.place = {.function = ""}, .cells = {{.fate = PC_FATE_STAYS}}},
    };
    const struct pc_escape escape = {.n_sides = 1,
                                     .lines = {.items = lines, .n = PC_COUNT(lines)}};
    struct pc_fates fates = {0};
    (void)state;
    pc_escape_fates(&escape, &fates);
    assert_int_equal(fates.n, 2);
    assert_string_equal(fates.items[0].function, "f");
    assert_string_equal(fates.items[0].fate, "stays");
    assert_string_equal(fates.items[1].function, "g");
    assert_string_equal(fates.items[1].fate, "elided");
    free(fates.items);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_views_tell_what_became_of_a_line),
        cmocka_unit_test(two_compilers_share_the_lines),
        cmocka_unit_test(counts_go_to_their_lines),
        cmocka_unit_test(a_function_has_the_fate_that_costs_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
