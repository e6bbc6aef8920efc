#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pprof_bed.h"
#include "profile/gzip.h"
#include "profile/pprof.h"
#include "profile/proto.h"
#include "profile_bed.h"

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
        pprof_begin(&out);
        for (int k = 0; k < 2; k++) {
            pprof_add_function(&out, rows[i].functions[k], rows[i].name);
            pprof_add_location(&out, rows[i].locations[k], &rows[i].function, 1);
        }
        for (size_t k = 0; k < rows[i].samples; k++)
            pprof_add_sample(&out, &rows[i].location, 1, rows[i].values, rows[i].n_values);
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

    pprof_begin(&out);
    uint64_t functions[LINES];
    for (size_t i = 0; i < LINES; i++)
        functions[i] = 1;
    pprof_add_function(&out, 1, 5);
    pprof_add_location(&out, 1, functions, LINES);
    for (int i = 0; i < SAMPLES; i++)
        pprof_add_sample(&out, (uint64_t[]){1}, 1, (int64_t[]){1, 1}, 2);
    expect_error(out.s, out.len, "a profile of more than 256 MiB");
    pc_str_fini(&out);
}

static void more_than_any_profile_has_is_refused(void **state)
{
    (void)state;
    enum { MANY = (1 << 20) + 1 };
    struct pc_str out = {0};
    pprof_begin(&out);
    for (int i = 0; i < MANY; i++)
        pc_proto_text(&out, 6, "");
    expect_error(out.s, out.len, "more than 1048576");
    pc_str_fini(&out);
    pprof_begin(&out);
    for (int i = 0; i < 70; i++)
        pc_proto_text(&out, 1, "");
    expect_error(out.s, out.len, "more than 64 values");
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
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(what_is_no_profile_is_refused),
        cmocka_unit_test(bombs_are_defused),
        cmocka_unit_test(more_than_any_profile_has_is_refused),
        cmocka_unit_test(damage_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
