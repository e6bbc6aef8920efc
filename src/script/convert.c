#include "script/convert.h"

#include <lauxlib.h>
#include <string.h>

#include "base/mem.h"

static void convert(lua_State *L, struct pc_conversion *used, struct pc_value *v,
                    int depth);

static void too_large(lua_State *L)
{
    luaL_error(L, "the table is too large (at most %d values, %d deep, %d MiB of text)",
               PC_VALUES_MAX, PC_VALUE_DEPTH, PC_VALUE_TEXT >> 20);
}

static void convert_string(lua_State *L, struct pc_conversion *used, char **text,
                           size_t *len)
{
    const char *s = lua_tolstring(L, -1, len);
    used->text += *len;
    if (used->text > PC_VALUE_TEXT)
        too_large(L);
    *text = pc_alloc(*len + 1);
    memcpy(*text, s, *len);
}

/* Copy the table on top of the stack.  Each part hangs in the result before the next call
 * that may raise, so an error loses no memory. */
static void convert_table(lua_State *L, struct pc_conversion *used, struct pc_value *v,
                          int depth)
{
    if (depth == PC_VALUE_DEPTH)
        too_large(L);
    luaL_checkstack(L, 4, "result");
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct pc_field *f = PC_PUSH(v);
        if (lua_type(L, -2) == LUA_TSTRING) {
            size_t len;
            lua_pushvalue(L, -2);
            convert_string(L, used, &f->key, &len);
            if (strlen(f->key) != len)
                luaL_error(L, "the key \"%s\" must not hold a NUL", f->key);
            lua_pop(L, 1);
        } else if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1) {
            f->index = (size_t)lua_tointeger(L, -2);
        } else {
            luaL_error(L, "a key must be a name or a whole number from 1, not a %s%s",
                       lua_isnumber(L, -2) ? "different " : "", luaL_typename(L, -2));
        }
        convert(L, used, &f->value, depth + 1);
    }
}

static void convert(lua_State *L, struct pc_conversion *used, struct pc_value *v, int depth)
{
    static const enum pc_value_kind kinds[] = {
        [LUA_TNIL] = PC_NIL,       [LUA_TBOOLEAN] = PC_BOOLEAN,   [LUA_TNUMBER] = PC_NUMBER,
        [LUA_TSTRING] = PC_STRING, [LUA_TFUNCTION] = PC_FUNCTION, [LUA_TTABLE] = PC_TABLE,
    };
    if (++used->values > PC_VALUES_MAX)
        too_large(L);
    v->kind = kinds[lua_type(L, -1)];
    if (v->kind == PC_BOOLEAN)
        v->truth = lua_toboolean(L, -1);
    else if (v->kind == PC_NUMBER)
        v->number = lua_tonumber(L, -1);
    else if (v->kind == PC_STRING)
        convert_string(L, used, &v->text, &v->len);
    else if (v->kind == PC_TABLE)
        convert_table(L, used, v, depth);
}

void pc_convert(lua_State *L, struct pc_conversion *used, struct pc_value *value)
{
    convert(L, used, value, 0);
}
