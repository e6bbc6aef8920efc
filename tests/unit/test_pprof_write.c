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

static void numbers_are_written_as_varints(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        const char *bytes;
        size_t n;
    } rows[] = {
        {1, "\x08\x01", 2},
        {150, "\x08\x96\x01", 3},
        {UINT64_MAX, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},
        {0, "", 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str out = {0};
        pc_proto_number(&out, 1, rows[i].value);
        assert_int_equal(out.len, rows[i].n);
        if (rows[i].n > 0)
            assert_memory_equal(out.s, rows[i].bytes, rows[i].n);
        struct pc_proto in = {.at = pc_str_get(&out), .end = pc_str_get(&out) + out.len};
        struct pc_proto_field field;
        if (rows[i].n > 0) {
            assert_true(pc_proto_next(&in, &field));
            assert_int_equal(field.number, 1);
            assert_true(field.value == rows[i].value);
        }
        assert_false(pc_proto_next(&in, &field));
        assert_null(in.wrong);
        pc_str_fini(&out);
    }
}

static void a_message_that_is_broken_says_how(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *wrong;
    } rows[] = {
        {"\x08", 1, "it ends inside of a field"},
        {"\x08\x96", 2, "it ends inside of a number"},
        {"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 11,
         "a number of more than 64 bits"},
        {"\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 12,
         "a number of more than 64 bits"},
        {"\x12\x05hi", 4, "a field is longer than what is left"},
        {"\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01hi", 13,
         "a field is longer than what is left"},
        {"\x02\x01", 2, "a field has the number 0"},
        {"\x0bhello", 6, "a field of a type that does not exist"},
        {"\x09hello", 6, "it ends inside of a field"},
        {"\x0dhel", 4, "it ends inside of a field"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_proto in = {.at = rows[i].bytes, .end = rows[i].bytes + rows[i].n};
        struct pc_proto_field field;
        assert_false(pc_proto_next(&in, &field));
        assert_string_equal(in.wrong, rows[i].wrong);
    }
}

static void what_is_packed_unpacks_to_the_same(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 3);
    for (size_t n = 0; n < 6000000; n = 5 * n + 1) {
        struct pc_str data = {0}, packed = {0}, again = {0}, out = {0};
        struct pc_err err;
        pc_reserve(&data.s, &data.cap, n + 1, 1);
        for (; data.len < n; data.len++)
            data.s[data.len] = (char)(pc_rng_next(&rng) & 15);
        pc_gzip_pack(data.s, n, &packed);
        pc_gzip_pack(data.s, n, &again);
        assert_int_equal(packed.len, again.len);
        assert_memory_equal(packed.s, again.s, packed.len);
        assert_true(pc_gzip_is_packed(packed.s, packed.len));
        assert_true(pc_gzip_unpack(packed.s, packed.len, n, &out, &err));
        assert_int_equal(out.len, n);
        if (n > 0)
            assert_memory_equal(out.s, data.s, n);
        pc_str_fini(&data);
        pc_str_fini(&packed);
        pc_str_fini(&again);
        pc_str_fini(&out);
    }
}

static void packed_data_that_is_damaged_is_refused(void **state)
{
    (void)state;
    static const char text[] = "some text, some more text, and some text again";
    struct pc_str packed = {0};
    pc_gzip_pack(text, sizeof text, &packed);
    for (size_t n = 0; n < packed.len; n++) {
        struct pc_str out = {0};
        struct pc_err err;
        assert_false(pc_gzip_unpack(packed.s, n, 1 << 20, &out, &err));
        assert_non_null(strstr(err.msg, "cut off"));
        pc_str_fini(&out);
    }
    struct pc_str out = {0};
    struct pc_err err;
    assert_false(pc_gzip_unpack(packed.s, packed.len, sizeof text - 1, &out, &err));
    assert_non_null(strstr(err.msg, "unpacks to more than 46 B"));
    pc_str_fini(&out);
    pc_str_adds(&packed, "xyz");
    assert_false(pc_gzip_unpack(packed.s, packed.len, 1 << 20, &out, &err));
    assert_non_null(strstr(err.msg, "3 bytes behind"));
    pc_str_fini(&out);
    packed.s[packed.len - 8] ^= 1;
    assert_false(pc_gzip_unpack(packed.s, packed.len - 3, 1 << 20, &out, &err));
    assert_non_null(strstr(err.msg, "damaged"));
    pc_str_fini(&out);
    pc_str_fini(&packed);
}

static void members_behind_one_another_are_one_text(void **state)
{
    (void)state;
    struct pc_str packed = {0}, out = {0};
    struct pc_err err;
    pc_gzip_pack("one ", 4, &packed);
    pc_gzip_pack("two", 3, &packed);
    assert_true(pc_gzip_unpack(packed.s, packed.len, 7, &out, &err));
    assert_string_equal(out.s, "one two");
    pc_str_fini(&out);
    assert_false(pc_gzip_unpack(packed.s, packed.len, 6, &out, &err));
    pc_str_fini(&out);
    pc_str_fini(&packed);
}

static void equal_profiles_are_equal_bytes(void **state)
{
    (void)state;
    struct pc_str bytes[2] = {{0}};
    for (int k = 0; k < 2; k++) {
        struct pc_rng rng;
        pc_rng_init(&rng, 8);
        struct pc_profile profile;
        bed_random(&profile, PC_PROFILE_ALLOC, &rng);
        pc_pprof_encode(&profile, &bytes[k]);
        pc_profile_fini(&profile);
    }
    assert_int_equal(bytes[0].len, bytes[1].len);
    assert_memory_equal(bytes[0].s, bytes[1].s, bytes[0].len);
    pc_str_fini(&bytes[0]);
    pc_str_fini(&bytes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_varints),
        cmocka_unit_test(a_message_that_is_broken_says_how),
        cmocka_unit_test(what_is_packed_unpacks_to_the_same),
        cmocka_unit_test(packed_data_that_is_damaged_is_refused),
        cmocka_unit_test(members_behind_one_another_are_one_text),
        cmocka_unit_test(equal_profiles_are_equal_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
