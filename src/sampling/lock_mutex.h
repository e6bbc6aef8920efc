/*
 * Mutexes, for the functions of pthread.h and for those of threads.h, which libc makes of the same
 * ones.
 */
#ifndef PC_SAMPLING_LOCK_MUTEX_H
#define PC_SAMPLING_LOCK_MUTEX_H

#include <pthread.h>
#include <time.h>

#include "sampling/lock_table.h"

/* How long to wait; `until` NULL: for ever. */
struct pc_lock_until {
    const struct timespec *until;
    bool has_clock; /* else it is that of the function without one */
    clockid_t clock;
};

/* What some functions of libc look at before anything else. */
static inline bool pc_lock_has_clock(const struct pc_lock_until *until)
{
    return !until->has_clock || until->clock == CLOCK_REALTIME ||
           until->clock == CLOCK_MONOTONIC;
}
static inline bool pc_lock_has_time(const struct pc_lock_until *until)
{
    return !until->until || (pc_lock_has_clock(until) && until->until->tv_nsec >= 0 &&
                             until->until->tv_nsec < 1000000000);
}

/* As those functions of pthread.h, called from `call`. */
int pc_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr);
int pc_mutex_destroy(pthread_mutex_t *mutex);
int pc_mutex_lock(pthread_mutex_t *mutex, const struct pc_lock_until *until,
                  struct pc_lock_call call);
int pc_mutex_trylock(pthread_mutex_t *mutex, struct pc_lock_call call);
int pc_mutex_unlock(pthread_mutex_t *mutex);
int pc_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                 const struct pc_lock_until *until, struct pc_lock_call call);

/* Of a condition or a semaphore: the caller wakes whoever waits, if somebody does. */
void pc_lock_wakes(const void *lock, struct pc_lock_call call);

/* In between the thread waits to be woken. */
struct pc_lock_sleep {
    struct pc_lock_wait wait;
    struct pc_recorded_lock *place;
    uint32_t tickets;
};
void pc_lock_sleep_begin(struct pc_lock_sleep *sleep, enum pc_lock_kind kind,
                         const void *lock, struct pc_lock_call call);
void pc_lock_sleep_end(struct pc_lock_sleep *sleep, bool counts);

#endif
