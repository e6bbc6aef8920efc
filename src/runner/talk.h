/*
 * One conversation with a host: an order at a time, its answers, and how it ended.
 *
 * Whatever the host does comes out as `ends` when it is over; the job above only has to
 * know the orders and answers of its own.
 */
#ifndef PC_RUNNER_TALK_H
#define PC_RUNNER_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "loop/child.h"
#include "runner/ends.h"
#include "wire/line.h"

struct pc_talk_ops {
    /* An answer that informs; false when it is none that fits here.  NULL: none does. */
    bool (*inform)(void *ctx, const struct pc_line *line);
    /* The closing answer, `took` nanoseconds after the order by our own clock. */
    void (*ok)(void *ctx, const struct pc_line *line, int64_t took);
    /* Last: the host and everything it started are gone. */
    void (*over)(void *ctx);
};

struct pc_talk {
    const struct pc_talk_ops *ops;
    void *ctx;
    struct pc_child *child;  /* NULL when it is over */
    struct pc_str line;      /* what came behind the last newline */
    uint64_t answered;       /* bytes of answers */
    int64_t ordered;         /* when the order was given; 0: no answer is due */
    bool complete;           /* nothing more is to be asked */
    bool failed;             /* `ends` is known, the rest does not count */
    struct pc_str out, err;  /* the beginning of what it printed, the end of its errors */
    struct pc_ends ends;     /* ending NONE and not failed: all went well */
    struct pc_child_end end; /* once it is over */
};

/* Start the host; `talk` is overwritten.  On failure there is nothing to free. */
bool pc_talk_start(struct pc_talk *talk, struct pc_loop *loop,
                   const struct pc_child_spec *spec, const struct pc_talk_ops *ops,
                   void *ctx, struct pc_err *err);

/* Send `order`, of which a newline is not part. */
void pc_talk_order(struct pc_talk *talk, const char *order);

/* There is no further order: the host may end by itself. */
void pc_talk_complete(struct pc_talk *talk);

/* The host broke the rules: note how and stop it. */
void pc_talk_refuse(struct pc_talk *talk, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Stop the host, if it still runs, without a callback, and free what was collected. */
void pc_talk_fini(struct pc_talk *talk);

#endif
