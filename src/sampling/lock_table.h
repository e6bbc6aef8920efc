/*
 * The tables of locks and waits, as the lock functions write them.  What an uncontended lock goes
 * through is inline: a few loads and stores in memory of its own.
 */
#ifndef PC_SAMPLING_LOCK_TABLE_H
#define PC_SAMPLING_LOCK_TABLE_H

#include "sampling/locks.h"
#include "sampling/mute.h"
#include "wire/locks.h"

/* The lock functions have no argument for a context, so what they work on is global. */
extern struct pc_lock_watch {
    struct pc_recorded_locks *table; /* NULL: nobody watches */
    struct pc_locks_spec spec;
} pc_lock_watch;

/* The calling thread. */
extern _Thread_local struct pc_lock_self {
    struct pc_recorded_locker *locker; /* NULL: it has none yet, or got no place */
    uint32_t number;                   /* 0: it has not used a lock yet */
    uint32_t busy;                     /* what it does is the profiler's */
    uintptr_t top;                     /* where its stack ends */
} pc_lock_self __attribute__((tls_model("initial-exec")));

/* The place of a lock, NULL when it has none; pc_lock_place() gives it one, if there is room. */
struct pc_recorded_lock *pc_lock_place(const void *lock);

/* Give the calling thread a number and, if there is room, a place. */
void pc_lock_enter(void);

static inline bool pc_lock_is_watched(struct pc_lock_call call)
{
    const struct pc_lock_watch *watch = &pc_lock_watch;
    uintptr_t caller = (uintptr_t)call.caller;
    if (!watch->table || pc_lock_self.busy || pc_is_muted() ||
        (caller >= watch->spec.own && caller < watch->spec.own_end))
        return false;
    if (pc_lock_self.number == 0)
        pc_lock_enter();
    return true;
}

/* As many as are looked at for one that is not where its hash says. */
enum { PC_LOCK_PROBES = 32 };

static inline uint32_t pc_lock_hash(const void *lock)
{
    return (uint32_t)(((uintptr_t)lock * 0x9e3779b97f4a7c15) >> 40);
}

static inline struct pc_recorded_lock *pc_lock_look_up(const void *lock)
{
    uint32_t k = pc_lock_hash(lock);
    for (int probe = 0; probe < PC_LOCK_PROBES; probe++, k++) {
        struct pc_recorded_lock *place =
            &pc_lock_watch.table->locks[k & (PC_LOCKS_LOCKS - 1)];
        uint64_t address = __atomic_load_n(&place->address, __ATOMIC_RELAXED);
        if (address == (uintptr_t)lock)
            return place;
        if (address == 0)
            break;
    }
    return NULL;
}

/* The return addresses from a call outwards, as far as there are frames; gives how many. */
static inline size_t pc_lock_follow(struct pc_lock_call call, uint64_t *addresses,
                                    size_t max)
{
    const struct pc_locks_spec *spec = &pc_lock_watch.spec;
    const uintptr_t *frame = call.frame, *inner = __builtin_frame_address(0);
    uintptr_t address = (uintptr_t)call.caller;
    size_t n = 0;
    for (;;) {
        addresses[n++] = address;
        if (n == max || address - spec->framed >= spec->framed_end - spec->framed ||
            frame <= inner || (uintptr_t)frame % sizeof *frame != 0 ||
            (uintptr_t)(frame + 2) > pc_lock_self.top)
            return n;
        address = frame[1];
        inner = frame;
        frame = (const uintptr_t *)frame[0];
    }
}

static inline bool pc_lock_is_same(const struct pc_recorded_chain *chain,
                                   const uint64_t *addresses, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (chain->addresses[i] != addresses[i])
            return false;
    return n == PC_LOCKS_OTHER || chain->addresses[n] == 0;
}

/* For whoever is the only writer: who holds a lock, say.  As a rule it is taken where it was taken
 * before, and the atomic instructions of a lock wait for every store before them: nothing is stored
 * that is there. */
static inline void pc_lock_write(struct pc_recorded_chain *chain, struct pc_lock_call call)
{
    uint64_t addresses[PC_LOCKS_OTHER];
    size_t n = pc_lock_follow(call, addresses, PC_LOCKS_OTHER);
    uint32_t sequence = __atomic_load_n(&chain->sequence, __ATOMIC_RELAXED);
    if (sequence % 2 == 0 && pc_lock_is_same(chain, addresses, n)) {
        __atomic_store_n(&chain->thread, pc_lock_self.number, __ATOMIC_RELAXED);
        return;
    }
    __atomic_store_n(&chain->sequence, sequence | 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    for (size_t i = 0; i < PC_LOCKS_OTHER; i++)
        __atomic_store_n(&chain->addresses[i], i < n ? addresses[i] : 0, __ATOMIC_RELAXED);
    __atomic_store_n(&chain->thread, pc_lock_self.number, __ATOMIC_RELAXED);
    __atomic_store_n(&chain->sequence, (sequence | 1) + 1, __ATOMIC_RELEASE);
}

/* The same where several may write at a time: one of them does. */
void pc_lock_write_shared(struct pc_recorded_chain *chain, struct pc_lock_call call);

/* Copy a chain that others may write; false when there is none. */
bool pc_lock_read(const struct pc_recorded_chain *chain, uint64_t other[PC_LOCKS_OTHER]);

/* The calling thread has taken a lock alone. */
static inline void pc_lock_taken(const void *lock, bool is_recursive,
                                 struct pc_lock_call call)
{
    struct pc_recorded_lock *place = pc_lock_look_up(lock);
    if (!place && !(place = pc_lock_place(lock)))
        return;
    if (is_recursive && place->last.thread == pc_lock_self.number) {
        place->deeper++;
        return;
    }
    if (place->deeper)
        place->deeper = 0;
    pc_lock_write(&place->last, call);
}

/* It will have given it back, once; false when it has not taken it. */
static inline bool pc_lock_left(const void *lock)
{
    struct pc_recorded_lock *place = pc_lock_look_up(lock);
    if (!place || place->last.thread != pc_lock_self.number)
        return false;
    if (place->deeper)
        place->deeper--;
    else
        __atomic_store_n(&place->last.thread, 0, __ATOMIC_RELAXED);
    return true;
}

/* It is a new one, or none any more: nobody holds it. */
void pc_lock_forget(const void *lock);

/* A call that may have to wait. */
static inline void pc_lock_count(struct pc_lock_call call)
{
    struct pc_recorded_locker *locker = pc_lock_self.locker;
    uintptr_t caller = (uintptr_t)call.caller;
    if (!pc_lock_watch.table->is_on || !locker)
        return;
    uint32_t k = (uint32_t)((caller * 0x9e3779b97f4a7c15) >> 40);
    for (int probe = 0; probe < PC_LOCK_PROBES; probe++, k++) {
        k &= PC_LOCKS_CALLS - 1;
        if (locker->calls[k].address == 0)
            locker->calls[k].address = caller;
        if (locker->calls[k].address == caller) {
            locker->calls[k].calls++;
            return;
        }
    }
    locker->more++;
}

/* One wait.  `other` is filled in by whoever knows it, before the end. */
struct pc_lock_wait {
    enum pc_lock_kind kind;
    int64_t began;
    bool was_on;
    size_t n;
    bool is_cut;
    uint64_t addresses[PC_LOCKS_DEPTH];
    uint64_t other[PC_LOCKS_OTHER];
    struct pc_recorded_wait *place; /* NULL: not looked for yet */
};

/* The calling thread is about to wait for `lock`. */
void pc_lock_wait_begin(struct pc_lock_wait *wait, enum pc_lock_kind kind, const void *lock,
                        struct pc_lock_call call);

/* Find the place of a wait whose `other` is known already: what it takes is over before the wait
 * ends, with the lock in hand. */
void pc_lock_wait_prepare(struct pc_lock_wait *wait);

/* It is over; `counts`: it was one. */
void pc_lock_wait_end(struct pc_lock_wait *wait, bool counts);

#endif
