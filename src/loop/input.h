/*
 * A descriptor that is read when something is there.
 *
 * It becomes non-blocking, which is a property of the open file and not of the descriptor: a
 * terminal must be opened anew for this, since whoever shares a non-blocking one breaks.
 */
#ifndef PC_LOOP_INPUT_H
#define PC_LOOP_INPUT_H

#include "base/err.h"

struct pc_loop;
struct pc_input;

/* Call `ready(ctx)` whenever `fd` can be read or is hung up; the callback reads.  `fd` stays
 * the caller's and must be open until pc_input_free(). */
struct pc_input *pc_input_start(struct pc_loop *loop, int fd, void (*ready)(void *ctx),
                                void *ctx, struct pc_err *err);

/* Stop calling back for now, and go on.  A stopped input does not keep the loop running. */
void pc_input_pause(struct pc_input *input);
void pc_input_resume(struct pc_input *input);

/* Stop and free; NULL is fine. */
void pc_input_free(struct pc_input *input);

#endif
