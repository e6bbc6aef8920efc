/*
 * A signal as an event of the loop: a change of the window's size, a request to stop.
 */
#ifndef PC_LOOP_SIGNAL_H
#define PC_LOOP_SIGNAL_H

struct pc_loop;
struct pc_signal;

/* Call `fn(ctx)` after each `signal` from now on.  It does not keep the loop running. */
struct pc_signal *pc_signal_start(struct pc_loop *loop, int signal, void (*fn)(void *ctx),
                                  void *ctx);

/* Stop and free; NULL is fine. */
void pc_signal_free(struct pc_signal *signal);

#endif
