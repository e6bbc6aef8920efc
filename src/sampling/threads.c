/*
 * Defined in the executable, or in a library that comes before libc, the ways to start a
 * thread are called instead of libc's.  What libc allocates for a thread is not counted, because it
 * depends on whether an old stack can be used again.
 */
#include "sampling/threads.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <threads.h>

#include "sampling/mute.h"
#include "sampling/sampler.h"

/* What a thread is to do; given back by it.  Memory of its own and not of malloc(), because a
 * free() would be the thread's first and give it a heap: with many threads there may be no
 * room for that, and counts of allocations would have it, too. */
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
    struct task *copy = mmap(NULL, sizeof *copy, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (copy == MAP_FAILED)
        return NULL;
    *copy = task;
    return copy;
}

static struct task take_task(struct task *task)
{
    struct task copy = *task;
    munmap(task, sizeof *task);
    return copy;
}

static void *run(void *arg)
{
    struct task task = take_task(arg);
    void *result;
    pthread_cleanup_push(leave, NULL);
    pc_sampler_enter(__builtin_frame_address(0));
    result = task.start(task.arg);
    pthread_cleanup_pop(1);
    return result;
}

static int run_c11(void *arg)
{
    struct task task = take_task(arg);
    int result;
    pthread_cleanup_push(leave, NULL);
    pc_sampler_enter(__builtin_frame_address(0));
    result = task.start_c11(task.arg);
    pthread_cleanup_pop(1);
    return result;
}

static int create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                  void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    pc_mute();
    int rc = real(thread, attr, start, arg);
    pc_unmute();
    return rc;
}

static int own_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                              void *(*start)(void *), void *arg)
{
    struct task *task = task_of((struct task){.start = start, .arg = arg});
    int rc = task ? create(thread, attr, run, task) : EAGAIN;
    if (rc != 0 && task)
        munmap(task, sizeof *task);
    return rc;
}

static int own_thrd_create(thrd_t *thread, thrd_start_t start, void *arg)
{
    int (*real)(thrd_t *, thrd_start_t, void *);
    void *symbol = dlsym(RTLD_NEXT, "thrd_create");
    memcpy(&real, &symbol, sizeof real);
    struct task *task = task_of((struct task){.start_c11 = start, .arg = arg});
    pc_mute();
    int rc = task ? real(thread, run_c11, task) : thrd_nomem;
    pc_unmute();
    if (rc != thrd_success && task)
        munmap(task, sizeof *task);
    return rc;
}

/* They give way to those of a sanitizer that is linked into the program, which must know all of
 * its threads. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                   void *arg) __attribute__((weak, alias("own_pthread_create")));
int thrd_create(thrd_t *thread, thrd_start_t start, void *arg)
    __attribute__((weak, alias("own_thrd_create")));

int pc_threads_create_unwatched(pthread_t *thread, void *(*start)(void *arg), void *arg)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool is_ours = (uintptr_t)pthread_create == (uintptr_t)own_pthread_create;
    int rc = (is_ours ? create : pthread_create)(thread, NULL, start, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc;
}

static bool keep(struct pc_thread_timers *timers, int timer)
{
    if (timers->n == timers->cap) {
        size_t cap = 2 * timers->cap + 16;
        int *items = realloc(timers->items, cap * sizeof *items);
        if (!items)
            return false;
        timers->items = items;
        timers->cap = cap;
    }
    timers->items[timers->n++] = timer;
    return true;
}

bool pc_threads_arm(struct pc_thread_timers *timers)
{
    DIR *dir = opendir("/proc/self/task");
    if (!dir)
        return false;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        int timer, tid = atoi(entry->d_name);
        if (tid > 0 && pc_sampler_arm(tid, &timer) && !keep(timers, timer))
            pc_sampler_disarm(timer);
    }
    closedir(dir);
    return timers->n > 0;
}

void pc_threads_disarm(struct pc_thread_timers *timers)
{
    for (size_t i = 0; i < timers->n; i++)
        pc_sampler_disarm(timers->items[i]);
    free(timers->items);
    *timers = (struct pc_thread_timers){0};
}
