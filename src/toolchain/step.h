/*
 * One run of the compiler, or of a tool like it, as a step of something larger: limits on
 * time, memory and output, and its words collected.
 */
#ifndef PC_TOOLCHAIN_STEP_H
#define PC_TOOLCHAIN_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "loop/child.h"

struct pc_loop;
struct pc_words;
struct pc_step;

struct pc_step_spec {
    const struct pc_words *argv;
    const char *cwd;
    const char *tmp;     /* for its temporary files; removed by whoever made it */
    int64_t wall_ms;     /* 0: the usual limit of a compiler */
    bool any_addresses;  /* no limit on address space: for what ASan was built into */
    const char *program; /* how sentences name it: "the compiler" */
};

struct pc_step_end {
    bool ok;            /* it ended by itself with status 0 */
    const char *output; /* what it printed, NUL-terminated; valid during the call */
    size_t n;
    const struct pc_child_end *child;
    const char *trouble; /* a sentence when a limit or a signal ended it, else NULL */
};

/* Start it; `done` is called once, last, and the step is freed after it. */
struct pc_step *pc_step_start(struct pc_loop *loop, const struct pc_step_spec *spec,
                              void (*done)(void *ctx, const struct pc_step_end *end),
                              void *ctx, struct pc_err *err);

/* Kill it and free the step; `done` is not called.  Only before `done`; NULL is fine. */
void pc_step_abandon(struct pc_step *step);

/* Whether the words of a compiler that failed say that the machine, not the source, is the
 * cause: a full disk, a limit on processes or open files.  Then `err` holds cause and remedy. */
bool pc_step_lacked_means(const char *output, struct pc_err *err);

/* The sentence for a limit that only the words of the failed compiler tell of, because it
 * hit one of its helpers; NULL when there is none. */
const char *pc_step_hidden_limit(const char *output);

#endif
