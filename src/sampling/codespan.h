/*
 * A stretch of addresses in which some code lies.
 */
#ifndef PC_SAMPLING_CODESPAN_H
#define PC_SAMPLING_CODESPAN_H

#include <stdbool.h>
#include <stdint.h>

struct pc_codespan {
    uintptr_t begin, end;
};

static inline bool pc_codespan_has(const struct pc_codespan *code, uintptr_t address)
{
    return address >= code->begin && address < code->end;
}

#endif
