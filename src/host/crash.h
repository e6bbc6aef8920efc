/*
 * What a dying worker still says: the signal, the address, and where in the kernel.
 */
#ifndef PC_HOST_CRASH_H
#define PC_HOST_CRASH_H

#include "host/mailbox.h"
#include "host/object.h"

/* From now on fatal signals are recorded in `record` before they end the process.  They are
 * handled on a stack of their own, so that a stack overflow is recorded, too.  `object` may
 * be filled in later; both must stay. */
void pc_crash_watch(struct pc_box_crash *record, const struct pc_object *object);

/* The offsets, as addr2line takes them, of those of the `n` addresses in `stack` that lie
 * in `object`; at most `max`.  All but `exact` are return addresses, which may belong to
 * the line after the call, so the byte before them is meant. */
uint32_t pc_crash_offsets(const struct pc_object *object, void *const *stack, int n,
                          uintptr_t exact, uint64_t *offsets, uint32_t max);

#endif
