#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pprof_bed.h"
#include "profile/pprof.h"
#include "profile/proto.h"
#include "profile_bed.h"

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 99);
    for (int round = 0; round < 300; round++) {
        struct pc_profile profile, again;
        struct pc_str bytes = {0}, twice = {0};
        struct pc_err err = {0};
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        pc_pprof_encode(&profile, &bytes);
        if (!pc_pprof_decode(bytes.s, bytes.len, &again, &err))
            fail_msg("%s", err.msg);
        PC_AUTO(pc_auto_free) char *before = bed_dump(&profile);
        PC_AUTO(pc_auto_free) char *after = bed_dump(&again);
        assert_string_equal(after, before);
        pc_pprof_encode(&again, &twice);
        pc_profile_fini(&again);
        assert_true(pc_pprof_decode(twice.s, twice.len, &again, &err));
        PC_AUTO(pc_auto_free) char *later = bed_dump(&again);
        assert_string_equal(later, before);
        pc_str_fini(&bytes);
        pc_str_fini(&twice);
        pc_profile_fini(&profile);
        pc_profile_fini(&again);
    }
}

static void files_of_others_are_read(void **state)
{
    (void)state;
    struct pc_str out = {0}, period = {0};
    pprof_begin(&out);
    pprof_add_sample(&out, (uint64_t[]){0x400100, 0x400200}, 2, (int64_t[]){3, 30000000},
                     2);
    pprof_add_sample(&out, (uint64_t[]){0x400300, 0x400200}, 2, (int64_t[]){1, 10000000},
                     2);
    pprof_add_location(&out, 0x400200, (uint64_t[]){9}, 1);
    pprof_add_location(&out, 0x400100, (uint64_t[]){70000, 9}, 2);
    pprof_add_location(&out, 0x400300, NULL, 0);
    pprof_add_function(&out, 70000, 6);
    pprof_add_function(&out, 9, 5);
    pc_proto_number(&out, 9, 1700000000000000000);
    pc_proto_number(&out, 10, 50000000);
    pc_proto_number(&period, 1, 3);
    pc_proto_number(&period, 2, 4);
    pc_proto_message(&out, 11, &period);
    pc_proto_number(&out, 12, 10000000);
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_decode(out.s, out.len, &profile, &err));
    PC_AUTO(pc_auto_free) char *dump = bed_dump(&profile);
    assert_string_equal(dump,
                        "0x400300 :0(0) 0 400300 \n"
                        "main :10(0) 0 400200 \n"
                        "1 10000000 \n\n"
                        "g h? :10(0) 0 400100* \n"
                        "main :20(0) 0 400100 \n"
                        "main :10(0) 0 400200 \n"
                        "3 30000000 \n\n"
                        "samples/count cpu/nanoseconds main 1\n"
                        "cpu when 1700000000000 wall 50000000 cpu 40000000 period "
                        "10000000 taken 4 lost 0 broken 0 ops 0 hz 100 threads 0\n-\n-");
    pc_profile_fini(&profile);
    pc_str_fini(&period);
    pc_str_fini(&out);
}

static void values_are_chosen_and_put_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *types[7], *main;
        enum pc_profile_kind kind;
        const char *kept;
        size_t at_main;
    } rows[] = {
        {{"wall/nanoseconds", "samples/count"},
         "",
         PC_PROFILE_WALL,
         "samples=2 wall=1 ",
         0},
        {{"inuse_space/bytes", "inuse_objects/count", "alloc_space/bytes",
          "alloc_objects/count"},
         "alloc_space",
         PC_PROFILE_ALLOC,
         "alloc_objects=4 alloc_space=3 inuse_objects=2 inuse_space=1 ",
         1},
        {{"objects/count", "space/bytes"}, "", PC_PROFILE_ALLOC, "objects=1 space=2 ", 1},
        {{"a/x", "b/x", "c/x", "d/x", "e/x"}, "", PC_PROFILE_CPU, "a=1 b=2 c=3 e=5 ", 3},
        {{"a/x", "b/x", "c/x", "d/x", "e/x"}, "b", PC_PROFILE_CPU, "a=1 b=2 c=3 d=4 ", 1},
        {{"samples/count", "samples/count"},
         "none",
         PC_PROFILE_CPU,
         "samples=1 samples=2 ",
         1},
        {{"contentions/count", "delay/nanoseconds", "more/count"},
         "delay",
         PC_PROFILE_LOCK,
         "contentions=1 delay=2 more=3 ",
         1},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str out = {0}, m = {0}, got = {0};
        int64_t values[7];
        size_t n = 0;
        uint64_t number = 1;
        pc_proto_text(&out, 6, "");
        for (; n < 7 && rows[i].types[n]; n++) {
            const char *slash = strchr(rows[i].types[n], '/');
            pc_proto_bytes(&out, 6, rows[i].types[n], (size_t)(slash - rows[i].types[n]));
            pc_proto_text(&out, 6, slash + 1);
            pc_proto_number(&m, 1, number++);
            pc_proto_number(&m, 2, number++);
            pc_proto_message(&out, 1, &m);
            values[n] = (int64_t)n + 1;
        }
        pc_proto_text(&out, 6, rows[i].main);
        pc_proto_number(&out, 14, *rows[i].main ? number : 0);
        pprof_add_sample(&out, NULL, 0, values, n);
        struct pc_profile profile;
        struct pc_err err;
        assert_true(pc_pprof_decode(out.s, out.len, &profile, &err));
        for (size_t k = 0; k < profile.n_types; k++)
            pc_str_addf(&got, "%s=%d ", profile.types[k].name,
                        (int)profile.samples.items[0].values[k]);
        assert_string_equal(got.s, rows[i].kept);
        assert_int_equal(profile.main, rows[i].at_main);
        assert_int_equal(profile.kind, rows[i].kind);
        pc_profile_fini(&profile);
        pc_str_fini(&got);
        pc_str_fini(&out);
        pc_str_fini(&m);
    }
}

static void deep_stacks_keep_their_innermost_frames(void **state)
{
    (void)state;
    enum { DEEP = 2 * PC_PROFILE_DEPTH };
    static uint64_t stack[DEEP];
    struct pc_str out = {0};
    pprof_begin(&out);
    pprof_add_function(&out, 1, 5);
    for (size_t i = 0; i < DEEP; i++) {
        stack[i] = i + 1;
        pprof_add_location(&out, i + 1, (uint64_t[]){1}, 1);
    }
    pprof_add_sample(&out, stack, DEEP, (int64_t[]){1, 1}, 2);
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_decode(out.s, out.len, &profile, &err));
    const struct pc_profile_sample *sample = &profile.samples.items[0];
    assert_int_equal(sample->n, PC_PROFILE_DEPTH);
    assert_int_equal(profile.frames.items[sample->frames[0]].address, 1);
    pc_profile_fini(&profile);
    pc_str_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(files_of_others_are_read),
        cmocka_unit_test(values_are_chosen_and_put_in_order),
        cmocka_unit_test(deep_stacks_keep_their_innermost_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
