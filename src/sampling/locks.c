#include "sampling/locks.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sampling/lock_libc.h"
#include "sampling/lock_table.h"
#include "sampling/modules.h"

/* A fuller table takes waits by their innermost calls only, of which there are as many as the
 * source has. */
enum { WHOLE = PC_LOCKS_PLACES / 2, SHORT = PC_LOCKS_PLACES - PC_LOCKS_PLACES / 16 };

struct pc_lock_watch pc_lock_watch;
_Thread_local struct pc_lock_self pc_lock_self;

/* Tells when a thread ends. */
static pthread_key_t ending;

static int64_t read_clock(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* The clock of waits at a time of the system's. */
static int64_t watched_at(int64_t time)
{
    const struct pc_recorded_locks *table = pc_lock_watch.table;
    return __atomic_load_n(&table->is_on, __ATOMIC_ACQUIRE) ? time - table->off_ns
                                                            : table->stopped;
}

/* Another thread may get the place; what was called stays in it. */
static void leave(void *arg)
{
    struct pc_recorded_locker *locker = arg;
    locker->waits = 0;
    memset(locker->reads, 0, sizeof locker->reads);
    pc_lock_self = (struct pc_lock_self){.locker = NULL};
    __atomic_store_n(&locker->number, 0, __ATOMIC_RELEASE);
}

bool pc_locks_open(void *memory, size_t size, const struct pc_locks_spec *spec)
{
    struct pc_recorded_locks *table = memory;
    if (size < sizeof *table || pthread_key_create(&ending, leave) != 0)
        return false;
    pc_lock_libc_find();
    pc_lock_watch.spec = *spec;
    table->version = PC_LOCKS_VERSION;
    pc_lock_watch.table = table;
    pc_locks_note_modules();
    __atomic_store_n(&table->magic, pc_locks_magic, __ATOMIC_RELEASE);
    return true;
}

void pc_locks_note_modules(void)
{
    pc_lock_self.busy++;
    pc_modules_note(pc_lock_watch.table->modules, &pc_lock_watch.table->n_modules);
    pc_lock_self.busy--;
}

void pc_locks_go(void)
{
    struct pc_recorded_locks *table = pc_lock_watch.table;
    if (!table || table->is_on)
        return;
    table->off_ns = read_clock() - table->stopped;
    __atomic_store_n(&table->is_on, 1, __ATOMIC_RELEASE);
}

void pc_locks_pause(void)
{
    struct pc_recorded_locks *table = pc_lock_watch.table;
    if (!table || !table->is_on)
        return;
    table->stopped = read_clock() - table->off_ns;
    __atomic_store_n(&table->is_on, 0, __ATOMIC_RELEASE);
}

void pc_locks_add_ops(uint64_t n)
{
    if (pc_lock_watch.table)
        pc_lock_watch.table->ops += n;
}

/* libc keeps what it knows of a thread behind its stack. */
static uintptr_t end_of_stack(void)
{
    extern void *__libc_stack_end;
    return getpid() == gettid() ? (uintptr_t)__libc_stack_end : (uintptr_t)pthread_self();
}

void pc_lock_enter(void)
{
    struct pc_recorded_locks *table = pc_lock_watch.table;
    uint32_t number = __atomic_add_fetch(&table->threads, 1, __ATOMIC_RELAXED);
    pc_lock_self.number = number;
    pc_lock_self.top = end_of_stack();
    uint32_t k = 0, nobody = 0;
    while (k < PC_LOCKS_THREADS &&
           !__atomic_compare_exchange_n(&table->lockers[k].number, &nobody, number, false,
                                        __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        nobody = 0;
        k++;
    }
    if (k == PC_LOCKS_THREADS) {
        __atomic_add_fetch(&table->unwatched, 1, __ATOMIC_RELAXED);
        return;
    }
    uint32_t most = __atomic_load_n(&table->n_lockers, __ATOMIC_RELAXED);
    while (most < k + 1 &&
           !__atomic_compare_exchange_n(&table->n_lockers, &most, k + 1, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        ;
    pc_lock_self.locker = &table->lockers[k];
    int saved = errno;
    pc_lock_self.busy++;
    pthread_setspecific(ending, pc_lock_self.locker);
    pc_lock_self.busy--;
    errno = saved;
}

struct pc_recorded_lock *pc_lock_place(const void *lock)
{
    uint32_t k = pc_lock_hash(lock);
    for (int probe = 0; probe < PC_LOCK_PROBES; probe++, k++) {
        struct pc_recorded_lock *place =
            &pc_lock_watch.table->locks[k & (PC_LOCKS_LOCKS - 1)];
        uint64_t found = 0;
        if (__atomic_compare_exchange_n(&place->address, &found, (uintptr_t)lock, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
            found == (uintptr_t)lock)
            return place;
    }
    __atomic_add_fetch(&pc_lock_watch.table->crowded, 1, __ATOMIC_RELAXED);
    return NULL;
}

void pc_lock_forget(const void *lock)
{
    struct pc_recorded_lock *place = pc_lock_watch.table ? pc_lock_look_up(lock) : NULL;
    if (!place)
        return;
    place->deeper = 0;
    __atomic_store_n(&place->last.thread, 0, __ATOMIC_RELAXED);
}

void pc_lock_write_shared(struct pc_recorded_chain *chain, struct pc_lock_call call)
{
    uint32_t even = __atomic_load_n(&chain->sequence, __ATOMIC_RELAXED) & ~1u;
    if (__atomic_compare_exchange_n(&chain->sequence, &even, even + 1, false,
                                    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        pc_lock_write(chain, call);
}

/* Looked at again while somebody writes, but not for ever. */
bool pc_lock_read(const struct pc_recorded_chain *chain, uint64_t other[PC_LOCKS_OTHER])
{
    enum { LOOKS = 1000 };
    for (int look = 0; look < LOOKS; look++) {
        uint32_t before = __atomic_load_n(&chain->sequence, __ATOMIC_ACQUIRE);
        for (size_t i = 0; i < PC_LOCKS_OTHER; i++)
            other[i] = __atomic_load_n(&chain->addresses[i], __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if (before % 2 == 0 &&
            __atomic_load_n(&chain->sequence, __ATOMIC_RELAXED) == before)
            return other[0] != 0;
    }
    memset(other, 0, PC_LOCKS_OTHER * sizeof *other);
    return false;
}

/* Never 0. */
static uint64_t hash_of(const struct pc_lock_wait *wait)
{
    uint64_t hash = wait->kind + 1;
    for (size_t i = 0; i < wait->n; i++) {
        hash = (hash ^ wait->addresses[i]) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
    }
    for (size_t i = 0; i < PC_LOCKS_OTHER; i++) {
        hash = (hash ^ wait->other[i]) * 0xbf58476d1ce4e5b9;
        hash ^= hash >> 29;
    }
    return hash ? hash : 1;
}

/* The place of these calls, which they get now if they have none and at most `most` are used. */
static struct pc_recorded_wait *find(const struct pc_lock_wait *wait, uint32_t most)
{
    struct pc_recorded_locks *table = pc_lock_watch.table;
    uint64_t hash = hash_of(wait);
    uint32_t k = (uint32_t)(hash >> 32);
    for (uint32_t probe = 0; probe < PC_LOCKS_PLACES; probe++, k++) {
        struct pc_recorded_wait *place = &table->waits[k & (PC_LOCKS_PLACES - 1)];
        uint64_t found = __atomic_load_n(&place->hash, __ATOMIC_RELAXED);
        if (found == 0) {
            if (__atomic_load_n(&table->used, __ATOMIC_RELAXED) >= most)
                return NULL;
            if (__atomic_compare_exchange_n(&place->hash, &found, hash, false,
                                            __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
                __atomic_add_fetch(&table->used, 1, __ATOMIC_RELAXED);
                place->kind = wait->kind;
                place->is_cut = wait->is_cut;
                memcpy(place->addresses, wait->addresses,
                       wait->n * sizeof *wait->addresses);
                memcpy(place->other, wait->other, sizeof place->other);
                __atomic_store_n(&place->is_there, 1, __ATOMIC_RELEASE);
                return place;
            }
        }
        if (found == hash)
            return place;
    }
    return NULL;
}

void pc_lock_wait_prepare(struct pc_lock_wait *wait)
{
    wait->place = find(wait, WHOLE);
    if (!wait->place) {
        wait->is_cut |= wait->n > 1;
        wait->n = wait->n > 0;
        memset(wait->other + 1, 0, sizeof wait->other - sizeof *wait->other);
        wait->place = find(wait, SHORT);
    }
    if (!wait->place)
        wait->place = &pc_lock_watch.table->rest[wait->kind];
}

/* In the thread's place, for whoever finds it there. */
static void publish(const struct pc_lock_wait *wait, const void *lock, int64_t since)
{
    struct pc_recorded_locker *locker = pc_lock_self.locker;
    if (!locker)
        return;
    locker->kind = wait->kind;
    locker->lock = (uintptr_t)lock;
    locker->since = since;
    memcpy(locker->addresses, wait->addresses, wait->n * sizeof *wait->addresses);
    if (wait->n < PC_LOCKS_DEPTH)
        locker->addresses[wait->n] = 0;
    __atomic_store_n(&locker->waits, 1, __ATOMIC_RELEASE);
}

void pc_lock_wait_begin(struct pc_lock_wait *wait, enum pc_lock_kind kind, const void *lock,
                        struct pc_lock_call call)
{
    const struct pc_lock_watch *watch = &pc_lock_watch;
    int saved = errno;
    wait->kind = kind;
    wait->place = NULL;
    wait->was_on = watch->table->is_on;
    int64_t since = read_clock();
    wait->began = watched_at(since);
    memset(wait->other, 0, sizeof wait->other);
    pc_lock_self.busy++;
    wait->n = watch->spec.chain ? watch->spec.chain(call, wait->addresses, PC_LOCKS_DEPTH)
                                : pc_lock_follow(call, wait->addresses, PC_LOCKS_DEPTH);
    wait->is_cut = wait->n == PC_LOCKS_DEPTH;
    pc_lock_self.busy--;
    publish(wait, lock, since);
    errno = saved;
}

void pc_lock_wait_end(struct pc_lock_wait *wait, bool counts)
{
    if (pc_lock_self.locker)
        __atomic_store_n(&pc_lock_self.locker->waits, 0, __ATOMIC_RELEASE);
    if (!counts || !(wait->was_on || pc_lock_watch.table->is_on))
        return;
    int64_t ns = watched_at(read_clock()) - wait->began;
    if (!wait->place)
        pc_lock_wait_prepare(wait);
    __atomic_fetch_add(&wait->place->waits, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&wait->place->ns, ns > 0 ? (uint64_t)ns : 0, __ATOMIC_RELAXED);
}
