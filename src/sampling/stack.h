/*
 * The stack of a thread, and copies of it that are taken in a signal handler.
 */
#ifndef PC_SAMPLING_STACK_H
#define PC_SAMPLING_STACK_H

#include <stddef.h>
#include <stdint.h>

/* `bytes` of the own stack at `from`, which are there; both are multiples of 8. */
void pc_stack_copy_own(void *to, uintptr_t from, size_t bytes);

/* At most `bytes`, no more than PC_RECORDING_STACK, of what may be no stack, as far as memory is
 * there.  Gives how many; 0 also where the system forbids process_vm_readv(). */
size_t pc_stack_copy_any(void *to, uintptr_t from, size_t bytes);

/* Where the stack of the calling thread ends that nobody has seen begin. */
uintptr_t pc_stack_end(void);

#endif
