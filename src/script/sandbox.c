#include "script/sandbox.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "script/library.h"
#include "script/lines.h"

enum {
    SOURCE_MAX = 1 << 20, /* bytes of a file */
    DEPTH_MAX = 8,        /* tables within tables of the result */
    VALUES_MAX = 20000,   /* values in it */
    TEXT_MAX = 4 << 20,   /* bytes of text in it */
};

/* One run: what goes in, what comes out. */
struct run {
    const char *name, *source;
    size_t n;
    struct pc_value *result;
    size_t values, text;
    struct pc_allowance allowance;
};

static void convert(lua_State *L, struct run *run, struct pc_value *v, int depth);

static void too_large(lua_State *L)
{
    luaL_error(L, "the table is too large (at most %d values, %d deep, %d MiB of text)",
               VALUES_MAX, DEPTH_MAX, TEXT_MAX >> 20);
}

static void convert_string(lua_State *L, struct run *run, char **text, size_t *len)
{
    const char *s = lua_tolstring(L, -1, len);
    run->text += *len;
    if (run->text > TEXT_MAX)
        too_large(L);
    *text = pc_alloc(*len + 1);
    memcpy(*text, s, *len);
}

/* Copy the table on top of the stack.  Each part hangs in the result before the next call
 * that may raise, so an error loses no memory. */
static void convert_table(lua_State *L, struct run *run, struct pc_value *v, int depth)
{
    if (depth == DEPTH_MAX)
        too_large(L);
    luaL_checkstack(L, 4, "result");
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct pc_field *f = PC_PUSH(v);
        if (lua_type(L, -2) == LUA_TSTRING) {
            size_t len;
            lua_pushvalue(L, -2);
            convert_string(L, run, &f->key, &len);
            if (strlen(f->key) != len)
                luaL_error(L, "the key \"%s\" must not hold a NUL", f->key);
            lua_pop(L, 1);
        } else if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1) {
            f->index = (size_t)lua_tointeger(L, -2);
        } else {
            luaL_error(L, "a key must be a name or a whole number from 1, not a %s%s",
                       lua_isnumber(L, -2) ? "different " : "", luaL_typename(L, -2));
        }
        convert(L, run, &f->value, depth + 1);
    }
}

static void convert(lua_State *L, struct run *run, struct pc_value *v, int depth)
{
    static const enum pc_value_kind kinds[] = {
        [LUA_TNIL] = PC_NIL,       [LUA_TBOOLEAN] = PC_BOOLEAN,   [LUA_TNUMBER] = PC_NUMBER,
        [LUA_TSTRING] = PC_STRING, [LUA_TFUNCTION] = PC_FUNCTION, [LUA_TTABLE] = PC_TABLE,
    };
    if (++run->values > VALUES_MAX)
        too_large(L);
    v->kind = kinds[lua_type(L, -1)];
    if (v->kind == PC_BOOLEAN)
        v->truth = lua_toboolean(L, -1);
    else if (v->kind == PC_NUMBER)
        v->number = lua_tonumber(L, -1);
    else if (v->kind == PC_STRING)
        convert_string(L, run, &v->text, &v->len);
    else if (v->kind == PC_TABLE)
        convert_table(L, run, v, depth);
}

/* Everything that can raise happens in here, called by lua_pcall. */
static int run_protected(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);
    pc_library_open(L);
    const char *chunk = lua_pushfstring(L, "=%s", run->name);
    if (luaL_loadbufferx(L, run->source, run->n, chunk, "t") != LUA_OK)
        return lua_error(L);
    pc_library_start(L);
    lua_call(L, 0, 1);
    pc_library_stop(L);
    convert(L, run, run->result, 0);
    if (run->result->kind != PC_TABLE)
        return luaL_error(L, "the file must return a table, not %s",
                          pc_value_article(run->result));
    return 0;
}

/* Lua's messages may quote any byte of the file; one harmless line remains. */
static bool fail_with_text(lua_State *L, const struct run *run, struct pc_err *err)
{
    size_t n, prefix = strlen(run->name);
    const char *raw = lua_tolstring(L, -1, &n);
    PC_AUTO(pc_auto_free) char *text = pc_text_harmless(raw, n, sizeof err->msg);
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    if (strncmp(text, run->name, prefix) == 0 && text[prefix] == ':')
        return pc_fail(err, PC_ENVIRONMENT, "%s", text);
    return pc_fail(err, PC_ENVIRONMENT, "%s: %s", run->name, text);
}

static bool explain(lua_State *L, int status, const struct run *run, struct pc_err *err)
{
    if (run->allowance.spent)
        return pc_fail(err, PC_ENVIRONMENT,
                       "%s:%d: stopped after %d million instructions; is there a loop "
                       "without end?",
                       run->name, run->allowance.spent_line,
                       PC_SCRIPT_MILLION_INSTRUCTIONS);
    if (status == LUA_ERRMEM || run->allowance.starved)
        return pc_fail(err, PC_ENVIRONMENT, "%s: it needs more than %d MiB of memory",
                       run->name, PC_SCRIPT_HEAP_MIB);
    if (lua_type(L, -1) != LUA_TSTRING)
        return pc_fail(err, PC_ENVIRONMENT, "%s: error() was given a %s instead of a text",
                       run->name, luaL_typename(L, -1));
    return fail_with_text(L, run, err);
}

static bool interpret(struct run *run, struct pc_err *err)
{
    lua_State *L = pc_library_state(&run->allowance);
    if (!L)
        return pc_fail(err, PC_ENVIRONMENT, "%s: there is no memory to run it", run->name);
    lua_pushcfunction(L, run_protected);
    lua_pushlightuserdata(L, run);
    int status = lua_pcall(L, 1, 0, 0);
    bool ok = status == LUA_OK || explain(L, status, run, err);
    lua_close(L);
    return ok;
}

static bool check_encoding(const struct run *run, struct pc_err *err)
{
    if (run->n > 0 && run->source[0] == '\033')
        return pc_fail(err, PC_ENVIRONMENT, "%s: it is compiled, only source is read",
                       run->name);
    int line = 1;
    for (size_t i = 0; i < run->n; line++) {
        const char *end = memchr(run->source + i, '\n', run->n - i);
        size_t n = end ? (size_t)(end - run->source) - i + 1 : run->n - i;
        if (!pc_text_is_utf8(run->source + i, n))
            return pc_fail(err, PC_ENVIRONMENT, "%s:%d: the line is not UTF-8", run->name,
                           line);
        i += n;
    }
    return true;
}

bool pc_sandbox_run(const char *path, const char *name, struct pc_value *result,
                    struct pc_err *err)
{
    *result = (struct pc_value){0};
    struct run run = {.name = name, .result = result};
    PC_AUTO(pc_auto_free) char *source = pc_file_read(path, SOURCE_MAX, &run.n, err);
    if (!source)
        return pc_while(err, "%s", name);
    /* Some editors begin a file with a byte order mark, which is no Lua. */
    size_t mark = run.n >= 3 && memcmp(source, "\357\273\277", 3) == 0 ? 3 : 0;
    run.source = source + mark;
    run.n -= mark;
    if (!check_encoding(&run, err) || !interpret(&run, err))
        return false;
    pc_lines_mark(run.source, run.n, result);
    pc_value_sort(result);
    return true;
}
