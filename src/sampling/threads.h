/*
 * The threads of a process, those that begin and those that are there.
 *
 * pthread_create() and thrd_create() of this part stand in front of libc's, so that each thread
 * is watched from its first instruction on.
 */
#ifndef PC_SAMPLING_THREADS_H
#define PC_SAMPLING_THREADS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Timers of threads that were armed by another one. */
struct pc_thread_timers {
    int *items;
    size_t n, cap;
};

/* Arm all threads that are there (pc_sampler_arm), the caller among them; threads that end
 * meanwhile are none.  False when the system does not tell which they are, or gives no timer
 * for any. */
bool pc_threads_arm(struct pc_thread_timers *timers);
void pc_threads_disarm(struct pc_thread_timers *timers);

/* As pthread_create() with default attributes, of a thread that is never watched and gets no
 * signals of the process. */
int pc_threads_create_unwatched(pthread_t *thread, void *(*start)(void *arg), void *arg);

#endif
