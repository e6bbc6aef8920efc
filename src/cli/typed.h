/*
 * What is typed, line by line.
 *
 * Standard input is read byte by byte and never beyond a line: what follows may be for a
 * program that comes next and has the same input.
 */
#ifndef PC_CLI_TYPED_H
#define PC_CLI_TYPED_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

enum pc_typed { PC_TYPED_WAITS, PC_TYPED_LINE, PC_TYPED_END };

/* Add what is there already to `line`, up to the end of the line, which is left out.  The
 * end of the input ends a line, too; PC_TYPED_END is for an empty one. */
enum pc_typed pc_typed_take(struct pc_str *line);

/* Show an answer that was not typed at a terminal, which would have shown it. */
bool pc_typed_echo(const struct pc_str *line, struct pc_err *err);

/* Ask until the answer is yes or no; the end of the input is no. */
bool pc_ask_yes(const char *question, bool *yes, struct pc_err *err);

#endif
