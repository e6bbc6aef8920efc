/*
 * How to get from a frame of the stack to the one outside of it, by the tables that compilers write
 * for exceptions (.eh_frame; Linux Standard Base, Core 5.0, chapter 10; DWARF 5, section 6.4).
 *
 * A rule is found within the own process, from memory that is mapped, without a lock of ours and
 * without an allocation.  It covers what compilers write for functions on x86-64; a frame of a
 * signal, or one whose place has to be computed, is for libgcc.
 */
#ifndef PC_SAMPLING_CFI_H
#define PC_SAMPLING_CFI_H

#include <stdbool.h>
#include <stdint.h>

enum pc_cfi_kind {
    PC_CFI_HARD, /* there is a way, but not one of these */
    PC_CFI_END,  /* there is none: the outermost frame, or code without tables */
    PC_CFI_STEP
};

/* The canonical frame address is the stack pointer, or the frame pointer, and `cfa`: what the stack
 * pointer will be outside.  The others are at offsets from there. */
struct pc_cfi_rule {
    enum pc_cfi_kind kind;
    bool from_frame;  /* pointer, that is */
    bool saves_frame; /* pointer, at `frame` */
    int32_t cfa;
    int16_t frame, address; /* of the frame pointer, and of the return address */
};

/* The rule for code at `address`.  `*unloads` counts files that have been unloaded from the process
 * so far: rules of before may be those of other code. */
struct pc_cfi_rule pc_cfi_find(uintptr_t address, uint64_t *unloads);

#endif
