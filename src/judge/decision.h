/*
 * What a sequential test has found, as a decision about a limit.
 */
#ifndef PC_JUDGE_DECISION_H
#define PC_JUDGE_DECISION_H

#include "model/verdict.h"
#include "stats/sequential.h"

/* `passes` is the side on which the limit is met. */
static inline enum pc_decision pc_decision_of(enum pc_side side, enum pc_side passes)
{
    if (side == PC_SIDE_UNKNOWN)
        return PC_GOES_ON;
    return side == passes ? PC_DECIDED_PASS : PC_DECIDED_FAIL;
}

#endif
