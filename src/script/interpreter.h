/*
 * The text of a Lua file and the interpreter that it runs in.
 */
#ifndef PC_SCRIPT_INTERPRETER_H
#define PC_SCRIPT_INTERPRETER_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "script/library.h"

struct pc_interpreter {
    const char *name;   /* in messages */
    const char *source; /* `n` bytes; the caller's, as the name is */
    size_t n;
    struct pc_allowance allowance;
    lua_State *L;
};

/* Make an interpreter for the `n` bytes of `source`, called `name` in messages.  The struct
 * must stay where it is until it is closed, which is to be done also on failure. */
bool pc_interpreter_open(struct pc_interpreter *interpreter, const char *name,
                         const char *source, size_t n, struct pc_err *err);
void pc_interpreter_close(struct pc_interpreter *interpreter);

/* Run the file, in a call that is protected already, and leave what it returns on the
 * stack.  Its instructions count. */
void pc_interpreter_load(lua_State *L, const struct pc_interpreter *interpreter);

/* Put the error that lua_pcall or lua_resume left on `L` into `err`: "name:line: text" in
 * one line, with PC_ENVIRONMENT.  Always false. */
bool pc_interpreter_explain(lua_State *L, int status,
                            const struct pc_interpreter *interpreter, struct pc_err *err);

#endif
