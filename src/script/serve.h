/*
 * The side of the process that runs a pack's Lua: messages in, messages out.  Whoever owns
 * it has shut itself in before (host/lesson_main.c).
 */
#ifndef PC_SCRIPT_SERVE_H
#define PC_SCRIPT_SERVE_H

#include <stdbool.h>

#include "base/str.h"
#include "script/message.h"

struct pc_serve {
    struct pc_lesson_run *run; /* an experiment that waits for an answer */
};

/* Do what the message orders and append the answer.  False when that was the last one. */
bool pc_serve_take(struct pc_serve *serve, const struct pc_message *order,
                   struct pc_str *out);

void pc_serve_fini(struct pc_serve *serve);

#endif
