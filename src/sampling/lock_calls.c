/*
 * The lock functions that stand in front of libc's, but for those of lock_rwlock.c.  Defined in the
 * executable they come before libc's for every object of the process.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <threads.h>

#include "sampling/lock_libc.h"
#include "sampling/lock_mutex.h"
#include "sampling/lock_weak.h"

static const struct pc_lock_until for_ever;

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    return pc_mutex_init(mutex, attr);
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return pc_mutex_destroy(mutex);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return pc_mutex_lock(mutex, &for_ever, PC_LOCK_CALL_HERE);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return pc_mutex_trylock(mutex, PC_LOCK_CALL_HERE);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
    return pc_mutex_lock(mutex, &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE);
}

int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                            const struct timespec *until)
{
    const struct pc_lock_until at = {.until = until, .has_clock = true, .clock = clock};
    return pc_mutex_lock(mutex, &at, PC_LOCK_CALL_HERE);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return pc_mutex_unlock(mutex);
}

int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    return pc_cond_wait(cond, mutex, &for_ever, PC_LOCK_CALL_HERE);
}

int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                           const struct timespec *until)
{
    return pc_cond_wait(cond, mutex, &(struct pc_lock_until){.until = until},
                        PC_LOCK_CALL_HERE);
}

int pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock,
                           const struct timespec *until)
{
    const struct pc_lock_until at = {.until = until, .has_clock = true, .clock = clock};
    return pc_cond_wait(cond, mutex, &at, PC_LOCK_CALL_HERE);
}

int pthread_cond_signal(pthread_cond_t *cond)
{
    pc_lock_wakes(cond, PC_LOCK_CALL_HERE);
    return pc_lock_real()->cond_signal(cond);
}

int pthread_cond_broadcast(pthread_cond_t *cond)
{
    pc_lock_wakes(cond, PC_LOCK_CALL_HERE);
    return pc_lock_real()->cond_broadcast(cond);
}

/* The names of errors in threads.h. */
static int c11(int rc)
{
    switch (rc) {
    case 0:
        return thrd_success;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    case EBUSY:
        return thrd_busy;
    default:
        return thrd_error;
    }
}

int mtx_lock(mtx_t *mutex)
{
    return c11(pc_mutex_lock((pthread_mutex_t *)mutex, &for_ever, PC_LOCK_CALL_HERE));
}

int mtx_trylock(mtx_t *mutex)
{
    return c11(pc_mutex_trylock((pthread_mutex_t *)mutex, PC_LOCK_CALL_HERE));
}

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict until)
{
    return c11(pc_mutex_lock((pthread_mutex_t *)mutex,
                             &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE));
}

int mtx_unlock(mtx_t *mutex)
{
    return c11(pc_mutex_unlock((pthread_mutex_t *)mutex));
}

void mtx_destroy(mtx_t *mutex)
{
    pc_mutex_destroy((pthread_mutex_t *)mutex);
}

int cnd_wait(cnd_t *cond, mtx_t *mutex)
{
    return c11(pc_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex, &for_ever,
                            PC_LOCK_CALL_HERE));
}

int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex,
                  const struct timespec *restrict until)
{
    return c11(pc_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex,
                            &(struct pc_lock_until){.until = until}, PC_LOCK_CALL_HERE));
}

int cnd_signal(cnd_t *cond)
{
    pc_lock_wakes(cond, PC_LOCK_CALL_HERE);
    return c11(pc_lock_real()->cond_signal((pthread_cond_t *)cond));
}

int cnd_broadcast(cnd_t *cond)
{
    pc_lock_wakes(cond, PC_LOCK_CALL_HERE);
    return c11(pc_lock_real()->cond_broadcast((pthread_cond_t *)cond));
}
