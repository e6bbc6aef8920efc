#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "model/profile.h"

static void equal_things_are_kept_once(void **state)
{
    (void)state;
    struct pc_profile profile;
    pc_profile_init(&profile, PC_PROFILE_CPU);
    char path[] = "/a.so";
    const struct pc_module module = {.path = path, .start = 1, .limit = 2};
    assert_int_equal(pc_profile_module(&profile, &module), 0);
    assert_int_equal(pc_profile_module(&profile, &module), 0);
    assert_int_equal(pc_profile_function(&profile, "f", "a.c", 3, PC_CODE_KERNEL), 0);
    assert_int_equal(pc_profile_function(&profile, "f", "b.c", 3, PC_CODE_KERNEL), 1);
    assert_int_equal(pc_profile_function(&profile, "fa", ".c", 3, PC_CODE_KERNEL), 2);
    assert_int_equal(pc_profile_function(&profile, "f", "a.c", 3, PC_CODE_KERNEL), 0);
    assert_int_equal(pc_profile_function(&profile, NULL, NULL, 0, PC_CODE_UNKNOWN), 3);
    const struct pc_frame frame = {.function = 1, .line = 7, .address = 99};
    assert_int_equal(pc_profile_frame(&profile, &frame), 0);
    assert_int_equal(pc_profile_frame(&profile, &frame), 0);
    assert_int_equal(pc_profile_label(&profile, "a", "bc"), 0);
    assert_int_equal(pc_profile_label(&profile, "ab", "c"), 1);
    assert_int_equal(pc_profile_label(&profile, "a", "7"), 2);
    assert_int_equal(pc_profile_number(&profile, "a", 7, NULL), 3);
    assert_int_equal(pc_profile_number(&profile, "a", 7, "bytes"), 4);
    assert_int_equal(pc_profile_number(&profile, "a", 7, ""), 3);
    assert_null(profile.labels.items[2].unit);
    assert_string_equal(profile.labels.items[4].value, "7");
    assert_string_equal(profile.labels.items[4].unit, "bytes");
    assert_int_equal(profile.functions.n, 4);
    assert_string_equal(profile.functions.items[3].name, "");
    pc_profile_fini(&profile);
}

static void values_of_equal_stacks_are_summed(void **state)
{
    (void)state;
    static const struct {
        uint32_t frames[3];
        size_t n;
        uint32_t label;
        size_t n_labels;
        size_t sample;
    } rows[] = {
        {{0, 1, 2}, 3, 0, 0, 0}, {{0, 1}, 2, 0, 0, 1},    {{0, 1, 2}, 3, 0, 0, 0},
        {{2, 1, 0}, 3, 0, 0, 2}, {{0, 1, 2}, 3, 0, 1, 3}, {{0, 1}, 2, 2, 1, 4},
        {{0}, 0, 0, 0, 5},
    };
    struct pc_profile profile;
    pc_profile_init(&profile, PC_PROFILE_LOCK);
    int64_t sums[6] = {0}, total = 0;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        int64_t values[PC_PROFILE_VALUES] = {1, (int64_t)i + 10};
        pc_profile_add(&profile, rows[i].frames, rows[i].n, &rows[i].label,
                       rows[i].n_labels, values);
        sums[rows[i].sample] += values[1];
        total += values[1];
    }
    assert_int_equal(profile.samples.n, PC_COUNT(sums));
    for (size_t i = 0; i < PC_COUNT(sums); i++)
        assert_int_equal(profile.samples.items[i].values[1], sums[i]);
    assert_int_equal(pc_profile_total(&profile, 0), PC_COUNT(rows));
    assert_int_equal(pc_profile_total(&profile, 1), total);
    pc_profile_fini(&profile);
}

static void many_stacks_are_found_again(void **state)
{
    (void)state;
    enum { STACKS = 5000 };
    struct pc_profile profile;
    struct pc_rng rng;
    pc_profile_init(&profile, PC_PROFILE_CPU);
    for (int round = 0; round < 2; round++) {
        pc_rng_init(&rng, 5);
        for (uint32_t i = 0; i < STACKS; i++) {
            uint32_t frames[] = {i, (uint32_t)pc_rng_below(&rng, 3)};
            pc_profile_add(&profile, frames, 2, NULL, 0, (int64_t[]){1, 4});
        }
    }
    assert_int_equal(profile.samples.n, STACKS);
    for (size_t i = 0; i < STACKS; i++)
        assert_int_equal(profile.samples.items[i].values[1], 8);
    pc_profile_fini(&profile);
}

static void too_deep_a_stack_keeps_its_innermost_frames(void **state)
{
    (void)state;
    static uint32_t frames[PC_PROFILE_DEPTH + 5];
    for (uint32_t i = 0; i < PC_COUNT(frames); i++)
        frames[i] = i;
    struct pc_profile profile;
    pc_profile_init(&profile, PC_PROFILE_ALLOC);
    pc_profile_add(&profile, frames, PC_COUNT(frames), frames, PC_PROFILE_LABELS + 1,
                   (int64_t[]){1, 1, 1, 1});
    const struct pc_profile_sample *sample = &profile.samples.items[0];
    assert_int_equal(sample->n, PC_PROFILE_DEPTH);
    assert_int_equal(sample->frames[PC_PROFILE_DEPTH - 1], PC_PROFILE_DEPTH - 1);
    assert_int_equal(sample->n_labels, PC_PROFILE_LABELS);
    pc_profile_fini(&profile);
}

static void each_kind_has_the_types_of_go(void **state)
{
    (void)state;
    static const struct {
        enum pc_profile_kind kind;
        const char *name, *first, *main, *unit;
        size_t n;
    } rows[] = {
        {PC_PROFILE_CPU, "cpu", "samples", "cpu", "nanoseconds", 2},
        {PC_PROFILE_WALL, "wall", "samples", "wall", "nanoseconds", 2},
        {PC_PROFILE_ALLOC, "alloc", "alloc_objects", "alloc_space", "bytes", 4},
        {PC_PROFILE_LOCK, "lock", "calls", "delay", "nanoseconds", 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        pc_profile_init(&profile, rows[i].kind);
        assert_string_equal(pc_profile_kind_name(rows[i].kind), rows[i].name);
        assert_string_equal(profile.types[0].name, rows[i].first);
        assert_string_equal(profile.types[profile.main].name, rows[i].main);
        assert_string_equal(profile.types[profile.main].unit, rows[i].unit);
        assert_int_equal(profile.n_types, rows[i].n);
        pc_profile_fini(&profile);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_things_are_kept_once),
        cmocka_unit_test(values_of_equal_stacks_are_summed),
        cmocka_unit_test(many_stacks_are_found_again),
        cmocka_unit_test(too_deep_a_stack_keeps_its_innermost_frames),
        cmocka_unit_test(each_kind_has_the_types_of_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
