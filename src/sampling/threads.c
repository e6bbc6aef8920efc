/*
 * The ways to start a thread, so that each one is watched from its first instruction on.
 *
 * Defined in the executable, or in a library that comes before libc, they are called instead
 * of libc's.
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "sampling/sampler.h"

/* What a thread is to do; freed by it. */
struct task {
    void *(*start)(void *arg); /* of one kind, or */
    int (*start_c11)(void *arg);
    void *arg;
};

static void leave(void *unused)
{
    (void)unused;
    pc_sampler_leave();
}

static struct task *task_of(struct task task)
{
    struct task *copy = malloc(sizeof *copy);
    if (copy)
        *copy = task;
    return copy;
}

static void *run(void *arg)
{
    struct task task = *(struct task *)arg;
    free(arg);
    void *result;
    pthread_cleanup_push(leave, NULL);
    pc_sampler_enter(__builtin_frame_address(0));
    result = task.start(task.arg);
    pthread_cleanup_pop(1);
    return result;
}

static int run_c11(void *arg)
{
    struct task task = *(struct task *)arg;
    free(arg);
    int result;
    pthread_cleanup_push(leave, NULL);
    pc_sampler_enter(__builtin_frame_address(0));
    result = task.start_c11(task.arg);
    pthread_cleanup_pop(1);
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                   void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    struct task *task = task_of((struct task){.start = start, .arg = arg});
    int rc = task ? real(thread, attr, run, task) : EAGAIN;
    if (rc != 0)
        free(task);
    return rc;
}

int thrd_create(thrd_t *thread, thrd_start_t start, void *arg)
{
    int (*real)(thrd_t *, thrd_start_t, void *);
    void *symbol = dlsym(RTLD_NEXT, "thrd_create");
    memcpy(&real, &symbol, sizeof real);
    struct task *task = task_of((struct task){.start_c11 = start, .arg = arg});
    int rc = task ? real(thread, run_c11, task) : thrd_nomem;
    if (rc != thrd_success)
        free(task);
    return rc;
}
