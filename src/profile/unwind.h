/*
 * From registers and a copy of the stack to the calls that were going on, by the unwinding
 * tables of the files involved (libdwfl).
 *
 * The tables are exact where frame pointers are not: code that is compiled with -O2 has none,
 * libc has none.  The stack is a copy, so the process need not exist any more; of the files
 * on disk nothing but tables is read.
 */
#ifndef PC_PROFILE_UNWIND_H
#define PC_PROFILE_UNWIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct pc_unwinder;

/* NULL when there is no memory for it. */
struct pc_unwinder *pc_unwinder_create(struct pc_err *err);
void pc_unwinder_free(struct pc_unwinder *unwinder);

/* A file whose virtual address V was at V + bias; "[vdso]" is the code of the system that
 * every process has.  False when it cannot be read as ELF: then unwinding ends there.  All
 * are added before the first stack. */
bool pc_unwinder_add(struct pc_unwinder *unwinder, const char *path, uint64_t bias);

struct pc_stack_copy {
    const uint64_t *registers; /* as many as in a recording, by their numbers in DWARF */
    const unsigned char *bytes;
    size_t n;
};

/* Store the addresses of the frames, innermost first: of the instruction that ran, then
 * return addresses less one, which are inside of the calls.  `*complete` tells whether the
 * outermost frame was reached, or the end of the bytes. */
size_t pc_unwind(struct pc_unwinder *unwinder, const struct pc_stack_copy *stack,
                 uint64_t *addresses, size_t max, bool *complete);

#endif
