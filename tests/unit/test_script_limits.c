#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "script/lesson.h"

/* A temporary course folder with one mutant of the exercise join. */
struct place {
    char dir[32];
};

static void put(const struct place *place, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(place->dir, name);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    assert_true(pc_mkdirs(folder, NULL));
    assert_true(pc_file_write_cache(path, text, strlen(text), NULL));
}

static int make_place(void **state)
{
    struct place *place = pc_alloc(sizeof *place);
    strcpy(place->dir, "/tmp/pc-limits-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    put(place, "checks/07_strings/join/mutants/slow.c", "");
    put(place, "checks/07_strings/join/mutants/common.h", "");
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    assert_true(pc_file_remove_tree(place->dir, NULL));
    free(place);
    return 0;
}

static bool load_limits(const struct place *place, const char *source,
                        struct pc_limits *limits, struct pc_err *err)
{
    put(place, "checks/07_strings/join/limits.lua", source);
    struct pc_topic topic = {.number = 7, .folder = (char *)"07_strings"};
    struct pc_exercise join = {.name = (char *)"join", .topic = &topic};
    struct pc_course course = {.dir = (char *)place->dir};
    return pc_limits_load(&course, &join, limits, err);
}

static void all_limits_are_read(void **state)
{
    struct place *place = *state;
    struct pc_limits l;
    struct pc_err err = {.msg = ""};
    bool ok = load_limits(
        place,
        "return { speedup = { min = 8, silver = 12, gold = 15.5, at = 2000, bench = 'join' "
        "},\n"
        "['allocs/op'] = { max = 24, gold = 1, stat = 'mean' }, ['B/op'] = 0,\n"
        "['cap/len'] = { min = 1, gold = 1.5 }, count_at = 100,\n"
        "needs = { 'libcurl', 'gtk+-3.0' }, allow = { 'mmap' },\n"
        "hotspot = 'join_hotspot',\n"
        "fails = { 'speedup', 'B/op', 'leak', 'hotspot' }, mutants = { slow = { 'speedup' "
        "} } }",
        &l, &err);
    assert_string_equal(err.msg, "");
    assert_true(ok);
    assert_true(l.speedup.set && l.speedup.min == 8 && l.speedup.silver == 12);
    assert_true(l.speedup.gold == 15.5 && l.speedup.at == 2000);
    assert_string_equal(l.speedup.bench, "join");
    assert_int_equal(l.n, 3);
    const struct pc_limit *bytes = &l.items[0], *allocs = &l.items[1], *cap = &l.items[2];
    assert_string_equal(bytes->metric, "B/op");
    assert_true(bytes->max == 0 && isinf(bytes->min) && isnan(bytes->gold));
    assert_int_equal(bytes->stat, PC_STAT_MAX);
    assert_string_equal(allocs->metric, "allocs/op");
    assert_true(allocs->max == 24 && allocs->gold == 1 && allocs->stat == PC_STAT_MEAN);
    assert_true(isinf(cap->max) && cap->min == 1 && cap->gold == 1.5);
    assert_int_equal(l.count_at, 100);
    assert_int_equal(l.n_needs, 2);
    assert_string_equal(l.needs[1], "gtk+-3.0");
    assert_string_equal(l.allow[0], "mmap");
    assert_string_equal(l.hotspot, "join_hotspot");
    assert_int_equal(l.n_fails, 4);
    assert_string_equal(l.fails[3], "hotspot");
    assert_string_equal(l.fails[2], "leak");
    assert_int_equal(l.n_mutants, 1);
    assert_string_equal(l.mutants[0].name, "slow");
    assert_string_equal(l.mutants[0].fails[0], "speedup");
    pc_limits_fini(&l);
}

static const struct {
    const char *source;
    size_t n, sizes[PC_GROWTH_SIZES];
    const char *bench;
} growths[] = {
    {"{ max = 1.3, from = 100, to = 10000 }", 5, {100, 316, 1000, 3162, 10000}, ""},
    {"{ max = 1.3, at = { 10, 20, 90 }, bench = 'grow' }", 3, {10, 20, 90}, "grow"},
    {"{ max = 1.3, from = 1, to = 4 }, speedup = { min = 2, bench = 'join' }",
     4,
     {1, 2, 3, 4},
     "join"},
    {"{ max = 1.3 }, speedup = { min = 2, at = 1600 }", 5, {100, 200, 400, 800, 1600}, ""},
};

static void growth_is_read_with_its_sizes(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < PC_COUNT(growths); i++) {
        struct pc_limits l;
        struct pc_err err = {.msg = ""};
        PC_AUTO(pc_auto_free) char *source =
            pc_strfmt("return { growth = %s, fails = { 'growth' }, mutants = { slow = { "
                      "'growth' } } }",
                      growths[i].source);
        bool ok = load_limits(place, source, &l, &err);
        assert_string_equal(err.msg, "");
        assert_true(ok && l.growth.set && l.growth.max == 1.3 && isnan(l.growth.gold));
        assert_string_equal(l.growth.bench, growths[i].bench);
        assert_int_equal(l.growth.n, growths[i].n);
        for (size_t k = 0; k < l.growth.n; k++)
            assert_int_equal(l.growth.sizes[k], growths[i].sizes[k]);
        pc_limits_fini(&l);
    }
}

#define FAILS "fails = { 'wrong' }"

static const struct {
    const char *source, *message;
} broken_limits[] = {
    {"return {\n speedup = }", ":2: unexpected symbol near '}'"},
    {"while true do end",
     ":1: stopped after 10 million instructions; is there a loop without end?"},
    {"return 1", ": the file must return a table, not a number"},
    {"return {\n\n ['allocs/op'] =\n 'x', " FAILS " }",
     ":3: allocs/op must be a number, got a string"},
    {"return { ['B/op'] = {\n max = {} }, " FAILS " }",
     ":2: B/op.max must be a number, got a table"},
    {"return { ['B/op'] = {\n maxi = 3 }, " FAILS " }",
     ":2: unknown key \"maxi\" in B/op; did you mean max?"},
    {"return { ['B/op'] = {}, " FAILS " }", ":1: B/op needs a max or a min"},
    {"return { ['B/op'] = 1 / 0, " FAILS " }", ":1: B/op must be a finite number, got inf"},
    {"return { ['B/op'] = -1, " FAILS " }", ":1: B/op must not be negative, got -1"},
    {"return { ['B/op'] = { max = 3, stat = 'median' }, " FAILS " }",
     ":1: B/op.stat must be max or mean, got \"median\""},
    {"return { ['B/op'] = { max = 3,\n gold = 4 }, " FAILS " }",
     ":2: B/op.gold must be at most max, 3, got 4"},
    {"return { ['B/op'] = { min = 3,\n gold = 2 }, " FAILS " }",
     ":2: B/op.gold must be at least min, 3, got 2"},
    {"return { ['B/op'] = { max = 1, min = 2 }, " FAILS " }",
     ":1: B/op.min must be at most max, 1, got 2"},
    {"return { speedup = 8, " FAILS " }", ":1: speedup must be a table, got a number"},
    {"return { speedup = { silver = 8 }, " FAILS " }", ":1: speedup.min is missing"},
    {"return { speedup = { min = 0 }, " FAILS " }",
     ":1: speedup.min must be above 0, got 0"},
    {"return { speedup = { min = 8,\n silver = 7 }, " FAILS " }",
     ":2: speedup.silver must be at least min, 8, got 7"},
    {"return { speedup = { min = 8, silver = 9,\n gold = 8.5 }, " FAILS " }",
     ":2: speedup.gold must be at least silver, 9, got 8.5"},
    {"return { speedup = { min = 8, gold = 7 }, " FAILS " }",
     ":1: speedup.gold must be at least min, 8, got 7"},
    {"return { speedup = { min = 8, at = 2.5 }, " FAILS " }",
     ":1: speedup.at must be a whole number from 1, got 2.5"},
    {"return { speedup = { min = 8, bench = 'a-b' }, " FAILS " }",
     ":1: speedup.bench must be a C identifier, got \"a-b\""},
    {"return { growth = 1.3, " FAILS " }", ":1: growth must be a table, got a number"},
    {"return { growth = {}, " FAILS " }", ":1: growth.max is missing"},
    {"return { growth = { max = 0, from = 1, to = 9 }, " FAILS " }",
     ":1: growth.max must be greater than 0, got 0"},
    {"return { growth = { max = 1.3 }, " FAILS " }",
     ":1: growth needs sizes: from and to, or a list at"},
    {"return { growth = { max = 1.3, from = 5 }, " FAILS " }",
     ":1: growth needs sizes: from and to, or a list at"},
    {"return { growth = { max = 1.3, from = 100, to = 399 }, " FAILS " }",
     ":1: growth needs sizes that span a factor of 4, got 100 to 399"},
    {"return { growth = { max = 1.3, from = 1, to = 9,\n at = { 1, 2, 9 } }, " FAILS " }",
     ":2: growth has either at, or from and to, not both"},
    {"return { growth = { max = 1.3, at = { 1, 9 } }, " FAILS " }",
     ":1: growth.at must have at least 3 items, got 2"},
    {"return { growth = { max = 1.3,\n at = { 10, 10, 90 } }, " FAILS " }",
     ":2: growth.at[2] must be above the size before, 10, got 10"},
    {"return { growth = { max = 1.3, gold = 1.4, from = 1, to = 9 }, " FAILS " }",
     ":1: growth.gold must be at most max, 1.3, got 1.4"},
    {"return { ['B/op'] = 1,\n hotspot = 'join_hotspot', " FAILS " }",
     ":2: hotspot needs a speedup, whose bench it profiles"},
    {"return { speedup = { min = 2 }, hotspot = 'a b', " FAILS " }",
     ":1: hotspot must be a C identifier, got \"a b\""},
    {"return { speedup = { min = 2 }, fails = { 'hotspot' } }",
     ":1: fails[1]: \"hotspot\" is no limit of this exercise"},
    {"return { " FAILS " }",
     ":1: there is no limit: give speedup, growth, tail or a metric"},
    {"return { ['B/op'] = 1 }", ":1: fails is missing"},
    {"return { ['B/op'] = 1, fails = {} }", ":1: fails must have at least 1 item, got 0"},
    {"return { ['B/op'] = 1, fails = { 'leak',\n 'B/po' } }",
     ":2: fails[2]: \"B/po\" is no limit of this exercise; did you mean B/op?"},
    {"return { ['B/op'] = 1, fails = { 'speedup' } }",
     ":1: fails[1]: \"speedup\" is no limit of this exercise"},
    {"return { ['B/op'] = 1, fails = { 'leak', 'leak' } }",
     ":1: fails[2] repeats \"leak\""},
    {"return { sped_up = 1,\n speedup = {} }",
     ":1: unknown key \"sped_up\"; did you mean speedup?"},
    {"return { speedup = {}, ['a/name that is too long for it'] = 1 }",
     ":1: unknown key \"a/name that is too long for it\"; known are speedup, growth, "
     "tail, hotspot, sanitize, "
     "count_at, needs, allow, fails, mutants"},
    {"return { ['B/op'] = 1, needs = { '--libs' }, " FAILS " }",
     ":1: needs[1] must be a name for pkg-config, got \"--libs\""},
    {"return { ['B/op'] = 1, needs = { 'zlib', 'evil.pc' }, " FAILS " }",
     ":1: needs[2] must be a name for pkg-config, got \"evil.pc\""},
    {"return { ['B/op'] = 1, allow = { 'a b' }, " FAILS " }",
     ":1: allow[1] must be a C identifier, got \"a b\""},
    {"return { ['B/op'] = 1, count_at = 0, " FAILS " }",
     ":1: count_at must be a whole number from 1, got 0"},
    {"return { ['B/op'] = 1, " FAILS " }",
     ":1: mutants does not say how mutants/slow.c fails"},
    {"return { ['B/op'] = 1, " FAILS ",\n mutants = {} }",
     ":2: mutants does not say how mutants/slow.c fails"},
    {"return { ['B/op'] = 1, " FAILS ", mutants = { slow = { 'leak' },\n fast = {} } }",
     ":2: mutants.fast: there is no file mutants/fast.c"},
    {"return { ['B/op'] = 1, " FAILS ", mutants = { slow = {} } }",
     ":1: mutants.slow must have at least 1 item, got 0"},
    {"return { ['B/op'] = 1, " FAILS ", mutants = { slow = 'leak' } }",
     ":1: mutants.slow must be a list, got a string"},
    {"return { ['B/op'] = 1, " FAILS ", mutants = { 'slow' } }",
     ":1: mutants: write NAME = {REASONS}, item 1 has no name"},
};

static void broken_limits_are_named_with_line_and_field(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < PC_COUNT(broken_limits); i++) {
        struct pc_limits limits;
        struct pc_err err = {.msg = "(it was accepted)"};
        bool ok = load_limits(place, broken_limits[i].source, &limits, &err);
        pc_limits_fini(&limits);
        PC_AUTO(pc_auto_free) char *message =
            pc_strfmt("07 join: limits.lua%s", broken_limits[i].message);
        assert_string_equal(err.msg, message);
        assert_false(ok);
        assert_int_equal(err.code, PC_ENVIRONMENT);
    }
}

static void missing_limits_are_an_error(void **state)
{
    struct place *place = *state;
    struct pc_topic topic = {.number = 7, .folder = (char *)"07_strings"};
    struct pc_exercise join = {.name = (char *)"join", .topic = &topic};
    struct pc_course course = {.dir = place->dir};
    struct pc_limits limits;
    struct pc_err err;
    assert_false(pc_limits_load(&course, &join, &limits, &err));
    PC_AUTO(pc_auto_free) char *message =
        pc_strfmt("07 join: limits.lua: cannot read %s/checks/07_strings/join/"
                  "limits.lua: No such file or directory",
                  place->dir);
    assert_string_equal(err.msg, message);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_limits_are_an_error),
        cmocka_unit_test(all_limits_are_read),
        cmocka_unit_test(growth_is_read_with_its_sizes),
        cmocka_unit_test(broken_limits_are_named_with_line_and_field),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
