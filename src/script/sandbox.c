#include "script/sandbox.h"

#include <lauxlib.h>
#include <string.h>

#include "script/convert.h"
#include "script/interpreter.h"
#include "script/lines.h"
#include "script/source.h"

/* One run: what goes in, what comes out. */
struct run {
    struct pc_interpreter in;
    struct pc_conversion used;
    struct pc_value *result;
};

/* Everything that can raise happens in here, called by lua_pcall. */
static int run_protected(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);
    pc_interpreter_load(L, &run->in);
    pc_convert(L, &run->used, run->result);
    if (run->result->kind != PC_TABLE)
        return luaL_error(L, "the file must return a table, not %s",
                          pc_value_article(run->result));
    return 0;
}

static bool interpret(struct run *run, struct pc_err *err)
{
    lua_State *L = run->in.L;
    lua_pushcfunction(L, run_protected);
    lua_pushlightuserdata(L, run);
    int status = lua_pcall(L, 1, 0, 0);
    return status == LUA_OK || pc_interpreter_explain(L, status, &run->in, err);
}

bool pc_sandbox_run_text(const char *name, const char *text, size_t n,
                         struct pc_value *result, struct pc_err *err)
{
    *result = (struct pc_value){0};
    struct run run = {.result = result};
    bool ok = pc_interpreter_open(&run.in, name, text, n, err) && interpret(&run, err);
    if (ok) {
        pc_lines_mark(text, n, result);
        pc_value_sort(result);
    }
    pc_interpreter_close(&run.in);
    return ok;
}

bool pc_sandbox_run(const char *path, const char *name, struct pc_value *result,
                    struct pc_err *err)
{
    *result = (struct pc_value){0};
    struct pc_script_source source;
    bool ok = pc_script_source_read(path, name, &source, err) &&
              pc_sandbox_run_text(name, source.text, source.n, result, err);
    pc_script_source_fini(&source);
    return ok;
}
