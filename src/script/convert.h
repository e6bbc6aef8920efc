/*
 * From values on Lua's stack to plain ones.
 */
#ifndef PC_SCRIPT_CONVERT_H
#define PC_SCRIPT_CONVERT_H

#include <lua.h>
#include <stddef.h>

#include "script/value.h"

/* What one conversion has taken so far; zeroed at first. */
struct pc_conversion {
    size_t values, text;
};

/* Copy the value on top of the stack into `value`.  May raise: when it is too large, or has
 * keys that are neither names nor whole numbers from 1.  What was copied so far is in
 * `value` also then. */
void pc_convert(lua_State *L, struct pc_conversion *used, struct pc_value *value);

#endif
