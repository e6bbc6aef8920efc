/*
 * What perfcourse-locks records: where the timed parts wait, and for whom.
 *
 * A program of its own, because whoever defines the lock functions makes each lock dearer, which a
 * profile of time must not.
 */
#include <string.h>

#include "host/chain.h"
#include "host/recorder.h"
#include "sampling/lock_table.h"
#include "sampling/locks.h"

/* The function that takes chains has no argument for this. */
static const struct pc_object *kernel;

/* The return address in libc behind which a thread begins, once it is known. */
static uintptr_t thread_start;

/* By frames, out of the kernel to the host or to where the thread begins.  False when a library is
 * in between, behind `*n` calls, or something else: 0. */
static bool follow(struct pc_lock_call call, uint64_t *addresses, size_t max, size_t *n)
{
    *n = pc_lock_follow(call, addresses, max);
    uintptr_t outermost = addresses[*n - 1];
    if (*n < 2 || pc_object_has(kernel, outermost)) {
        *n = 0;
        return false;
    }
    --*n;
    const struct pc_locks_spec *spec = &pc_lock_watch.spec;
    return (outermost >= spec->own && outermost < spec->own_end) ||
           outermost == __atomic_load_n(&thread_start, __ATOMIC_RELAXED);
}

/* As of allocations otherwise, by the tables for exceptions.  Threads are short-lived as often as
 * not, and none should have to find out anew, in the time that it waits, how threads begin. */
static size_t chain_of(struct pc_lock_call call, uint64_t *addresses, size_t max)
{
    size_t followed;
    if (follow(call, addresses, max, &followed))
        return followed;
    uintptr_t outermost = addresses[followed];
    const uintptr_t frame[] = {(uintptr_t)call.frame, (uintptr_t)call.caller};
    struct pc_chain chain;
    pc_chain_take(&chain, (struct pc_call){.caller = call.caller, .frame = frame}, kernel);
    size_t n = chain.n < max ? chain.n : max;
    if (n == followed && !chain.is_cut)
        __atomic_store_n(&thread_start, outermost, __ATOMIC_RELAXED);
    memcpy(addresses, chain.addresses, n * sizeof *addresses);
    return n;
}

static const char *open_locks(struct pc_worker *worker, void *memory, size_t size,
                              const struct pc_host_options *options)
{
    /* The host itself, by the names that the linker gives to its ends. */
    extern const char __executable_start[], etext[];
    (void)options;
    kernel = &worker->object;
    pc_chain_enter(worker + 1);
    const struct pc_locks_spec spec = {.framed = kernel->code.begin,
                                       .framed_end = kernel->code.end,
                                       .own = (uintptr_t)__executable_start,
                                       .own_end = (uintptr_t)etext,
                                       .chain = chain_of};
    return pc_locks_open(memory, size, &spec) ? NULL
                                              : "there is too little memory to record into";
}

static void close_locks(void)
{
    pc_locks_pause();
    pc_locks_note_modules();
}

const struct pc_recorder pc_recorder = {.open = open_locks,
                                        .close = close_locks,
                                        .go = pc_locks_go,
                                        .pause = pc_locks_pause,
                                        .count = pc_locks_add_ops};
