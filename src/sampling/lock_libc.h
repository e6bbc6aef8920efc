/*
 * libc's own lock functions, which those of this part stand in front of.
 */
#ifndef PC_SAMPLING_LOCK_LIBC_H
#define PC_SAMPLING_LOCK_LIBC_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <time.h>

/* Each as the function whose name it has, without the "pthread_". */
struct pc_lock_libc {
    bool is_found;
    int (*mutex_init)(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr);
    int (*mutex_destroy)(pthread_mutex_t *mutex);
    int (*mutex_lock)(pthread_mutex_t *mutex);
    int (*mutex_trylock)(pthread_mutex_t *mutex);
    int (*mutex_timedlock)(pthread_mutex_t *mutex, const struct timespec *until);
    int (*mutex_clocklock)(pthread_mutex_t *mutex, clockid_t clock,
                           const struct timespec *until);
    int (*mutex_unlock)(pthread_mutex_t *mutex);
    int (*rwlock_init)(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attr);
    int (*rwlock_destroy)(pthread_rwlock_t *lock);
    int (*rwlock_rdlock)(pthread_rwlock_t *lock);
    int (*rwlock_tryrdlock)(pthread_rwlock_t *lock);
    int (*rwlock_timedrdlock)(pthread_rwlock_t *lock, const struct timespec *until);
    int (*rwlock_clockrdlock)(pthread_rwlock_t *lock, clockid_t clock,
                              const struct timespec *until);
    int (*rwlock_wrlock)(pthread_rwlock_t *lock);
    int (*rwlock_trywrlock)(pthread_rwlock_t *lock);
    int (*rwlock_timedwrlock)(pthread_rwlock_t *lock, const struct timespec *until);
    int (*rwlock_clockwrlock)(pthread_rwlock_t *lock, clockid_t clock,
                              const struct timespec *until);
    int (*rwlock_unlock)(pthread_rwlock_t *lock);
    int (*cond_wait)(pthread_cond_t *cond, pthread_mutex_t *mutex);
    int (*cond_timedwait)(pthread_cond_t *cond, pthread_mutex_t *mutex,
                          const struct timespec *until);
    int (*cond_clockwait)(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock,
                          const struct timespec *until);
    int (*cond_signal)(pthread_cond_t *cond);
    int (*cond_broadcast)(pthread_cond_t *cond);
    int (*sem_wait)(sem_t *sem);
    int (*sem_trywait)(sem_t *sem);
    int (*sem_timedwait)(sem_t *sem, const struct timespec *until);
    int (*sem_clockwait)(sem_t *sem, clockid_t clock, const struct timespec *until);
    int (*sem_post)(sem_t *sem);
    int (*barrier_init)(pthread_barrier_t *barrier, const pthread_barrierattr_t *attr,
                        unsigned count);
    int (*barrier_wait)(pthread_barrier_t *barrier);
};

/* Look them up, once. */
void pc_lock_libc_find(void);

/* All of them; looked up if they are not yet. */
const struct pc_lock_libc *pc_lock_libc_found(void);

extern struct pc_lock_libc pc_lock_libc;

static inline const struct pc_lock_libc *pc_lock_real(void)
{
    return __builtin_expect(pc_lock_libc.is_found, 1) ? &pc_lock_libc
                                                      : pc_lock_libc_found();
}

#endif
