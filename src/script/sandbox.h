/*
 * Running a Lua file that may be wrong in every way.
 *
 * A file sees the libraries table, string, math and utf8 and most of the base library; it
 * cannot reach files, the system, other code or the interpreter itself.  A heap cap and a
 * budget of instructions end what does not end by itself, and pcall does not catch that.
 * Each file has an interpreter of its own, so nothing leaks from one to the next.
 *
 * This is a net for bugs in lessons that come with the program.  It does not stop a
 * library function that runs long in C (a pattern made to backtrack, table.move over 10^15
 * items): lessons of strangers run in a process of their own besides (script/serve.h).
 */
#ifndef PC_SCRIPT_SANDBOX_H
#define PC_SCRIPT_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "script/value.h"

/* Run the file at `path`, called `name` in messages, and store the table that it returns;
 * the caller frees `result` (pc_value_fini) also on failure.  Errors read "name:line: text"
 * in one line and have the code PC_ENVIRONMENT. */
bool pc_sandbox_run(const char *path, const char *name, struct pc_value *result,
                    struct pc_err *err);

/* The same with the `n` bytes of a source that was read. */
bool pc_sandbox_run_text(const char *name, const char *text, size_t n,
                         struct pc_value *result, struct pc_err *err);

#endif
