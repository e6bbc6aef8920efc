/*
 * What the program and a process that runs a pack's Lua send each other: a verb and a value.
 *
 *     VERB N                     and N bytes, the value as in script/tree.h
 *
 * The program orders, on the other's descriptor 3:
 *     file {name=, source=}                  run it and send what it returns
 *     experiment {name=, source=, experiment=}   run it up to the first request
 *     answer {trouble=, value=, low=, high=, choice=, metrics=, fates=, table=}   to a request
 * and is answered, on 4:
 *     tree VALUE                             of a file
 *     request {verb=, line=, arguments=}     of an experiment
 *     done {}                                the experiment is over
 *     error {text=}                          "name:line: text"
 *
 * Each order gets one answer.  After tree, done and error there is nothing more to say.
 */
#ifndef PC_SCRIPT_MESSAGE_H
#define PC_SCRIPT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "script/value.h"

enum { PC_MESSAGE_MAX = 8 << 20, PC_MESSAGE_VERB = 16 };

struct pc_message {
    char verb[PC_MESSAGE_VERB];
    struct pc_value value;
};

void pc_message_write(const char *verb, const struct pc_value *value, struct pc_str *out);

/* Take the message at the beginning of `in` out of it.  After WHOLE the caller frees it
 * (pc_message_fini). */
enum pc_message_state {
    PC_MESSAGE_PART, /* more must come; `in` stays as it is */
    PC_MESSAGE_WHOLE,
    PC_MESSAGE_GARBAGE, /* it is none, or longer than PC_MESSAGE_MAX */
};
enum pc_message_state pc_message_take(struct pc_str *in, struct pc_message *message);

bool pc_message_is(const struct pc_message *message, const char *verb);

void pc_message_fini(struct pc_message *message);

#endif
