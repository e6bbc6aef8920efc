#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "hotspots/lines.h"
#include "profile_bed.h"

static void lines_have_what_was_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        int line;
        int64_t self, total;
    } rows[] = {{3, 0, 60},   {4, 40, 40},  {10, 30, 30},
                {12, 0, 100}, {30, 50, 50}, {31, 20, 70}};
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_lines lines;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    pc_lines_make(&lines, &stacks, "sort.c");
    assert_int_equal(lines.n, PC_COUNT(rows));
    for (size_t i = 0; i < lines.n; i++) {
        assert_int_equal(lines.items[i].line, rows[i].line);
        assert_int_equal(lines.items[i].self.value, rows[i].self);
        assert_int_equal(lines.items[i].total.value, rows[i].total);
        assert_ptr_equal(pc_lines_find(&lines, rows[i].line), &lines.items[i]);
    }
    assert_null(pc_lines_find(&lines, 11));
    assert_null(pc_lines_find(&lines, 99));
    assert_int_equal(lines.self.value, 140);
    assert_int_equal(lines.total.value, 200);
    pc_lines_fini(&lines);
    pc_lines_make(&lines, &stacks, "nowhere.c");
    assert_int_equal(lines.n, 0);
    assert_int_equal(lines.total.value, 0);
    pc_lines_fini(&lines);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

/* A line that calls memcmp has its time as its own when libraries are folded. */
static void folded_libraries_count_for_the_line_that_calls(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_lines lines;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    pc_stacks_init(&stacks, &profile,
                   &(struct pc_look){.type = 0, .folds_libraries = true});
    pc_lines_make(&lines, &stacks, "sort.c");
    assert_int_equal(pc_lines_find(&lines, 3)->self.value, 60);
    assert_int_equal(lines.self.value, 200);
    pc_lines_fini(&lines);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

/* What lines and files have is the whole, as each stack ends in one line of one file. */
static void own_values_of_all_files_are_the_whole(void **state)
{
    (void)state;
    static const char *const files[] = {"sort.c", "/usr/src/x.c", ""};
    struct pc_rng rng;
    pc_rng_init(&rng, 5);
    for (int round = 0; round < 100; round++) {
        struct pc_profile profile;
        struct pc_stacks stacks;
        bed_random(&profile, PC_PROFILE_CPU, &rng);
        pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 1});
        int64_t sum = 0;
        for (size_t k = 0; k < stacks.n; k++)
            sum += stacks.items[k].n == 0 ? stacks.items[k].value : 0;
        for (size_t k = 0; k < PC_COUNT(files); k++) {
            struct pc_lines lines;
            pc_lines_make(&lines, &stacks, files[k]);
            int64_t self = 0;
            for (size_t i = 0; i < lines.n; i++) {
                self += lines.items[i].self.value;
                assert_true(lines.items[i].total.value <= lines.total.value);
                assert_true(i == 0 || lines.items[i - 1].line < lines.items[i].line);
            }
            assert_int_equal(self, lines.self.value);
            sum += self;
            pc_lines_fini(&lines);
        }
        assert_int_equal(sum, stacks.whole.total);
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_what_was_worked_out_by_hand),
        cmocka_unit_test(folded_libraries_count_for_the_line_that_calls),
        cmocka_unit_test(own_values_of_all_files_are_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
