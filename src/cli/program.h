/*
 * A program that has our standard streams for a while: a command that line mode starts, an
 * editor.  What is typed meanwhile is for it, Ctrl-C too.
 */
#ifndef PC_CLI_PROGRAM_H
#define PC_CLI_PROGRAM_H

#include <stdbool.h>

#include "base/err.h"

/* Run it to its end; argv[0] is looked for in PATH unless it has a slash.  `*status` is as
 * waitpid() gives it.  A request that we end (SIGTERM, SIGHUP) is passed on, and followed
 * when the program has ended.  Not while a loop exists: it would take the child for its own.
 */
bool pc_program_run(const char *const *argv, int *status, struct pc_err *err);

#endif
