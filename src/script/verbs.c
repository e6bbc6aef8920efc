#include "script/verbs.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "script/convert.h"
#include "script/findings.h"

enum { VERBS_MAX = 16 };

/* The line of the script that called the verb. */
static int line_of_call(lua_State *L)
{
    lua_Debug where;
    if (!lua_getstack(L, 1, &where) || !lua_getinfo(L, "l", &where))
        return 0;
    return where.currentline > 0 ? where.currentline : 0;
}

/* What a request holds of the argument at `at`: of a profile, which is large, only what the
 * verb asks of it. */
static void push_argument(lua_State *L, const struct pc_verb *verb, int at)
{
    bool is_profile = pc_findings_is(L, at);
    if (is_profile && verb->kind == PC_REQUEST_SHOW)
        pc_findings_push_number(L, at);
    else if (is_profile && verb->kind == PC_REQUEST_ANSWER)
        pc_findings_push_order(L, at);
    else
        lua_pushvalue(L, at);
}

/* Copy the arguments, from the second on, into the table `args`. */
static void take_arguments(lua_State *L, const struct pc_verb *verb, struct pc_value *args)
{
    struct pc_conversion used = {0};
    size_t n = (size_t)lua_gettop(L) - 1;
    if (verb->one_table) {
        if (n != 1 || !lua_istable(L, 2))
            luaL_error(L, "%s takes one table: x:%s{...}", verb->name, verb->name);
        pc_convert(L, &used, args);
        return;
    }
    if (n > verb->shape.n)
        luaL_error(L, "%s takes at most %d arguments, got %d", verb->name,
                   (int)verb->shape.n, (int)n);
    args->kind = PC_TABLE;
    for (size_t i = 0; i < n; i++) {
        int at = (int)i + 2;
        /* What is no number is not known, as the interval of a single measurement. */
        if (lua_isnil(L, at) || (lua_isnumber(L, at) && isnan(lua_tonumber(L, at))))
            continue;
        struct pc_field *field = PC_PUSH(args);
        field->key = pc_strdup(verb->shape.rules[i].key);
        push_argument(L, verb, at);
        pc_convert(L, &used, &field->value);
        lua_pop(L, 1);
    }
}

static int push_metrics(lua_State *L, const struct pc_metrics *metrics)
{
    lua_newtable(L);
    for (size_t i = 0; i < metrics->n; i++) {
        lua_pushnumber(L, metrics->items[i].mean);
        lua_setfield(L, -2, metrics->items[i].name);
    }
    return 1;
}

/* nil when the compiler is not here. */
static int push_fates(lua_State *L, const struct pc_fates *fates)
{
    if (!fates) {
        lua_pushnil(L);
        return 1;
    }
    lua_newtable(L);
    for (size_t i = 0; i < fates->n; i++) {
        lua_pushstring(L, fates->items[i].fate);
        lua_setfield(L, -2, fates->items[i].function);
    }
    return 1;
}

/* The script goes on: what the verb gives back. */
static int go_on(lua_State *L, int status, lua_KContext kind)
{
    (void)status;
    struct pc_asking *asking = lua_touserdata(L, lua_upvalueindex(1));
    const struct pc_answer *answer = asking->answer;
    if (answer->trouble)
        return luaL_error(L, "%s", answer->trouble);
    switch ((enum pc_request_kind)kind) {
    case PC_REQUEST_MEASURE:
    case PC_REQUEST_SLOPE:
        lua_pushnumber(L, answer->value);
        lua_pushnumber(L, answer->low);
        lua_pushnumber(L, answer->high);
        return 3;
    case PC_REQUEST_COUNT:
    case PC_REQUEST_LATENCY:
        return push_metrics(L, answer->metrics);
    case PC_REQUEST_ESCAPE:
        return push_fates(L, answer->fates);
    case PC_REQUEST_PROFILE:
        pc_findings_push(L, answer->table);
        return 1;
    case PC_REQUEST_PREDICT:
        lua_pushinteger(L, (lua_Integer)asking->request.prediction);
        return 1;
    case PC_REQUEST_ANSWER:
    case PC_REQUEST_POINT:
    case PC_REQUEST_NOTE:
    case PC_REQUEST_SHOW:
        break;
    }
    return 0;
}

static int call_verb(lua_State *L)
{
    struct pc_asking *asking = lua_touserdata(L, lua_upvalueindex(1));
    const struct pc_verb *verb = &pc_verbs[lua_tointeger(L, lua_upvalueindex(2))];
    if (!lua_rawequal(L, 1, lua_upvalueindex(3)))
        return luaL_error(L, "write x:%s with a colon, not x.%s", verb->name, verb->name);
    if (!lua_isyieldable(L))
        return luaL_error(L, "%s cannot wait here, in a function that Lua itself calls",
                          verb->name);
    struct pc_err err;
    pc_value_fini(&asking->args);
    take_arguments(L, verb, &asking->args);
    if (!pc_asking_request(asking, verb, line_of_call(L), &err)) {
        lua_pushstring(L, err.msg);
        return lua_error(L);
    }
    return lua_yieldk(L, 0, (lua_KContext)verb->kind, go_on);
}

/* A verb that is not there. */
static int no_verb(lua_State *L)
{
    const char *names[VERBS_MAX];
    size_t n = 0;
    char near[100] = "";
    const char *word = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    for (; n < VERBS_MAX && pc_verbs[n].name; n++)
        names[n] = pc_verbs[n].name;
    char *found = pc_text_nearest(word, names, n);
    if (found)
        snprintf(near, sizeof near, "; did you mean %s?", found);
    free(found);
    return luaL_error(L, "there is no verb \"%s\"%s", word, near);
}

void pc_verbs_push(lua_State *L, struct pc_asking *asking)
{
    lua_newtable(L);
    for (size_t i = 0; pc_verbs[i].name; i++) {
        lua_pushlightuserdata(L, asking);
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushvalue(L, -3);
        lua_pushcclosure(L, call_verb, 3);
        lua_setfield(L, -2, pc_verbs[i].name);
    }
    lua_newtable(L);
    lua_pushcfunction(L, no_verb);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}
