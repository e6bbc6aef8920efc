/*
 * A source compiled in several ways that are only looked at: which calls of malloc are left,
 * how large the frames are.
 *
 * The flags are those of every build, so that what is shown is what is timed; what is added
 * for PC_VIEW_TIMED only makes the compiler tell more.
 */
#ifndef PC_TOOLCHAIN_VIEWS_H
#define PC_TOOLCHAIN_VIEWS_H

#include "model/escape.h"
#include "toolchain/toolchain.h"

struct pc_views {
    const char *objects[PC_VIEWS];        /* paths */
    const struct pc_stack_frames *frames; /* of the file's own functions and its headers' */
};

/* Compile the kernel of `spec`; its product, bench and test are not looked at, and nothing
 * is refused.  `done` gets the objects, which are removed after the call, or NULL when it
 * does not build; in `build` are the diagnostics, of the warnings those about frames only.
 * `err` is as in pc_build_start(). */
struct pc_views_job;
struct pc_views_job *pc_views_start(struct pc_loop *loop, const struct pc_toolchain *tc,
                                    const struct pc_build_spec *spec,
                                    void (*done)(void *ctx, const struct pc_views *views,
                                                 const struct pc_build *build,
                                                 const struct pc_err *err),
                                    void *ctx, struct pc_err *err);
/* Stop and free it; `done` is not called any more.  Only before `done`, after which the job
 * frees itself, and before the loop is freed.  NULL is fine. */
void pc_views_cancel(struct pc_views_job *job);

#endif
