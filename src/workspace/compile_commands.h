/*
 * compile_commands.json, which tells clangd and other tools how each file is compiled.
 * The format is the JSON Compilation Database of Clang.
 */
#ifndef PC_WORKSPACE_COMPILE_COMMANDS_H
#define PC_WORKSPACE_COMPILE_COMMANDS_H

#include "base/err.h"
#include "model/course.h"

/* The text for the workspace `dir` with every kernel and bench of the course, whether the
 * files are there yet or not; both paths are absolute.  The caller owns it. */
char *pc_compile_commands(const char *dir, const struct pc_course *course,
                          const char *include_dir);

#endif
