/*
 * A program that the learner uses instead of ours for a while: an editor, a pager.
 *
 * Unlike a child (child.h) it has our terminal, session and process group and no limits, so
 * that Ctrl-Z in it stops both and fg wakes both.  SIGINT and SIGQUIT are its own while it
 * runs.  What it leaves running in the background is let be.
 */
#ifndef PC_LOOP_FOREGROUND_H
#define PC_LOOP_FOREGROUND_H

#include <stdbool.h>

#include "base/err.h"

struct pc_loop;

/* Start it with `fd` as its standard streams; `ended(ctx, status)` follows with the status
 * as waitpid() gives it.  One at a time. */
bool pc_foreground_start(struct pc_loop *loop, const char *const *argv, int fd,
                         void (*ended)(void *ctx, int status), void *ctx,
                         struct pc_err *err);

#endif
