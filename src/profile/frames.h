/*
 * From an address to all functions that it belongs to: the innermost one, and those that it
 * was inlined into.
 */
#ifndef PC_PROFILE_FRAMES_H
#define PC_PROFILE_FRAMES_H

#include "profile/symbols.h"

enum { PC_FRAMES_INLINED = 16 }; /* functions of one address, at most */

struct pc_code_frame {
    struct pc_place place; /* the line that runs, or of the call of the frame before */
    char declared[256];    /* the file that the function was written in, "" when unknown */
    int begins;            /* its first line there, 0 when unknown */
};

/* Store up to `max` frames of the address `offset` (as of pc_symbols_place()), innermost
 * first; all but the last are inlined.  0 when nothing is known. */
size_t pc_symbols_frames(struct pc_symbols *symbols, uint64_t offset,
                         struct pc_code_frame *frames, size_t max);

#endif
