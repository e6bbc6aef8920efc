/*
 * What -fstack-usage wrote.
 */
#ifndef PC_TOOLCHAIN_FRAMES_H
#define PC_TOOLCHAIN_FRAMES_H

#include "model/escape.h"

/* Append the frames of the file's own functions and its headers'; lines of another form are
 * left out.  `address` bytes are added to each, for compilers that do not count the return
 * address. */
void pc_frames_read(const char *text, double address, struct pc_stack_frames *frames);

#endif
