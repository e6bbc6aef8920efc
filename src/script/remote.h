/*
 * The side of the program: orders for the process that runs a pack's Lua, and its answers
 * read as if they could be anything.  How the bytes get there and back is the caller's.
 */
#ifndef PC_SCRIPT_REMOTE_H
#define PC_SCRIPT_REMOTE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "model/request.h"
#include "script/asking.h"
#include "script/message.h"
#include "script/run.h"
#include "script/source.h"

/* Order a file, called `name` in messages, to be run. */
void pc_remote_file(const char *name, const struct pc_script_source *source,
                    struct pc_str *order);

/* What came back, as from pc_sandbox_run(): the table goes to `result`, which the caller
 * frees also on failure. */
bool pc_remote_table(const char *name, struct pc_message *message, struct pc_value *result,
                     struct pc_err *err);

/* An experiment whose function runs there; the counterpart of struct pc_lesson_run. */
struct pc_remote_run {
    char *name;
    struct pc_asking asking;
};

void pc_remote_run_init(struct pc_remote_run *run, const char *name);
void pc_remote_run_fini(struct pc_remote_run *run);

/* Order the first step, and each further one by the answer to what was asked. */
void pc_remote_run_begin(const struct pc_remote_run *run,
                         const struct pc_script_source *source, const char *experiment,
                         struct pc_str *order);
void pc_remote_run_answer(const struct pc_answer *answer, struct pc_str *order);

/* The end of a step.  What is asked passes the same rules as if the function ran here. */
enum pc_lesson_step pc_remote_run_take(struct pc_remote_run *run,
                                       struct pc_message *message,
                                       const struct pc_request **request,
                                       struct pc_err *err);

#endif
