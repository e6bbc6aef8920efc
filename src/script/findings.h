/*
 * A profile as the script of an experiment gets it: what x:profile{...} gives.
 *
 * The engine makes it as a value of plain tables (engine/findings.h), which a pack's host is
 * sent as it is; on its way into Lua it gets what can be looked up by name:
 *
 *     p.share.find_entry.self      of a function that is in the file and was not seen, 0
 *
 * A name that neither the profile nor the file has is an error, and so is a field that a
 * profile has not.
 */
#ifndef PC_SCRIPT_FINDINGS_H
#define PC_SCRIPT_FINDINGS_H

#include <lua.h>
#include <stdbool.h>

#include "script/value.h"

/* Push the profile.  May raise. */
void pc_findings_push(lua_State *L, const struct pc_value *table);

/* Whether the value at `index` is a profile. */
bool pc_findings_is(lua_State *L, int index);

/* Push the number of the profile at `index`, for a request about it. */
void pc_findings_push_number(lua_State *L, int index);

/* Push {{name=, share=, low=, high=}, ...} of its functions, by what it was ordered: all that
 * is needed to say which of them is the first. */
void pc_findings_push_order(lua_State *L, int index);

#endif
