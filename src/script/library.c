#include "script/library.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    HEAP_MAX = PC_SCRIPT_HEAP_MIB << 20,
    INSTRUCTIONS_MAX = PC_SCRIPT_MILLION_INSTRUCTIONS * 1000000,
    STEP = 1000,          /* instructions between two looks at the budget */
    REPEAT_MAX = 1 << 20, /* bytes, and rounds, of one string.rep */
};

static void *allocate(void *ud, void *p, size_t old, size_t n)
{
    struct pc_allowance *a = ud;
    if (!p)
        old = 0; /* Lua passes the kind of the new object here */
    if (n == 0) {
        free(p);
        a->heap -= old;
        return NULL;
    }
    if (n > old && n - old > HEAP_MAX - a->heap)
        return NULL;
    void *q = realloc(p, n);
    if (q)
        a->heap = a->heap - old + n;
    return q;
}

static struct pc_allowance *allowance_of(lua_State *L)
{
    void *ud;
    lua_getallocf(L, &ud);
    return ud;
}

lua_State *pc_library_state(struct pc_allowance *allowance)
{
    return lua_newstate(allocate, allowance);
}

/* The error carries no text: the allowance says it all, and making a text could fail. */
static void count(lua_State *L, lua_Debug *where)
{
    struct pc_allowance *a = allowance_of(L);
    a->instructions += a->spent ? 0 : STEP;
    if (a->instructions <= INSTRUCTIONS_MAX)
        return;
    if (!a->spent) {
        a->spent = true;
        lua_getinfo(L, "l", where);
        a->spent_line = where->currentline;
        /* Whoever catches the error gets the next one at once. */
        lua_sethook(L, count, LUA_MASKCOUNT, 1);
    }
    lua_pushlightuserdata(L, a);
    lua_error(L);
}

void pc_library_start(lua_State *L)
{
    lua_sethook(L, count, LUA_MASKCOUNT, STEP);
}

void pc_library_stop(lua_State *L)
{
    lua_sethook(L, NULL, 0, 0);
}

/* What a caught error does: one that ends the whole run is passed on. */
static bool caught(lua_State *L, int status)
{
    struct pc_allowance *a = allowance_of(L);
    if (status == LUA_ERRMEM)
        a->starved = true;
    if (a->spent || a->starved)
        lua_error(L);
    return status == LUA_OK || status == LUA_YIELD;
}

/* The part of pcall behind the call, which may have waited for the answer to a request. */
static int end_pcall(lua_State *L, int status, lua_KContext unused)
{
    (void)unused;
    if (!caught(L, status)) {
        lua_pushboolean(L, false);
        lua_insert(L, -2);
        return 2;
    }
    return lua_gettop(L);
}

static int caught_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    return end_pcall(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, end_pcall), 0);
}

/* Lua runs the handler of its own xpcall where the error was raised.  For an error of the
 * hook that is inside the hook, where no instruction counts: an endless handler would
 * never be stopped.  So this one runs it afterwards. */
static int end_handler(lua_State *L, int status, lua_KContext unused)
{
    (void)status;
    (void)unused;
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

static int end_xpcall(lua_State *L, int status, lua_KContext unused)
{
    (void)unused;
    if (caught(L, status))
        return lua_gettop(L) - 2;
    lua_pushvalue(L, 2);
    lua_insert(L, -2);
    lua_callk(L, 1, 1, 0, end_handler);
    return end_handler(L, LUA_OK, 0);
}

static int caught_xpcall(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    return end_xpcall(L, lua_pcallk(L, lua_gettop(L) - 4, LUA_MULTRET, 0, 0, end_xpcall),
                      0);
}

/* Finalizers run with hooks switched off, so that an endless one would never be stopped.
 * An object gets one only here. */
static int checked_setmetatable(lua_State *L)
{
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable cannot have __gc here");
        lua_pop(L, 1);
    }
    int n = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, n, 1);
    return 1;
}

static int bounded_rep(lua_State *L)
{
    size_t len, separator;
    luaL_checklstring(L, 1, &len);
    lua_Integer n = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &separator);
    if (n > REPEAT_MAX || (n > 0 && (len + separator) * (size_t)n > REPEAT_MAX))
        return luaL_error(L, "string.rep makes at most %d bytes here", REPEAT_MAX);
    int args = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, args, 1);
    return 1;
}

/* Replace the field `name` of the table on top by `with`, which finds the old function in
 * its upvalue; NULL removes it. */
static void replace(lua_State *L, const char *name, lua_CFunction with)
{
    if (with) {
        lua_getfield(L, -1, name);
        lua_pushcclosure(L, with, 1);
    } else {
        lua_pushnil(L);
    }
    lua_setfield(L, -2, name);
}

static const struct {
    const char *name;
    lua_CFunction open;
} libraries[] = {
    {LUA_GNAME, luaopen_base},        {LUA_TABLIBNAME, luaopen_table},
    {LUA_STRLIBNAME, luaopen_string}, {LUA_MATHLIBNAME, luaopen_math},
    {LUA_UTF8LIBNAME, luaopen_utf8},
};

static const struct {
    const char *library, *name;
    lua_CFunction with;
} changes[] = {
    {LUA_GNAME, "collectgarbage", NULL},
    {LUA_GNAME, "dofile", NULL},
    {LUA_GNAME, "load", NULL},
    {LUA_GNAME, "loadfile", NULL},
    {LUA_GNAME, "print", NULL},
    {LUA_GNAME, "warn", NULL},
    {LUA_GNAME, "pcall", caught_pcall},
    {LUA_GNAME, "xpcall", caught_xpcall},
    {LUA_GNAME, "setmetatable", checked_setmetatable},
    {LUA_STRLIBNAME, "dump", NULL},
    {LUA_STRLIBNAME, "rep", bounded_rep},
};

void pc_library_open(lua_State *L)
{
    for (size_t i = 0; i < PC_COUNT(libraries); i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].open, true);
        lua_pop(L, 1);
    }
    for (size_t i = 0; i < PC_COUNT(changes); i++) {
        lua_getglobal(L, changes[i].library);
        replace(L, changes[i].name, changes[i].with);
        lua_pop(L, 1);
    }
    /* The metatable of all strings is shared: a script must not get hold of it. */
    lua_pushliteral(L, "");
    if (lua_getmetatable(L, -1)) {
        lua_pushboolean(L, false);
        lua_setfield(L, -2, "__metatable");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
