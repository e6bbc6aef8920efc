/* Benches that ask locks of every kind what they answer: what libc does, whatever stands in front of
 * it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <perfbench.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static mtx_t c11;
static unsigned came;

static pthread_t start(struct bench *b, void *(*body)(void *), void *arg)
{
    pthread_t thread = 0;
    bench_expect(b, pthread_create(&thread, NULL, body, arg) == 0, "a thread");
    return thread;
}

static void expect(struct bench *b, const char *what, int wanted, int got)
{
    bench_expect_int(b, what, wanted, got);
}

static const struct timespec long_ago = {.tv_sec = 1}, nonsense = {.tv_nsec = -1};

static void ask_mutex(struct bench *b, int type)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t lock;
    bool recursive = type == PTHREAD_MUTEX_RECURSIVE;
    bool checks = type == PTHREAD_MUTEX_ERRORCHECK;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, type);
    pthread_mutex_init(&lock, &attr);
    expect(b, "first", 0, pthread_mutex_lock(&lock));
    expect(b, "try again", recursive ? 0 : EBUSY, pthread_mutex_trylock(&lock));
    if (recursive || checks)
        expect(b, "lock again", recursive ? 0 : EDEADLK, pthread_mutex_lock(&lock));
    expect(b, "too late",
           recursive ? 0
           : checks  ? EDEADLK
                     : ETIMEDOUT,
           pthread_mutex_timedlock(&lock, &long_ago));
    if (!recursive && !checks)
        expect(b, "no time", EINVAL, pthread_mutex_timedlock(&lock, &nonsense));
    expect(b, "no clock", EINVAL, pthread_mutex_clocklock(&lock, 77, &long_ago));
    for (int k = recursive ? 4 : 1; k > 0; k--)
        expect(b, "unlock", 0, pthread_mutex_unlock(&lock));
    if (recursive || checks)
        expect(b, "not ours", EPERM, pthread_mutex_unlock(&lock));
    pthread_mutex_destroy(&lock);
    pthread_mutexattr_destroy(&attr);
}

static void *dies_with_it(void *arg)
{
    pthread_mutex_lock(arg);
    return NULL;
}

static void ask_robust(struct bench *b)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t lock;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &attr);
    pthread_join(start(b, dies_with_it, &lock), NULL);
    expect(b, "owner died", EOWNERDEAD, pthread_mutex_lock(&lock));
    expect(b, "mended", 0, pthread_mutex_consistent(&lock));
    expect(b, "unlock", 0, pthread_mutex_unlock(&lock));
    pthread_join(start(b, dies_with_it, &lock), NULL);
    expect(b, "owner died", EOWNERDEAD, pthread_mutex_lock(&lock));
    expect(b, "unlock", 0, pthread_mutex_unlock(&lock));
    expect(b, "lost", ENOTRECOVERABLE, pthread_mutex_lock(&lock));
    pthread_mutex_destroy(&lock);
    pthread_mutexattr_destroy(&attr);
}

static void ask_rwlock(struct bench *b)
{
    expect(b, "write", 0, pthread_rwlock_wrlock(&rwlock));
    expect(b, "write twice", EDEADLK, pthread_rwlock_wrlock(&rwlock));
    expect(b, "read, too", EDEADLK, pthread_rwlock_rdlock(&rwlock));
    expect(b, "try", EBUSY, pthread_rwlock_tryrdlock(&rwlock));
    expect(b, "unlock", 0, pthread_rwlock_unlock(&rwlock));
    expect(b, "no time", EINVAL, pthread_rwlock_timedrdlock(&rwlock, &nonsense));
    expect(b, "no clock", EINVAL, pthread_rwlock_clockwrlock(&rwlock, 77, &long_ago));
    expect(b, "read", 0, pthread_rwlock_rdlock(&rwlock));
    expect(b, "too late", ETIMEDOUT, pthread_rwlock_timedwrlock(&rwlock, &long_ago));
    expect(b, "unlock", 0, pthread_rwlock_unlock(&rwlock));
}

static void ask_semaphore(struct bench *b)
{
    sem_t one;
    sem_init(&one, 0, 1);
    errno = 33;
    expect(b, "no time", -1, sem_timedwait(&one, &nonsense));
    expect(b, "its reason", EINVAL, errno);
    errno = 33;
    expect(b, "take", 0, sem_wait(&one));
    expect(b, "no reason", 33, errno);
    expect(b, "too late", -1, sem_timedwait(&one, &long_ago));
    expect(b, "its reason", ETIMEDOUT, errno);
    sem_destroy(&one);
}

static void ask_condition(struct bench *b)
{
    pthread_mutex_lock(&mutex);
    expect(b, "too late", ETIMEDOUT, pthread_cond_timedwait(&changed, &mutex, &long_ago));
    expect(b, "no time", EINVAL, pthread_cond_timedwait(&changed, &mutex, &nonsense));
    pthread_mutex_unlock(&mutex);
    mtx_init(&c11, mtx_timed);
    expect(b, "lock", thrd_success, mtx_lock(&c11));
    expect(b, "try", thrd_busy, mtx_trylock(&c11));
    expect(b, "too late", thrd_timedout, mtx_timedlock(&c11, &long_ago));
    mtx_unlock(&c11);
    mtx_destroy(&c11);
}

static void tidy_up(void *arg)
{
    pthread_mutex_unlock(arg);
}

static void *is_cancelled(void *arg)
{
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(tidy_up, &mutex);
    __atomic_store_n(&came, 1, __ATOMIC_RELEASE);
    for (;;)
        pthread_cond_wait(&changed, &mutex);
    pthread_cleanup_pop(0);
    return arg;
}

static void *is_cancelled_at_semaphore(void *arg)
{
    sem_wait(arg);
    return NULL;
}

static void ask_cancellation(struct bench *b)
{
    void *result = NULL;
    came = 0;
    pthread_t thread = start(b, is_cancelled, NULL);
    while (!__atomic_load_n(&came, __ATOMIC_ACQUIRE))
        sched_yield();
    pthread_cancel(thread);
    pthread_join(thread, &result);
    bench_expect(b, result == PTHREAD_CANCELED, "cancelled while it waits");
    expect(b, "given back", 0, pthread_mutex_lock(&mutex));
    pthread_mutex_unlock(&mutex);
    sem_t none;
    sem_init(&none, 0, 0);
    thread = start(b, is_cancelled_at_semaphore, &none);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    bench_expect(b, result == PTHREAD_CANCELED, "cancelled at a semaphore");
    sem_destroy(&none);
}

BENCH(answers)
{
    while (bench_loop(b)) {
        ask_mutex(b, PTHREAD_MUTEX_NORMAL);
        ask_mutex(b, PTHREAD_MUTEX_RECURSIVE);
        ask_mutex(b, PTHREAD_MUTEX_ERRORCHECK);
        ask_robust(b);
        ask_rwlock(b);
        ask_semaphore(b);
        ask_condition(b);
        ask_cancellation(b);
    }
}
