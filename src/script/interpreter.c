#include "script/interpreter.h"

#include <lauxlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

bool pc_interpreter_open(struct pc_interpreter *in, const char *name, const char *source,
                         size_t n, struct pc_err *err)
{
    *in = (struct pc_interpreter){.name = name, .source = source, .n = n};
    in->L = pc_library_state(&in->allowance);
    return in->L || pc_fail(err, PC_ENVIRONMENT, "%s: there is no memory to run it", name);
}

void pc_interpreter_close(struct pc_interpreter *in)
{
    if (in->L)
        lua_close(in->L);
    *in = (struct pc_interpreter){0};
}

void pc_interpreter_load(lua_State *L, const struct pc_interpreter *in)
{
    pc_library_open(L);
    const char *chunk = lua_pushfstring(L, "=%s", in->name);
    if (luaL_loadbufferx(L, in->source, in->n, chunk, "t") != LUA_OK)
        lua_error(L);
    lua_remove(L, -2);
    pc_library_start(L);
    lua_call(L, 0, 1);
    pc_library_stop(L);
}

/* Lua's messages may quote any byte of the file; one harmless line remains. */
static bool fail_with_text(lua_State *L, const struct pc_interpreter *in,
                           struct pc_err *err)
{
    size_t n, prefix = strlen(in->name);
    const char *raw = lua_tolstring(L, -1, &n);
    char text[sizeof err->msg + 1]; /* too long for a message when it is cut */
    pc_text_copy_line(text, sizeof text, raw, n);
    if (strncmp(text, in->name, prefix) == 0 && text[prefix] == ':')
        return pc_fail(err, PC_ENVIRONMENT, "%s", text);
    return pc_fail(err, PC_ENVIRONMENT, "%s: %s", in->name, text);
}

bool pc_interpreter_explain(lua_State *L, int status, const struct pc_interpreter *in,
                            struct pc_err *err)
{
    if (in->allowance.spent)
        return pc_fail(err, PC_ENVIRONMENT,
                       "%s:%d: stopped after %d million instructions; is there a loop "
                       "without end?",
                       in->name, in->allowance.spent_line, PC_SCRIPT_MILLION_INSTRUCTIONS);
    if (status == LUA_ERRMEM || in->allowance.starved)
        return pc_fail(err, PC_ENVIRONMENT, "%s: it needs more than %d MiB of memory",
                       in->name, PC_SCRIPT_HEAP_MIB);
    if (lua_type(L, -1) != LUA_TSTRING)
        return pc_fail(err, PC_ENVIRONMENT, "%s: error() was given a %s instead of a text",
                       in->name, luaL_typename(L, -1));
    return fail_with_text(L, in, err);
}
