/*
 * Locks for readers and writers.  Who writes is noted in the lock's place, as of a mutex; who reads
 * in the thread's own, because there may be many.
 */
#include <errno.h>

#include "sampling/lock_libc.h"
#include "sampling/lock_mutex.h"
#include "sampling/lock_weak.h"

static void begin_to_read(const void *lock, struct pc_lock_call call)
{
    struct pc_recorded_locker *locker = pc_lock_self.locker;
    for (size_t i = 0; locker && i < PC_LOCKS_READS; i++) {
        if (locker->reads[i].lock)
            continue;
        pc_lock_write(&locker->reads[i].chain, call);
        __atomic_store_n(&locker->reads[i].lock, (uintptr_t)lock, __ATOMIC_RELEASE);
        return;
    }
}

static void end_reading(const void *lock)
{
    struct pc_recorded_locker *locker = pc_lock_self.locker;
    for (size_t i = PC_LOCKS_READS; locker && i-- > 0;) {
        if (locker->reads[i].lock != (uintptr_t)lock)
            continue;
        __atomic_store_n(&locker->reads[i].lock, 0, __ATOMIC_RELAXED);
        return;
    }
}

/* Of several that read, one is to blame. */
static bool find_reader(const void *lock, uint64_t other[PC_LOCKS_OTHER])
{
    const struct pc_recorded_locks *table = pc_lock_watch.table;
    uint32_t n = __atomic_load_n(&table->n_lockers, __ATOMIC_RELAXED);
    for (uint32_t k = 0; k < n && k < PC_LOCKS_THREADS; k++) {
        const struct pc_recorded_locker *locker = &table->lockers[k];
        for (size_t i = 0; i < PC_LOCKS_READS; i++)
            if (__atomic_load_n(&locker->reads[i].lock, __ATOMIC_ACQUIRE) ==
                    (uintptr_t)lock &&
                pc_lock_read(&locker->reads[i].chain, other))
                return true;
    }
    return false;
}

/* Who stands in the way: the one who writes, else one who reads, else who wrote last and has
 * just gone. */
static void find_holder(const void *lock, uint64_t other[PC_LOCKS_OTHER])
{
    const struct pc_recorded_lock *place = pc_lock_look_up(lock);
    bool is_written = place && __atomic_load_n(&place->last.thread, __ATOMIC_RELAXED) != 0;
    if (is_written && pc_lock_read(&place->last, other))
        return;
    if (!find_reader(lock, other) && place)
        pc_lock_read(&place->last, other);
}

static int ask_libc(pthread_rwlock_t *lock, bool writes, const struct pc_lock_until *until)
{
    const struct pc_lock_libc *real = pc_lock_real();
    if (!until->until)
        return writes ? real->rwlock_wrlock(lock) : real->rwlock_rdlock(lock);
    if (until->has_clock)
        return writes ? real->rwlock_clockwrlock(lock, until->clock, until->until)
                      : real->rwlock_clockrdlock(lock, until->clock, until->until);
    return writes ? real->rwlock_timedwrlock(lock, until->until)
                  : real->rwlock_timedrdlock(lock, until->until);
}

static __attribute__((noinline)) int wait_for(pthread_rwlock_t *lock, bool writes,
                                              const struct pc_lock_until *until,
                                              struct pc_lock_call call)
{
    struct pc_lock_wait wait;
    pc_lock_wait_begin(&wait, writes ? PC_LOCK_WRITE : PC_LOCK_READ, lock, call);
    find_holder(lock, wait.other);
    pc_lock_wait_prepare(&wait);
    int rc = ask_libc(lock, writes, until);
    pc_lock_wait_end(&wait, rc == 0 || rc == ETIMEDOUT);
    return rc;
}

static void taken(const void *lock, bool writes, struct pc_lock_call call)
{
    if (writes)
        pc_lock_taken(lock, false, call);
    else
        begin_to_read(lock, call);
}

static int take(pthread_rwlock_t *lock, bool writes, const struct pc_lock_until *until,
                struct pc_lock_call call)
{
    const struct pc_lock_libc *real = pc_lock_real();
    if (!pc_lock_is_watched(call) || !pc_lock_has_time(until))
        return ask_libc(lock, writes, until);
    pc_lock_count(call);
    int rc = writes ? real->rwlock_trywrlock(lock) : real->rwlock_tryrdlock(lock);
    if (rc != 0)
        rc = wait_for(lock, writes, until, call);
    if (rc == 0)
        taken(lock, writes, call);
    return rc;
}

static int try_to_take(pthread_rwlock_t *lock, bool writes, struct pc_lock_call call)
{
    const struct pc_lock_libc *real = pc_lock_real();
    int rc = writes ? real->rwlock_trywrlock(lock) : real->rwlock_tryrdlock(lock);
    if (rc == 0 && pc_lock_is_watched(call))
        taken(lock, writes, call);
    return rc;
}

int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attr)
{
    pc_lock_forget(lock);
    return pc_lock_real()->rwlock_init(lock, attr);
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
    int rc = pc_lock_real()->rwlock_destroy(lock);
    if (rc == 0)
        pc_lock_forget(lock);
    return rc;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    return take(lock, false, &(struct pc_lock_until){0}, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    return try_to_take(lock, false, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *until)
{
    return take(lock, false, &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *until)
{
    const struct pc_lock_until at = {.until = until, .has_clock = true, .clock = clock};
    return take(lock, false, &at, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    return take(lock, true, &(struct pc_lock_until){0}, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    return try_to_take(lock, true, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *until)
{
    return take(lock, true, &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *until)
{
    const struct pc_lock_until at = {.until = until, .has_clock = true, .clock = clock};
    return take(lock, true, &at, PC_LOCK_CALL_HERE);
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    if (pc_lock_watch.table && !pc_lock_self.busy && !pc_lock_left(lock))
        end_reading(lock);
    return pc_lock_real()->rwlock_unlock(lock);
}
