#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "profile/gzip.h"
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

/* A file as other programs write it: nothing packed, ids that are addresses, texts first, a
 * field that nobody knows. */
static void begin_theirs(struct pc_str *out, const char *const *texts)
{
    struct pc_str m = {0};
    for (size_t i = 0; texts[i]; i++)
        pc_proto_text(out, 6, texts[i]);
    pc_proto_number(&m, 1, 1);
    pc_proto_number(&m, 2, 2);
    pc_proto_message(out, 1, &m);
    pc_proto_number(&m, 1, 3);
    pc_proto_number(&m, 2, 4);
    pc_proto_message(out, 1, &m);
    pc_str_fini(&m);
}

static void add_function(struct pc_str *out, uint64_t id, uint64_t name)
{
    struct pc_str m = {0};
    pc_proto_number(&m, 1, id);
    pc_proto_number(&m, 2, name);
    pc_proto_text(&m, 77, "unknown");
    pc_proto_message(out, 5, &m);
    pc_str_fini(&m);
}

static void add_location(struct pc_str *out, uint64_t id, const uint64_t *functions,
                         size_t n)
{
    struct pc_str m = {0}, line = {0};
    pc_proto_number(&m, 1, id);
    pc_proto_number(&m, 3, id);
    for (size_t i = 0; i < n; i++) {
        pc_proto_number(&line, 1, functions[i]);
        pc_proto_number(&line, 2, 10 * (i + 1));
        pc_proto_message(&m, 4, &line);
    }
    pc_proto_message(out, 4, &m);
    pc_str_fini(&line);
    pc_str_fini(&m);
}

static void add_sample(struct pc_str *out, const uint64_t *locations, size_t n,
                       const int64_t *values, size_t n_values)
{
    struct pc_str m = {0};
    for (size_t i = 0; i < n; i++)
        pc_proto_value(&m, 1, locations[i]);
    for (size_t i = 0; i < n_values; i++)
        pc_proto_value(&m, 2, (uint64_t)values[i]);
    pc_proto_message(out, 2, &m);
    pc_str_fini(&m);
}

static const char *const texts[] = {"",     "samples",  "count", "cpu", "nanoseconds",
                                    "main", "g\nh\033", NULL};

static void files_of_others_are_read(void **state)
{
    (void)state;
    struct pc_str out = {0}, period = {0};
    begin_theirs(&out, texts);
    add_sample(&out, (uint64_t[]){0x400100, 0x400200}, 2, (int64_t[]){3, 30000000}, 2);
    add_sample(&out, (uint64_t[]){0x400300, 0x400200}, 2, (int64_t[]){1, 10000000}, 2);
    add_location(&out, 0x400200, (uint64_t[]){9}, 1);
    add_location(&out, 0x400100, (uint64_t[]){70000, 9}, 2);
    add_location(&out, 0x400300, NULL, 0);
    add_function(&out, 70000, 6);
    add_function(&out, 9, 5);
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
        add_sample(&out, NULL, 0, values, n);
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

static void expect_error(const char *bytes, size_t n, const char *error)
{
    struct pc_profile profile;
    struct pc_err err = {0};
    assert_false(pc_pprof_decode(bytes, n, &profile, &err));
    assert_int_equal(err.code, PC_USAGE);
    if (!strstr(err.msg, error))
        fail_msg("\"%s\" instead of \"%s\"", err.msg, error);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        uint64_t locations[2], functions[2]; /* ids that are there */
        uint64_t name, function, location;   /* that are referred to */
        int64_t values[3];
        size_t n_values, samples;
        const char *error; /* NULL: none */
    } rows[] = {
        {{1, 2}, {1, 2}, 5, 1, 1, {1, 1, 0}, 2, 1, NULL},
        {{1, 2}, {1, 2}, 5, 1, 3, {1, 1, 0}, 2, 1, "location 3, which is not there"},
        {{1, 2}, {1, 2}, 5, 1, 0, {1, 1, 0}, 2, 1, "location 0, which is not there"},
        {{1, 2}, {1, 2}, 5, 9, 1, {1, 1, 0}, 2, 1, "function 9, which is not there"},
        {{1, 2}, {1, 2}, 7, 1, 1, {1, 1, 0}, 2, 1, "text 7, which is not there"},
        {{1, 2}, {1, 2}, UINT64_MAX, 1, 1, {1, 1, 0}, 2, 1, "which is not there"},
        {{1, 2}, {1, 2}, 5, UINT64_MAX, 1, {1, 1, 0}, 2, 1, "which is not there"},
        {{1, 2}, {1, 2}, 5, 1, UINT64_MAX, {1, 1, 0}, 2, 1, "which is not there"},
        {{1, 1}, {1, 2}, 5, 1, 1, {1, 1, 0}, 2, 1, "two locations have the id 1"},
        {{1, 2}, {8, 8}, 5, 1, 1, {1, 1, 0}, 2, 1, "two functions have the id 8"},
        {{1, 0}, {1, 2}, 5, 1, 1, {1, 1, 0}, 2, 1, "or one has none"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, 1, 1}, 3, 1, "more than the 2 values"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, 1, 0}, 1, 1, "has 1 of the 2 values"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, 1, 0}, 0, 1, "has 0 of the 2 values"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, -5, 0}, 2, 1, "a value is negative"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, INT64_MIN, 0}, 2, 1, "a value is negative"},
        {{1, 2}, {1, 2}, 5, 1, 1, {1, INT64_MAX, 0}, 2, 2, "a sum of more than 63 bits"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str out = {0};
        begin_theirs(&out, texts);
        for (int k = 0; k < 2; k++) {
            add_function(&out, rows[i].functions[k], rows[i].name);
            add_location(&out, rows[i].locations[k], &rows[i].function, 1);
        }
        for (size_t k = 0; k < rows[i].samples; k++)
            add_sample(&out, &rows[i].location, 1, rows[i].values, rows[i].n_values);
        if (rows[i].error) {
            expect_error(out.s, out.len, rows[i].error);
        } else {
            struct pc_profile profile;
            struct pc_err err;
            assert_true(pc_pprof_decode(out.s, out.len, &profile, &err));
            pc_profile_fini(&profile);
        }
        pc_str_fini(&out);
    }
}

static void what_is_no_profile_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *error;
    } rows[] = {
        {"", 0, "it is empty"},
        {"--- contention:\ncycles/second=1\n", 32, "no profile in pprof's format"},
        {"main;f 12\n", 10, "no profile in pprof's format"},
        {"\x1f\x8b", 2, "cut off"},
        {"\x1f\x8b\x08 more of it here", 19, "damaged"},
        {"\x32\x00", 2, "says not what was counted"},
        {"\x0a\x00", 2, "says not what was counted"},
        {"\x0a\x00\x32\x01x", 5, "first text is not empty"},
        {"\x0a\x02\x08\x05\x32\x00", 6, "text 5, which is not there"},
        {"\x0a\x04\x0a\x02zz\x32\x00", 8, "is of another type"},
        {"\x08\x01\x32\x00", 4, "is of another type"},
        {"\x4a\x01z\x32\x00", 5, "is of another type"},
        {"\x0a\x00\x32\x00\x70\x05", 6, "text 5, which is not there"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        expect_error(rows[i].bytes, rows[i].n, rows[i].error);
}

/* Few bytes that unpack to gigabytes, and few that refer to much. */
static void bombs_are_defused(void **state)
{
    (void)state;
    enum { MIB = 1 << 20, MEMBERS = 4096, LINES = 512, SAMPLES = 70000 };
    struct pc_str member = {0}, bomb = {0}, out = {0};
    PC_AUTO(pc_auto_free) char *zeros = pc_alloc(MIB);
    pc_gzip_pack(zeros, MIB, &member);
    for (int i = 0; i < MEMBERS; i++)
        pc_str_add(&bomb, member.s, member.len);
    expect_error(bomb.s, bomb.len, "unpacks to more than 64.0 MiB");
    pc_str_fini(&member);
    pc_str_fini(&bomb);

    begin_theirs(&out, texts);
    uint64_t functions[LINES];
    for (size_t i = 0; i < LINES; i++)
        functions[i] = 1;
    add_function(&out, 1, 5);
    add_location(&out, 1, functions, LINES);
    for (int i = 0; i < SAMPLES; i++)
        add_sample(&out, (uint64_t[]){1}, 1, (int64_t[]){1, 1}, 2);
    expect_error(out.s, out.len, "a profile of more than 256 MiB");
    pc_str_fini(&out);
}

static void more_than_any_profile_has_is_refused(void **state)
{
    (void)state;
    enum { MANY = (1 << 20) + 1 };
    struct pc_str out = {0};
    begin_theirs(&out, texts);
    for (int i = 0; i < MANY; i++)
        pc_proto_text(&out, 6, "");
    expect_error(out.s, out.len, "more than 1048576");
    pc_str_fini(&out);
    begin_theirs(&out, texts);
    for (int i = 0; i < 70; i++)
        pc_proto_text(&out, 1, "");
    expect_error(out.s, out.len, "more than 64 values");
    pc_str_fini(&out);
}

static void deep_stacks_keep_their_innermost_frames(void **state)
{
    (void)state;
    enum { DEEP = 2 * PC_PROFILE_DEPTH };
    static uint64_t stack[DEEP];
    struct pc_str out = {0};
    begin_theirs(&out, texts);
    add_function(&out, 1, 5);
    for (size_t i = 0; i < DEEP; i++) {
        stack[i] = i + 1;
        add_location(&out, i + 1, (uint64_t[]){1}, 1);
    }
    add_sample(&out, stack, DEEP, (int64_t[]){1, 1}, 2);
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_decode(out.s, out.len, &profile, &err));
    const struct pc_profile_sample *sample = &profile.samples.items[0];
    assert_int_equal(sample->n, PC_PROFILE_DEPTH);
    assert_int_equal(profile.frames.items[sample->frames[0]].address, 1);
    pc_profile_fini(&profile);
    pc_str_fini(&out);
}

/* Damage anywhere is an error or another profile, never more. */
static void damage_is_survived(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 4711);
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
        struct pc_profile profile, again;
        struct pc_str bytes = {0}, plain = {0};
        struct pc_err err = {0};
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        pc_pprof_encode(&profile, &bytes);
        assert_true(pc_gzip_unpack(bytes.s, bytes.len, 1 << 24, &plain, &err));
        struct pc_str *damaged = round % 4 ? &plain : &bytes;
        for (uint64_t k = pc_rng_below(&rng, 6); k > 0; k--)
            damaged->s[pc_rng_below(&rng, damaged->len)] = (char)pc_rng_next(&rng);
        if (pc_rng_below(&rng, 4) == 0)
            damaged->len = pc_rng_below(&rng, damaged->len);
        if (pc_pprof_decode(damaged->s, damaged->len, &again, &err)) {
            for (size_t k = 0; k < again.n_types; k++)
                assert_true(pc_profile_total(&again, k) >= 0);
            PC_AUTO(pc_auto_free) char *dump = bed_dump(&again);
            assert_non_null(strstr(dump, "main "));
            pc_profile_fini(&again);
        } else {
            refused++;
            assert_int_equal(err.code, PC_USAGE);
            assert_true(strlen(err.msg) > 10);
        }
        pc_str_fini(&bytes);
        pc_str_fini(&plain);
        pc_profile_fini(&profile);
    }
    assert_true(refused > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(files_of_others_are_read),
        cmocka_unit_test(values_are_chosen_and_put_in_order),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(what_is_no_profile_is_refused),
        cmocka_unit_test(bombs_are_defused),
        cmocka_unit_test(more_than_any_profile_has_is_refused),
        cmocka_unit_test(deep_stacks_keep_their_innermost_frames),
        cmocka_unit_test(damage_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
