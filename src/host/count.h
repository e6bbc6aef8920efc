/*
 * One worker whose operations are counted one by one.
 */
#ifndef PC_HOST_COUNT_H
#define PC_HOST_COUNT_H

#include "host/member.h"
#include "host/tally.h"
#include "host/tracer.h"

struct pc_count {
    struct pc_member member;
    struct pc_tally *tally;          /* shared with the worker */
    struct pc_recorded_sites *sites; /* so are these; NULL: calls are not asked for */
    uint64_t iteration;              /* the number of the next operation */
    bool calls;                      /* count system calls, and nothing else */
    struct pc_tracer tracer;
    bool is_set_up;
};

/* Serve orders until the end. */
void pc_count_serve(struct pc_count *count);

/* The counter as a meter; a worker that was forked with `tally` in place counts into it, and
 * where into `sites` unless that is NULL. */
extern const struct pc_meter pc_counter;
void pc_counter_use(struct pc_tally *tally, struct pc_recorded_sites *sites);

#endif
