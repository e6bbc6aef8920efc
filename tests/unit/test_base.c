#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/units.h"

static void context_goes_in_front_of_the_message(void **state)
{
    (void)state;
    struct pc_err err;
    assert_false(pc_fail(&err, PC_USAGE, "line %d", 4));
    assert_false(pc_while(&err, "limits.lua"));
    assert_string_equal(err.msg, "limits.lua: line 4");
    assert_int_equal(err.code, PC_USAGE);
}

static void numbers_read_as_a_person_writes_them(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *metric, *text;
    } rows[] = {
        {7.4231, "ns/op", "7.42 ns"},
        {181234, "ns/op", "181 us"},
        {999.6, "ns/op", "1.00 us"},
        {2.5e9, "p99-ns", "2.50 s"},
        {64, "B/op", "64 B"},
        {4096, "peak-B", "4.00 KiB"},
        {2001, "allocs/op", "2001"},
        {0.5, "allocs/op", "0.5"},
        {1.0 / 3, "conns/op", "0.333"},
        {0, "allocs/op", "0"},
        {1052680, "live-B", "1.00 MiB"},
        {99.95, "ns/op", "100 ns"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char buf[PC_UNITS_MAX];
        assert_string_equal(pc_format_metric(rows[i].value, rows[i].metric, buf),
                            rows[i].text);
    }
}

static void text_from_outside_cannot_act_on_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"plain\n\ttext", "plain\n\ttext"},
        {"\033[2Jgone", "?[2Jgone"},
        {"\302\233m", "?m"},
        {"\303\251t\303\251", "\303\251t\303\251"},
        {"bad \377 byte", "bad ? byte"},
        {"\342\200\256turned", "?turned"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *s =
            pc_text_harmless(rows[i].in, strlen(rows[i].in), 100);
        assert_string_equal(s, rows[i].out);
    }
    PC_AUTO(pc_auto_free) char *cut = pc_text_harmless("abcdef", 6, 4);
    assert_string_equal(cut, "abcd...");
}

/* A path of the longest kind is in a message: why something failed is still told. */
static void a_long_message_keeps_its_beginning_and_its_end(void **state)
{
    (void)state;
    struct pc_err err;
    char path[4096];
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    for (int way = 0; way < 3; way++) {
        errno = ENAMETOOLONG;
        if (way == 0)
            pc_fail_errno(&err, "cannot read %s", path);
        else if (way == 1)
            pc_fail(&err, PC_USAGE, "cannot read %s: File name too long", path);
        else
            pc_while(&err, "cannot read %s%s", path, path);
        assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
        assert_int_equal(strncmp(err.msg, "cannot read xxx", 15), 0);
        assert_non_null(strstr(err.msg, "x...x"));
        const char *end = err.msg + strlen(err.msg) - strlen(": File name too long");
        assert_string_equal(end, ": File name too long");
    }
    errno = EMFILE;
    pc_fail_errno(&err, "cannot start");
    assert_string_equal(err.msg,
                        "cannot start: Too many open files (`ulimit -n` allows more)");
}

static void a_name_is_one_line_that_fits(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"", ""},
        {"join.c", "join.c"},
        {"a\nb\tc", "a b c"},
        {"\033[2Jgone", "?[2Jgon"},
        {"\377\303", "??"},
        {"seven b", "seven b"},
        {"more than eight", "more th"},
        {"123456\303\251", "123456"},
        {"12345\303\251", "12345\303\251"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char to[8];
        pc_text_copy_line(to, sizeof to, rows[i].in, strlen(rows[i].in));
        assert_string_equal(to, rows[i].out);
    }
}

static void a_long_message_is_cut_between_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        struct pc_str text = {0};
        struct pc_err err;
        pc_str_addf(&text, "%.*s", shift, "xyz");
        while (text.len < 2 * sizeof err.msg)
            pc_str_adds(&text, "\342\202\254");
        pc_fail(&err, PC_USAGE, "%s", text.s);
        assert_true(pc_text_is_utf8(err.msg, strlen(err.msg)));
        assert_non_null(strstr(err.msg, "..."));
        assert_in_range(strlen(err.msg), sizeof err.msg - 8, sizeof err.msg - 1);
        pc_str_fini(&text);
    }
}

static void the_nearest_names_are_offered(void **state)
{
    (void)state;
    static const char *const names[] = {"join_names", "string_builder", "csv_sum"};
    PC_AUTO(pc_auto_free) char *one = pc_text_nearest("joni_names", names, 3);
    assert_string_equal(one, "join_names");
    PC_AUTO(pc_auto_free) char *two = pc_text_nearest("csv_sun", names, 3);
    assert_string_equal(two, "csv_sum");
    assert_null(pc_text_nearest("zzzzzz", names, 3));
}

static void paths_are_made_absolute_without_dots(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"/a/b/../c/./d", "/a/c/d"}, {"/", "/"}, {"/../..", "/"}, {"/a//b/", "/a/b"}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *s = pc_path_absolute(rows[i].in, NULL);
        assert_string_equal(s, rows[i].out);
    }
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    (void)state;
    char dir[] = "/tmp/pc-base-XXXXXX";
    assert_non_null(mkdtemp(dir));
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, "file");
    struct pc_err err;
    assert_true(pc_file_write(path, "old", 3, &err));
    bool made;
    assert_true(pc_file_create(path, "new", 3, &made, &err));
    assert_false(made);
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, 10, &n, &err);
    assert_string_equal(text, "old");
    assert_null(pc_file_read(path, 2, NULL, &err));
    assert_non_null(strstr(err.msg, "at most 2"));
    assert_null(pc_file_read(dir, 100, NULL, &err));
    assert_non_null(strstr(err.msg, "not a regular file"));
    /* A folder where the file should go: the write fails, and no temporary file stays. */
    PC_AUTO(pc_auto_free) char *sub = pc_path_join(dir, "sub/x");
    assert_true(pc_mkdirs(sub, &err));
    assert_false(pc_file_write(sub, "text", 4, &err));
    char **names = pc_dir_names(dir, &err);
    assert_string_equal(names[0], "file");
    assert_string_equal(names[1], "sub");
    assert_null(names[2]);
    pc_names_free(names);
    assert_true(pc_file_remove_tree(dir, &err));
    assert_false(pc_file_exists(dir));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(context_goes_in_front_of_the_message),
        cmocka_unit_test(numbers_read_as_a_person_writes_them),
        cmocka_unit_test(text_from_outside_cannot_act_on_a_terminal),
        cmocka_unit_test(a_long_message_keeps_its_beginning_and_its_end),
        cmocka_unit_test(a_name_is_one_line_that_fits),
        cmocka_unit_test(a_long_message_is_cut_between_characters),
        cmocka_unit_test(the_nearest_names_are_offered),
        cmocka_unit_test(paths_are_made_absolute_without_dots),
        cmocka_unit_test(a_failed_write_leaves_the_old_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
