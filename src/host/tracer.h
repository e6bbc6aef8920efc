/*
 * Counts the system calls of a worker, as seen from outside.
 *
 * Of what the system offers, this is the only way that a kernel can neither avoid nor turn
 * off: wrappers around libc's functions miss raw system calls, Syscall User Dispatch ends
 * at a new thread and can be switched off by a byte of memory, a seccomp notifier needs a
 * second listener inside of the jail, and hardware or trace events need rights.  It costs
 * 10 to 20 us a call, so it has a run of its own, in which nothing else is counted.
 *
 * What the virtual object of the kernel (vdso) answers in the process itself, the time of
 * day for one, is no system call.  A call that the jail forbids was made all the same.
 */
#ifndef PC_HOST_TRACER_H
#define PC_HOST_TRACER_H

#include <stdint.h>

#include "host/member.h"

struct pc_tracer {
    const bool *counting; /* in shared memory: whether calls count at the moment */
    uint64_t calls;       /* that were made while they counted */
    uint64_t connections; /* of these: connect, accept and accept4 */
};

/* Stop `pid`, a child that is not jailed yet, and follow it and all its threads from now
 * on.  False, with a reason, when the system does not allow it. */
bool pc_tracer_attach(pid_t pid, struct pc_err *err);

/* Let the worker run until it has passed the turn to the host.  False when it has died. */
bool pc_tracer_await(struct pc_tracer *tracer, struct pc_member *member);

#endif
