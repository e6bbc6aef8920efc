/*
 * From what a machine is like to what its verdicts on speed-ups will be like.
 */
#ifndef PC_JUDGE_TRUST_H
#define PC_JUDGE_TRUST_H

#include "model/health.h"

/* `reason` is half a sentence that the caller owns; `remedy` is what to do, NULL when nothing
 * is needed.
 *
 * The second bet of the sequential test (stats/sequential.h) assumes that at most one
 * restart in five is more than 10 % too good.  Where half of the restarts of two identical
 * kernels are 8 % or more apart, or one in ten 25 %, that can no longer be relied on.  From
 * 3 % for one in ten on, verdicts near a limit need many restarts, and some stay unsure. */
enum pc_trust pc_judge_trust(const struct pc_health *health, char **reason,
                             const char **remedy);

#endif
