#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "profile/folded.h"
#include "profile_bed.h"

static void stacks_are_sorted_and_merged(void **state)
{
    (void)state;
    static const struct bed_stack stacks[] = {
        {"!main;sort:3;cmp:1", 5, NULL},
        {"!main;sort:4;cmp:1*", 2, "a=b"},
        {"!main;sort:3;cmp:2;.memcmp", 1, NULL},
        {"!main;idle", 0, NULL},
        {"", 3, NULL},
    };
    struct pc_profile profile;
    bed_profile(&profile, stacks, PC_COUNT(stacks));
    struct pc_str out = {0};
    pc_folded_encode(&profile, 0, &out);
    assert_string_equal(out.s, "[unknown] 3\nmain;sort;cmp 7\nmain;sort;cmp;memcmp 1\n");
    pc_str_fini(&out);
    pc_folded_encode(&profile, 1, &out);
    assert_non_null(strstr(out.s, "main;sort;cmp 28000000\n"));
    pc_str_fini(&out);
    pc_profile_fini(&profile);
}

static void names_cannot_break_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *name, *written;
    } rows[] = {
        {"operator new(unsigned long)", "operator_new(unsigned_long) 1\n"},
        {"a;b", "a:b 1\n"},
        {"a\nb\tc\x7f", "a_b_c_ 1\n"},
        {"\033[31mred", "_[31mred 1\n"},
        {"\xff-\xc3", "?-? 1\n"},
        {"\xc2\xa0 \xc3\xbc", "__\xc3\xbc 1\n"},
        {"", "[unknown] 1\n"},
        {"7", "7 1\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile, again;
        struct pc_err err;
        pc_profile_init(&profile, PC_PROFILE_LOCK);
        struct pc_frame frame = {.module = PC_NO_MODULE};
        frame.function =
            pc_profile_function(&profile, rows[i].name, "", 0, PC_CODE_UNKNOWN);
        uint32_t k = pc_profile_frame(&profile, &frame);
        pc_profile_add(&profile, &k, 1, NULL, 0, (int64_t[]){1, 1, 1});
        struct pc_str out = {0};
        pc_folded_encode(&profile, 0, &out);
        assert_string_equal(out.s, rows[i].written);
        assert_true(pc_folded_decode(out.s, out.len, &again, &err));
        assert_int_equal(again.samples.n, 1);
        assert_int_equal(again.samples.items[0].n, 1);
        pc_profile_fini(&again);
        pc_str_fini(&out);
        pc_profile_fini(&profile);
    }
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 21);
    for (int round = 0; round < 200; round++) {
        struct pc_profile profile, again;
        struct pc_str out = {0}, twice = {0};
        struct pc_err err;
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        pc_folded_encode(&profile, 1, &out);
        assert_true(pc_folded_decode(pc_str_get(&out), out.len, &again, &err));
        assert_int_equal(pc_profile_total(&again, 0), pc_profile_total(&profile, 1));
        assert_int_equal(again.taken, 0);
        pc_folded_encode(&again, 0, &twice);
        assert_string_equal(pc_str_get(&twice), pc_str_get(&out));
        pc_str_fini(&out);
        pc_str_fini(&twice);
        pc_profile_fini(&profile);
        pc_profile_fini(&again);
    }
}

static void files_of_others_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"", ""},
        {"a;b 1\r\na;b 2\r\n\r\n", "a;b 3\n"},
        {"std::vector<int, x>::f;[libc.so.6]  7", "std::vector<int,_x>::f;[libc.so.6] 7\n"},
        {";a; 3\n", "[unknown];a;[unknown] 3\n"},
        {"a 0009223372036854775807\n", "a 9223372036854775807\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        struct pc_str out = {0};
        struct pc_err err;
        assert_true(pc_folded_decode(rows[i].text, strlen(rows[i].text), &profile, &err));
        pc_folded_encode(&profile, 0, &out);
        assert_string_equal(pc_str_get(&out), rows[i].folded);
        pc_str_fini(&out);
        pc_profile_fini(&profile);
    }
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        const char *error;
    } rows[] = {
        {"a 1\nb\n", 6, "line 2 does not end with a count"},
        {"a;b -3\n", 7, "line 1 does not end with a count"},
        {"a 1.5\n", 6, "line 1 does not end with a count"},
        {" 12\n", 4, "line 1 does not end with a count"},
        {"12", 2, "line 1 does not end with a count"},
        {"a 9223372036854775808\n", 22, "line 1 does not end with a count"},
        {"a 99999999999999999999999\n", 26, "line 1 does not end with a count"},
        {"a 9223372036854775807\nb 1\n", 26, "line 2 makes a sum of more than 63 bits"},
        {"a\0b 1\n", 6, "line 1 is not text"},
        {"a\x1f\x8b\xff 1\n", 7, "line 1 is not text"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        struct pc_err err;
        assert_false(pc_folded_decode(rows[i].text, rows[i].n, &profile, &err));
        assert_int_equal(err.code, PC_USAGE);
        assert_memory_equal(err.msg, rows[i].error, strlen(rows[i].error));
        assert_non_null(strstr(err.msg, "make the file again"));
    }
}

static void too_deep_a_stack_keeps_its_innermost_functions(void **state)
{
    (void)state;
    struct pc_str text = {0};
    for (int i = 0; i < 2 * PC_PROFILE_DEPTH; i++)
        pc_str_addf(&text, "%sf%d", i ? ";" : "", i);
    pc_str_adds(&text, " 1");
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_folded_decode(text.s, text.len, &profile, &err));
    assert_int_equal(profile.samples.items[0].n, PC_PROFILE_DEPTH);
    assert_string_equal(profile.functions.items[0].name, "f1023");
    assert_string_equal(profile.functions.items[PC_PROFILE_DEPTH - 1].name, "f512");
    pc_profile_fini(&profile);
    pc_str_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stacks_are_sorted_and_merged),
        cmocka_unit_test(names_cannot_break_a_line),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(files_of_others_are_read),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(too_deep_a_stack_keeps_its_innermost_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
