#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "script/remote.h"
#include "script/sandbox.h"
#include "script/serve.h"
#include "script/tree.h"

struct place {
    char dir[32];
    char *file;
};

static int make_place(void **state)
{
    struct place *place = pc_alloc(sizeof *place);
    strcpy(place->dir, "/tmp/pc-script-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    place->file = pc_path_join(place->dir, "t.lua");
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    assert_true(pc_file_remove_tree(place->dir, NULL));
    free(place->file);
    free(place);
    return 0;
}

/* What the file of a pack gives, behind messages: the same values and the same words. */
static void assert_same_there(const struct place *place, bool ok,
                              const struct pc_value *value, const struct pc_err *err)
{
    struct pc_script_source source;
    struct pc_err there;
    struct pc_value got = {0};
    if (pc_script_source_read(place->file, "t.lua", &source, &there)) {
        struct pc_serve serve = {0};
        struct pc_message message;
        struct pc_str wire = {0}, want = {0}, have = {0};
        pc_remote_file("t.lua", &source, &wire);
        assert_int_equal(pc_message_take(&wire, &message), PC_MESSAGE_WHOLE);
        assert_false(pc_serve_take(&serve, &message, &wire));
        pc_message_fini(&message);
        assert_int_equal(pc_message_take(&wire, &message), PC_MESSAGE_WHOLE);
        assert_int_equal(pc_remote_table("t.lua", &message, &got, &there), ok);
        pc_message_fini(&message);
        if (ok) {
            pc_tree_write(value, &want);
            pc_tree_write(&got, &have);
            assert_string_equal(pc_str_get(&have), pc_str_get(&want));
        }
        pc_str_fini(&wire);
        pc_str_fini(&want);
        pc_str_fini(&have);
    }
    if (!ok)
        assert_string_equal(there.msg, err->msg);
    pc_value_fini(&got);
    pc_script_source_fini(&source);
}

static bool run(const struct place *place, const char *source, size_t n,
                struct pc_value *value, struct pc_err *err)
{
    assert_true(pc_file_write_cache(place->file, source, n, NULL));
    bool ok = pc_sandbox_run(place->file, "t.lua", value, err);
    assert_same_there(place, ok, value, err);
    return ok;
}

/* Run a source that must fail, and compare all that is said. */
static void assert_refused(const struct place *place, const char *source, size_t n,
                           const char *message)
{
    struct pc_value value;
    struct pc_err err = {.msg = "(it was accepted)"};
    bool ok = run(place, source, n, &value, &err);
    pc_value_fini(&value);
    assert_string_equal(err.msg, message);
    assert_false(ok);
    assert_int_equal(err.code, PC_ENVIRONMENT);
}

#define ENDLESS(line) \
    "t.lua:" #line ": stopped after 10 million instructions; is there a loop without end?"
#define HUNGRY "t.lua: it needs more than 64 MiB of memory"
#define LARGE "t.lua: the table is too large (at most 20000 values, 8 deep, 4 MiB of text)"

static void a_broken_file_is_named_with_line_and_reason(void **state)
{
    static const struct {
        const char *source, *message;
    } rows[] = {
        {"return {\n  a = 1\n  b = 2\n}",
         "t.lua:3: '}' expected (to close '{' at line 1) near 'b'"},
        {"local x\nreturn x.y", "t.lua:2: attempt to index a nil value (local 'x')"},
        {"error('out\\nof\\tsorts')", "t.lua:1: out of sorts"},
        {"error('\\27[2Jgone', 0)", "t.lua: ?[2Jgone"},
        {"error({})", "t.lua: error() was given a table instead of a text"},
        {"error()", "t.lua: error() was given a nil instead of a text"},
        {"", "t.lua: the file must return a table, not nothing"},
        {"return 7", "t.lua: the file must return a table, not a number"},
        {"return function() end", "t.lua: the file must return a table, not a function"},
        {"return {[true] = 1}",
         "t.lua: a key must be a name or a whole number from 1, not a boolean"},
        {"return {[0] = 1}",
         "t.lua: a key must be a name or a whole number from 1, not a different number"},
        {"return {['a\\0b'] = 1}", "t.lua: the key \"a\" must not hold a NUL"},
        {"return {a = 1,\n\n b = \"\xff\"}", "t.lua:3: the line is not UTF-8"},
        {"\033Lua", "t.lua: it is compiled, only source is read"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        assert_refused(*state, rows[i].source, strlen(rows[i].source), rows[i].message);
}

static void nothing_outlasts_its_allowance(void **state)
{
    static const struct {
        const char *source, *message;
    } rows[] = {
        {"local n = 0\nwhile true do\nn = n + 1 end", ENDLESS(3)},
        {"while true do pcall(function() while true do end end) end", ENDLESS(1)},
        {"local function f()\nwhile true do pcall(f) end end\nf()", ENDLESS(2)},
        {"xpcall(function() while true do end end,\nfunction() while true do end end)",
         ENDLESS(1)},
        {"xpcall(error,\nfunction() while true do end end)", ENDLESS(2)},
        {"local t <close> = setmetatable({}, {__close = function() while true do end "
         "end})\n"
         "while true do end",
         ENDLESS(2)},
        {"setmetatable({}, {__gc = function() while true do end end})",
         "t.lua:1: a metatable cannot have __gc here"},
        {"local s = 'x'\nwhile true do s = s .. s end", HUNGRY},
        {"local t = {}\nfor i = 1, 1e9 do t[i] = {} end", HUNGRY},
        {"local s = ('x'):rep(1 << 20)\nwhile true do pcall(function() s = s .. s end) end",
         HUNGRY},
        {"return {('x'):rep(1 << 40)}",
         "t.lua:1: string.rep makes at most 1048576 bytes here"},
        {"return {string.rep('', 1 << 60)}",
         "t.lua:1: string.rep makes at most 1048576 bytes here"},
        {"return {string.rep('x', 1000, ('y'):rep(1050))}",
         "t.lua:1: string.rep makes at most 1048576 bytes here"},
        {"local t = {}\nfor i = 1, 20000 do t[i] = i end\nreturn t", LARGE},
        {"local t = {}\nt.t = t\nreturn t", LARGE},
        {"local s, t = ('x'):rep(1 << 20), {}\nfor i = 1, 5 do t[i] = s end\nreturn t",
         LARGE},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        assert_refused(*state, rows[i].source, strlen(rows[i].source), rows[i].message);
}

static void deep_recursion_is_an_error_of_the_script(void **state)
{
    static const char source[] = "local function f() return 1 + f() end\nreturn f()";
    struct pc_value value;
    struct pc_err err;
    assert_false(run(*state, source, sizeof source - 1, &value, &err));
    /* Which of its two bounds it meets first, stack or heap, is up to the version of Lua.
     */
    assert_true(strncmp(err.msg, "t.lua:1: stack overflow", 23) == 0 ||
                strcmp(err.msg, HUNGRY) == 0);
    assert_null(strchr(err.msg, '\n'));
    pc_value_fini(&value);
}

/* The file says itself what is wrong, by an error of assert. */
static void only_harmless_functions_are_there(void **state)
{
    static const char *const sources[] = {
        "for _, name in ipairs {'io', 'os', 'package', 'debug', 'coroutine', 'require',\n"
        "  'load', 'loadfile', 'loadstring', 'dofile', 'collectgarbage', 'print', 'warn'} "
        "do\n"
        "  assert(_G[name] == nil, name) end\n"
        "assert(string.dump == nil) return {}",
        "assert(getmetatable('') == false)\n"
        "assert(not pcall(setmetatable, '', {})) return {}",
        "assert(('ab'):rep(3, '-') == 'ab-ab-ab' and ('x'):rep(-1) == '')\n"
        "assert(('%5.1f'):format(math.pi) == '  3.1' and utf8.char(233) == '\\u{e9}')\n"
        "assert(table.concat({1, 2}, ' ') == '1 2') return {}",
        "local ok, text = pcall(error, 'x', 0) assert(not ok and text == 'x')\n"
        "local function three() return 1, nil, 3 end\n"
        "assert(select('#', pcall(three)) == 4 and select(4, pcall(three)) == 3)\n"
        "assert(select('#', pcall(function() end)) == 1)\n"
        "local function up(s) return s:upper() end\n"
        "ok, text = xpcall(error, up, 'x', 0) assert(not ok and text == 'X')\n"
        "assert(select(3, xpcall(select, up, 2, 'a', 'b', 'c')) == 'c') return {}",
        "local t = setmetatable({}, {__index = {x = 1}, __metatable = 'no'})\n"
        "assert(t.x == 1 and getmetatable(t) == 'no')\n"
        "assert(not pcall(setmetatable, t, nil)) return {}",
    };
    for (size_t i = 0; i < PC_COUNT(sources); i++) {
        struct pc_value value;
        struct pc_err err = {.msg = ""};
        bool ok = run(*state, sources[i], strlen(sources[i]), &value, &err);
        pc_value_fini(&value);
        assert_string_equal(err.msg, "");
        assert_true(ok);
    }
}

static void nothing_leaks_from_one_file_to_the_next(void **state)
{
    static const char first[] = "leak = 1 string.leak = 1 math.pi = 3\n"
                                "string.format = nil return {}";
    static const char second[] = "assert(leak == nil and string.leak == nil)\n"
                                 "assert(math.pi > 3.1 and string.format) return {}";
    struct pc_value value;
    struct pc_err err = {.msg = ""};
    assert_true(run(*state, first, sizeof first - 1, &value, &err));
    pc_value_fini(&value);
    bool ok = run(*state, second, sizeof second - 1, &value, &err);
    pc_value_fini(&value);
    assert_string_equal(err.msg, "");
    assert_true(ok);
}

static void only_readable_source_of_moderate_size_is_run(void **state)
{
    struct place *place = *state;
    struct pc_value value;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *text = NULL;
    PC_AUTO(pc_auto_free) char *big = pc_alloc(2 << 20);
    memset(big, ' ', 2 << 20);
    assert_false(run(place, big, 2 << 20, &value, &err));
    text = pc_strfmt("t.lua: cannot read %s: 2097152 bytes, at most 1048576 are allowed",
                     place->file);
    assert_string_equal(err.msg, text);
    free(text);
    /* Root may read everything; then this part says nothing. */
    assert_int_equal(chmod(place->file, 0), 0);
    text = pc_strfmt("t.lua: cannot read %s: Permission denied", place->file);
    if (geteuid() != 0) {
        assert_false(pc_sandbox_run(place->file, "t.lua", &value, &err));
        assert_string_equal(err.msg, text);
    }
    free(text);
    assert_int_equal(unlink(place->file), 0);
    assert_false(pc_sandbox_run(place->file, "t.lua", &value, &err));
    text = pc_strfmt("t.lua: cannot read %s: No such file or directory", place->file);
    assert_string_equal(err.msg, text);
    free(text);
    assert_int_equal(mkdir(place->file, 0777), 0);
    assert_false(pc_sandbox_run(place->file, "t.lua", &value, &err));
    text = pc_strfmt("t.lua: cannot read %s: it is not a regular file", place->file);
    assert_string_equal(err.msg, text);
    assert_int_equal(rmdir(place->file), 0);
}

/* Follow "a.b.2" into the table; the line of what is there, -1 when nothing is. */
static int line_at(const struct pc_value *v, const char *path)
{
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(path);
    char *rest = NULL;
    for (char *key = strtok_r(copy, ".", &rest); key; key = strtok_r(NULL, ".", &rest)) {
        const struct pc_value *found = pc_value_find(v, key);
        for (size_t i = 0; i < v->n && !found; i++)
            if (!v->items[i].key && v->items[i].index == strtoul(key, NULL, 10))
                found = &v->items[i].value;
        if (!found)
            return -1;
        v = found;
    }
    return v->line;
}

static void each_field_knows_its_line(void **state)
{
    static const struct {
        const char *source, *path;
        int line;
    } rows[] = {
        {"return {\n a = 1,\n b = 2 }", "b", 3},
        {"return {\n ['allocs/op'] = 1,\n [ \"b\" ]\n = 2 }", "b", 3},
        {"return {\r\n a = 1,\r\n b = 2 }", "b", 3},
        {"\xef\xbb\xbfreturn {\n a = 1 }", "a", 2},
        {"-- b = 1\n--[[ b = 2\n]] return { --[==[ b = 3 ]==]\n b = 4 }", "b", 4},
        {"return { s = [[\nb = 1, ]],\n b = 2 }", "b", 3},
        {"return { s = [==[\n]] ]=]\n]==],\n b = 2 }", "b", 4},
        {"return { s = 'it''s',\n b = 2 }", "b", -1},
        {"return { s = 'it\\'s, b = 1',\n b = 2 }", "b", 2},
        {"return { s = 'on\\\nb = 1, ',\n b = 2 }", "b", 3},
        {"return { {}, {\n x = 1 },\n { y = 1,\n x = 2 } }", "3.x", 4},
        {"return { 'a',\n 'b';\n 'c' }", "3", 3},
        {"return { a = { b = {\n c = 1 } },\n b = 2, c = 3 }", "a.b.c", 2},
        {"return { a = { b = {\n c = 1 } },\n b = 2, c = 3 }", "c", 3},
        {"return { f = function() return { b = 1 }, 2 end,\n b = 2 }", "b", 2},
        {"local function f()\n return { b = 1 }\n end\n return { a = f(),\n b = 2 }", "b",
         5},
        {"local t = {\n c = 1 }\n return {\n a = t }", "a.c", 4},
        {"local t = { c = 1 }\n return t", "c", 0},
        {"return { a = 1 == 2,\n b = 0x.8p-1 }", "b", 2},
        {"local x = 1\nreturn { x == 1,\n x }", "2", 3},
        {"return {\n a = nil or {\n b = 1 },\n}", "a.b", 2},
        {"return {\n [2] = 'x',\n [1] = 'y' }", "1", 3},
        {"return {\n [1 + 1] = 'x',\n b = 2 };", "b", 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_value value;
        struct pc_err err;
        bool ok = run(*state, rows[i].source, strlen(rows[i].source), &value, &err);
        if (ok != (rows[i].line >= 0) ||
            (ok && line_at(&value, rows[i].path) != rows[i].line))
            fail_msg("row %zu: %s", i, rows[i].source);
        pc_value_fini(&value);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_file_is_named_with_line_and_reason),
        cmocka_unit_test(nothing_outlasts_its_allowance),
        cmocka_unit_test(deep_recursion_is_an_error_of_the_script),
        cmocka_unit_test(only_harmless_functions_are_there),
        cmocka_unit_test(nothing_leaks_from_one_file_to_the_next),
        cmocka_unit_test(only_readable_source_of_moderate_size_is_run),
        cmocka_unit_test(each_field_knows_its_line),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
