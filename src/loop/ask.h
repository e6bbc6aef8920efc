/*
 * A child that is asked one thing, while everything else waits.
 *
 * For what takes milliseconds and is needed before anything can go on, with or without a
 * loop: no callback runs meanwhile, so it may be used from callbacks.  The child has what
 * it had as a child of a loop, its session, limits and descriptors; when this returns it is
 * dead and reaped.
 */
#ifndef PC_LOOP_ASK_H
#define PC_LOOP_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "loop/child.h"

/* Start it, send it `order` on its descriptor 3, and collect what it answers on 4, at most
 * `spec->output` bytes (0: any number), until it closes that, ends, or has used up
 * `spec->wall_ms`.  What it prints is dropped.  `end` says how it ended; one that has
 * answered and lingers is killed and counts as exited.  False with a reason when it cannot
 * be started. */
bool pc_child_ask(const struct pc_child_spec *spec, const struct pc_str *order,
                  struct pc_str *answer, struct pc_child_end *end, struct pc_err *err);

#endif
