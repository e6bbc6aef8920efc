#include "script/findings.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { NAMES_MAX = 256 };

/* Of the registry: what all profiles have. */
static const char *const profile_class = "perfcourse.profile";

/* Raise an error: `what` has no `name`, of those that the table on top of the stack has. */
static int refuse(lua_State *L, const char *what, const char *name)
{
    const char *names[NAMES_MAX];
    char near[100] = "";
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && n < NAMES_MAX)
            names[n++] = lua_tostring(L, -2);
    char *found = pc_text_nearest(name, names, n);
    if (found)
        snprintf(near, sizeof near, "; did you mean %s?", found);
    free(found);
    return luaL_error(L, "%s \"%s\"%s", what, name, near);
}

/* __index of a profile: nil for what some profiles have. */
static int no_field(lua_State *L)
{
    static const char *const sometimes[] = {"top",   "ns", "allocs", "bytes",
                                            "cpu_s", "hz", "waits",  NULL};
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    for (size_t i = 0; sometimes[i]; i++)
        if (strcmp(name, sometimes[i]) == 0)
            return 0;
    lua_settop(L, 1);
    return refuse(L, "a profile has no", name);
}

/* __index of shares. */
static int no_function(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    lua_settop(L, 1);
    return refuse(L, "neither the profile nor its file has a function", name);
}

static void push(lua_State *L, const struct pc_value *value)
{
    luaL_checkstack(L, 4, "profile");
    switch (value->kind) {
    case PC_BOOLEAN:
        lua_pushboolean(L, value->truth);
        return;
    case PC_NUMBER:
        lua_pushnumber(L, value->number);
        return;
    case PC_STRING:
        lua_pushlstring(L, value->text, value->len);
        return;
    case PC_NIL:
    case PC_FUNCTION:
        lua_pushnil(L);
        return;
    case PC_TABLE:
        break;
    }
    lua_newtable(L);
    for (size_t i = 0; i < value->n; i++) {
        push(L, &value->items[i].value);
        if (value->items[i].key)
            lua_setfield(L, -2, value->items[i].key);
        else
            lua_rawseti(L, -2, (lua_Integer)value->items[i].index);
    }
}

/* Give the table on top of the stack an __index that is only called for what is missing. */
static void guard(lua_State *L, lua_CFunction missing)
{
    lua_newtable(L);
    lua_pushcfunction(L, missing);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* The profile is on top of the stack and has no class yet: rows of its functions by name, and
 * a row of nothing for those of the file that were not seen. */
static void add_shares(lua_State *L)
{
    int profile = lua_gettop(L), share = profile + 1, nothing = profile + 2;
    lua_newtable(L);
    lua_getfield(L, profile, "nothing");
    lua_getfield(L, profile, "unseen");
    for (lua_pushnil(L); lua_next(L, nothing + 1); lua_pop(L, 1)) {
        lua_pushvalue(L, -1);
        lua_pushvalue(L, nothing);
        lua_rawset(L, share);
    }
    lua_getfield(L, profile, "functions");
    /* Of two with one name the greater one, which comes first, is to stay. */
    for (lua_Integer i = (lua_Integer)lua_rawlen(L, -1); i > 0; i--) {
        lua_rawgeti(L, -1, i);
        lua_getfield(L, -1, "name");
        lua_insert(L, -2);
        lua_rawset(L, share);
    }
    lua_settop(L, share);
    guard(L, no_function);
    lua_setfield(L, profile, "share");
    lua_pushnil(L);
    lua_setfield(L, profile, "nothing");
    lua_pushnil(L);
    lua_setfield(L, profile, "unseen");
}

void pc_findings_push(lua_State *L, const struct pc_value *table)
{
    push(L, table);
    add_shares(L);
    if (luaL_newmetatable(L, profile_class)) {
        lua_pushcfunction(L, no_field);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, false);
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, -2);
}

bool pc_findings_is(lua_State *L, int index)
{
    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return false;
    luaL_getmetatable(L, profile_class);
    bool is = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is;
}

void pc_findings_push_number(lua_State *L, int index)
{
    lua_getfield(L, index, "number");
}

void pc_findings_push_order(lua_State *L, int index)
{
    static const char *const from[][4] = {{"name", "self", "self_low", "self_high"},
                                          {"name", "total", "total_low", "total_high"}};
    static const char *const to[] = {"name", "share", "low", "high"};
    index = lua_absindex(L, index);
    lua_getfield(L, index, "by");
    const char *by = lua_tostring(L, -1);
    bool total = by && strcmp(by, "total") == 0;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_getfield(L, index, "functions");
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        luaL_checktype(L, -1, LUA_TTABLE);
        lua_newtable(L);
        for (size_t k = 0; k < 4; k++) {
            lua_getfield(L, -2, from[total][k]);
            lua_setfield(L, -2, to[k]);
        }
        lua_rawseti(L, -4, i);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
