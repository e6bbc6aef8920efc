/*
 * Semaphores and barriers: nobody holds them, somebody wakes whoever waits.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "sampling/lock_libc.h"
#include "sampling/lock_mutex.h"
#include "sampling/lock_weak.h"

static int ask_libc(sem_t *sem, const struct pc_lock_until *until)
{
    const struct pc_lock_libc *real = pc_lock_real();
    return !until->until      ? real->sem_wait(sem)
           : until->has_clock ? real->sem_clockwait(sem, until->clock, until->until)
                              : real->sem_timedwait(sem, until->until);
}

static void cancelled(void *sleep)
{
    pc_lock_sleep_end(sleep, true);
}

static __attribute__((noinline)) int wait_for(sem_t *sem, const struct pc_lock_until *until,
                                              struct pc_lock_call call)
{
    int rc;
    struct pc_lock_sleep sleep;
    pc_lock_sleep_begin(&sleep, PC_LOCK_SEMAPHORE, sem, call);
    pthread_cleanup_push(cancelled, &sleep);
    rc = ask_libc(sem, until);
    pthread_cleanup_pop(0);
    int why = errno;
    pc_lock_sleep_end(&sleep, rc == 0 || why == ETIMEDOUT || why == EINTR);
    errno = why;
    return rc;
}

/* libc looks for a cancellation first: so does who is going to wait, and who is not is asked by
 * libc in its place. */
static int take(sem_t *sem, const struct pc_lock_until *until, struct pc_lock_call call)
{
    if (!pc_lock_is_watched(call) || !pc_lock_has_time(until))
        return ask_libc(sem, until);
    pthread_testcancel();
    pc_lock_count(call);
    int saved = errno;
    if (pc_lock_real()->sem_trywait(sem) == 0)
        return 0;
    errno = saved;
    return wait_for(sem, until, call);
}

int sem_wait(sem_t *sem)
{
    return take(sem, &(struct pc_lock_until){0}, PC_LOCK_CALL_HERE);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until)
{
    return take(sem, &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE);
}

int sem_clockwait(sem_t *restrict sem, clockid_t clock,
                  const struct timespec *restrict until)
{
    const struct pc_lock_until at = {.until = until, .has_clock = true, .clock = clock};
    return take(sem, &at, PC_LOCK_CALL_HERE);
}

int sem_post(sem_t *sem)
{
    pc_lock_wakes(sem, PC_LOCK_CALL_HERE);
    return pc_lock_real()->sem_post(sem);
}

int pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attr,
                         unsigned count)
{
    int rc = pc_lock_real()->barrier_init(barrier, attr, count);
    struct pc_recorded_lock *place =
        rc == 0 && pc_lock_watch.table ? pc_lock_place(barrier) : NULL;
    if (place) {
        place->count = count;
        place->tickets = 0;
    }
    return rc;
}

/* The chains of two rounds are kept: whoever is woken looks at that of its round, which is not
 * written again before it has come to the next one. */
static struct pc_recorded_chain *last_of(struct pc_recorded_lock *place, uint32_t ticket)
{
    return ticket / place->count % 2 == 0 ? &place->last : &place->other;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    struct pc_lock_call call = PC_LOCK_CALL_HERE;
    const struct pc_lock_libc *real = pc_lock_real();
    struct pc_recorded_lock *place =
        pc_lock_is_watched(call) ? pc_lock_look_up(barrier) : NULL;
    if (!place || place->count == 0)
        return real->barrier_wait(barrier);
    pc_lock_count(call);
    uint32_t ticket = __atomic_fetch_add(&place->tickets, 1, __ATOMIC_RELAXED);
    struct pc_recorded_chain *last = last_of(place, ticket);
    if ((ticket + 1) % place->count == 0) {
        pc_lock_write(last, call);
        return real->barrier_wait(barrier);
    }
    struct pc_lock_wait wait;
    pc_lock_wait_begin(&wait, PC_LOCK_BARRIER, barrier, call);
    int rc = real->barrier_wait(barrier);
    pc_lock_read(last, wait.other);
    pc_lock_wait_end(&wait, true);
    return rc;
}
