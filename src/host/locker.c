/*
 * What perfcourse-locks records: where the timed parts wait, and for whom.
 *
 * A program of its own, because whoever defines the lock functions makes each lock dearer, which a
 * profile of time must not.
 */
#include <string.h>

#include "host/chain.h"
#include "host/recorder.h"
#include "sampling/locks.h"

/* The function that takes chains has no argument for this. */
static const struct pc_object *kernel;

/* As of allocations: by frames, and by the tables where a library is in between. */
static size_t chain_of(struct pc_lock_call call, uint64_t *addresses, size_t max)
{
    const uintptr_t frame[] = {(uintptr_t)call.frame, (uintptr_t)call.caller};
    struct pc_chain chain;
    pc_chain_take(&chain, (struct pc_call){.caller = call.caller, .frame = frame}, kernel);
    size_t n = chain.n < max ? chain.n : max;
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
    const struct pc_locks_spec spec = {.framed = kernel->begin,
                                       .framed_end = kernel->end,
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
