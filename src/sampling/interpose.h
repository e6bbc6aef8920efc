/*
 * Whether the malloc family of this part is the one that the program calls.
 */
#ifndef PC_SAMPLING_INTERPOSE_H
#define PC_SAMPLING_INTERPOSE_H

#include <stdbool.h>

/* False in a program that defines its own. */
bool pc_interpose_is_reached(void);

#endif
