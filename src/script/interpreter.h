/*
 * A Lua file and the interpreter that it runs in.
 */
#ifndef PC_SCRIPT_INTERPRETER_H
#define PC_SCRIPT_INTERPRETER_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "script/library.h"

struct pc_interpreter {
    const char *name; /* in messages */
    char *file;       /* its bytes */
    const char *source;
    size_t n; /* of `source`, which is in `file` behind a byte order mark */
    struct pc_allowance allowance;
    lua_State *L;
};

/* Read the file at `path`, called `name` in messages, and make an interpreter for it.  The
 * struct must stay where it is until it is closed, which is to be done also on failure. */
bool pc_interpreter_open(struct pc_interpreter *interpreter, const char *path,
                         const char *name, struct pc_err *err);
void pc_interpreter_close(struct pc_interpreter *interpreter);

/* Run the file, in a call that is protected already, and leave what it returns on the
 * stack.  Its instructions count. */
void pc_interpreter_load(lua_State *L, const struct pc_interpreter *interpreter);

/* Put the error that lua_pcall or lua_resume left on `L` into `err`: "name:line: text" in
 * one line, with PC_ENVIRONMENT.  Always false. */
bool pc_interpreter_explain(lua_State *L, int status,
                            const struct pc_interpreter *interpreter, struct pc_err *err);

#endif
