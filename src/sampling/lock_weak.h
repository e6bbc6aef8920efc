/*
 * The lock functions of this part give way to those of a program that defines its own, or of a
 * sanitizer that is linked into it.
 */
#ifndef PC_SAMPLING_LOCK_WEAK_H
#define PC_SAMPLING_LOCK_WEAK_H

#include <pthread.h>
#include <semaphore.h>
#include <threads.h>

#pragma weak cnd_broadcast
#pragma weak cnd_signal
#pragma weak cnd_timedwait
#pragma weak cnd_wait
#pragma weak mtx_destroy
#pragma weak mtx_lock
#pragma weak mtx_timedlock
#pragma weak mtx_trylock
#pragma weak mtx_unlock
#pragma weak pthread_barrier_init
#pragma weak pthread_barrier_wait
#pragma weak pthread_cond_broadcast
#pragma weak pthread_cond_clockwait
#pragma weak pthread_cond_signal
#pragma weak pthread_cond_timedwait
#pragma weak pthread_cond_wait
#pragma weak pthread_mutex_clocklock
#pragma weak pthread_mutex_destroy
#pragma weak pthread_mutex_init
#pragma weak pthread_mutex_lock
#pragma weak pthread_mutex_timedlock
#pragma weak pthread_mutex_trylock
#pragma weak pthread_mutex_unlock
#pragma weak pthread_rwlock_clockrdlock
#pragma weak pthread_rwlock_clockwrlock
#pragma weak pthread_rwlock_destroy
#pragma weak pthread_rwlock_init
#pragma weak pthread_rwlock_rdlock
#pragma weak pthread_rwlock_timedrdlock
#pragma weak pthread_rwlock_timedwrlock
#pragma weak pthread_rwlock_tryrdlock
#pragma weak pthread_rwlock_trywrlock
#pragma weak pthread_rwlock_unlock
#pragma weak pthread_rwlock_wrlock
#pragma weak sem_clockwait
#pragma weak sem_post
#pragma weak sem_timedwait
#pragma weak sem_wait

#endif
