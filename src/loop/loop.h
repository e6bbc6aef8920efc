/*
 * The event loop: timers, signals and child processes with limits, time-outs and
 * cancelling, for everything above it.
 *
 * One thread.  Callbacks run from pc_loop_run() only, never from inside the call that
 * registers them.  A callback may start, stop or free anything but the loop, itself
 * included.
 *
 * A program has one loop at a time, and that does all waiting for child processes: whatever
 * else is forked must not be waited for.  Children from before the loop are let be.
 */
#ifndef PC_LOOP_LOOP_H
#define PC_LOOP_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct pc_loop;

/* NULL with a reason when the system gives no descriptors. */
struct pc_loop *pc_loop_create(struct pc_err *err);

/* Kills every child that is left, with its process group, and frees what is registered. */
void pc_loop_free(struct pc_loop *loop);

/* Serve events until pc_loop_stop(), or until nothing is registered that could make one. */
void pc_loop_run(struct pc_loop *loop);
void pc_loop_stop(struct pc_loop *loop);

/* Call `fn(ctx)` once from the loop, after what runs now. */
void pc_loop_later(struct pc_loop *loop, void (*fn)(void *ctx), void *ctx);

/* A timer that fires once. */
struct pc_timer;
struct pc_timer *pc_timer_start(struct pc_loop *loop, int64_t ms, void (*fn)(void *ctx),
                                void *ctx);
/* Stop and free; NULL is fine.  A timer that fired is freed by this too. */
void pc_timer_free(struct pc_timer *timer);

/* Call `fn(ctx, signal)` for each SIGINT, SIGTERM and SIGHUP from now on.  It does not keep
 * the loop running. */
void pc_loop_on_interrupt(struct pc_loop *loop, void (*fn)(void *ctx, int signal),
                          void *ctx);

#endif
