/*
 * Whether a function is the hotspot of a profile.
 */
#ifndef PC_HOTSPOTS_ANSWER_H
#define PC_HOTSPOTS_ANSWER_H

#include "model/hotspot.h"
#include "model/profile.h"

/* Hold `hotspot->answer` against what functions take themselves, with the libraries that they
 * call.  Fills measured, the flags but for is_known of a function without samples, near, the
 * shares and samples.  Functions that cannot be told from the first one are first, too
 * (hotspots/top.h). */
void pc_answer_weigh(const struct pc_profile *profile, struct pc_hotspot *hotspot);

#endif
