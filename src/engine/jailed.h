/*
 * Lua of a pack, run by perfcourse-lesson: how that is started, with which limits, and what
 * is said when it does not end well.
 */
#ifndef PC_ENGINE_JAILED_H
#define PC_ENGINE_JAILED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/words.h"
#include "loop/child.h"
#include "script/value.h"

struct pc_pack;

/* What its Lua may take.  The processor's time decides, since a busy machine is nobody's
 * fault; the clock is for silence. */
enum { PC_JAILED_CPU_S = 2, PC_JAILED_WALL_MS = 6000 };

/* The host's command line and limits, without a limit of wall time. */
struct pc_jailed {
    struct pc_words argv, env;
    struct pc_child_spec spec;
};
void pc_jailed_init(struct pc_jailed *jailed, const struct pc_pack *pack);
void pc_jailed_fini(struct pc_jailed *jailed);

/* Why there is no answer from the file called `name`; always false. */
bool pc_jailed_explain(const char *name, const struct pc_child_end *end,
                       struct pc_err *err);

/* Run a file of the pack `ctx`: for struct pc_evaluator.  Nothing else goes on meanwhile. */
bool pc_jailed_evaluate(void *ctx, const char *path, const char *name,
                        struct pc_value *result, struct pc_err *err);

#endif
