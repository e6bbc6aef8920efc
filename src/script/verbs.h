/*
 * The verbs that the script of an experiment may call: each is a request, and waits.
 */
#ifndef PC_SCRIPT_VERBS_H
#define PC_SCRIPT_VERBS_H

#include <lua.h>

#include "script/asking.h"

/* Push the object whose methods are the verbs.  May raise. */
void pc_verbs_push(lua_State *L, struct pc_asking *asking);

#endif
