/*
 * Between these the calling thread allocates for whoever watches it, and none of that is counted.
 * They nest.
 */
#ifndef PC_SAMPLING_MUTE_H
#define PC_SAMPLING_MUTE_H

#include <stdbool.h>

void pc_mute(void);
void pc_unmute(void);
bool pc_is_muted(void);

#endif
