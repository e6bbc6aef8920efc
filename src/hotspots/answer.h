/*
 * Whether a function is the hotspot of a profile.
 */
#ifndef PC_HOTSPOTS_ANSWER_H
#define PC_HOTSPOTS_ANSWER_H

#include "model/hotspot.h"
#include "model/profile.h"

/* Hold `hotspot->answer` against what functions take themselves, with the libraries that they
 * call.  Fills measured, the flags but for is_known of a function without samples, near, the
 * shares and samples.
 *
 * It may be asked again and again while samples come in, until is_settled, and is told the
 * wrong way with a probability of at most 0.001 then: of the samples of the function and its
 * rival those of the greater one are bet on to be more than half, all shares alike (the mixture
 * of Robbins, 1970), and the winnings must reach 1000 (Ville, 1939).  What is not settled is
 * first, too: nobody can tell them apart. */
void pc_answer_weigh(const struct pc_profile *profile, struct pc_hotspot *hotspot);

#endif
