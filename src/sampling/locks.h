/*
 * Where a program waits for its own threads, and for whom.
 *
 * The lock functions of pthread.h, semaphore.h and threads.h are defined in this part, in front of
 * libc's: each tries first, and only who must wait pays for a clock and for finding out who is to
 * blame.  Whoever takes a lock leaves a note of where, so that the line that holds is known as well
 * as the line that waits.  What is found goes into a table (wire/locks.h).  libc only.
 *
 * The functions do what libc's do, whatever kind the lock is of: what cannot be had at once is asked
 * of libc's own function, and its answer is the answer.
 */
#ifndef PC_SAMPLING_LOCKS_H
#define PC_SAMPLING_LOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A call as the function that is called sees it. */
struct pc_lock_call {
    const void *caller; /* its return address */
    const uintptr_t
        *frame; /* the caller's own frame, if it has one: that of whoever called it, and
                               the return address there */
};
#define PC_LOCK_CALL_HERE \
    ((struct pc_lock_call){.caller = __builtin_return_address(0), \
                           .frame = \
                               *(const uintptr_t *const *)__builtin_frame_address(0)})

struct pc_locks_spec {
    /* Code in which every function has a frame pointer, so that its callers are known, too.  It
     * may be empty. */
    uintptr_t framed, framed_end;
    /* Calls from here are left alone: the profiler itself. */
    uintptr_t own, own_end;
    /* Store the return addresses of a call that waits, innermost first, and give how many; NULL: as
     * far as frames go.  It may use locks. */
    size_t (*chain)(struct pc_lock_call call, uint64_t *addresses, size_t max);
};

/* Lay the tables out in `size` bytes of zeroed memory at `memory`, which must stay until the process
 * ends, and watch locks from now on: before other threads are started.  Nothing is counted before
 * pc_locks_go().  False when there is too little memory. */
bool pc_locks_open(void *memory, size_t size, const struct pc_locks_spec *spec);

/* From here on what waits is counted, and until there.  Of waits that go on longer, that part. */
void pc_locks_go(void);
void pc_locks_pause(void);

/* So many operations have ended since it was last said. */
void pc_locks_add_ops(uint64_t n);

/* Note which files are mapped now; those that were noted before stay. */
void pc_locks_note_modules(void);

#endif
