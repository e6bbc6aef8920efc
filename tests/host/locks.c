/* Benches of which is known who waits for whom, and how often.  A thread knows that another one
 * waits by what libc writes into the lock. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <perfbench.h>

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

static void await(const volatile unsigned *word, unsigned value)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) != value)
        sched_yield();
}

static pthread_t start(struct bench *b, void *(*body)(void *), void *arg)
{
    pthread_t thread = 0;
    bench_expect(b, pthread_create(&thread, NULL, body, arg) == 0, "a thread");
    return thread;
}

/* A mutex that is waited for has the value 2, one with the protocol of PI the highest bit. */
static void await_waiter(pthread_mutex_t *mutex)
{
    const volatile unsigned *word = (const volatile unsigned *)&mutex->__data.__lock;
    for (;;) {
        unsigned value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
        if (value == 2 || value >> 31)
            return;
        sched_yield();
    }
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct bench *of_bench;

APART static void *waits_for_mutex(void *arg)
{
    int rc = pthread_mutex_lock(arg);
    bench_expect(of_bench, rc == 0, "locked: %d", rc);
    pthread_mutex_unlock(arg);
    return arg;
}

APART static void *waits_with_time(void *arg)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 60;
    int rc = pthread_mutex_timedlock(arg, &until);
    bench_expect(of_bench, rc == 0, "locked: %d", rc);
    pthread_mutex_unlock(arg);
    return arg;
}

APART static void *waits_by_clock(void *arg)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 60;
    int rc = pthread_mutex_clocklock(arg, CLOCK_MONOTONIC, &until);
    bench_expect(of_bench, rc == 0, "locked: %d", rc);
    pthread_mutex_unlock(arg);
    return arg;
}

APART static void hold(struct bench *b, pthread_mutex_t *lock, void *(*body)(void *))
{
    of_bench = b;
    pthread_mutex_lock(lock); /* held from here */
    pthread_t thread = start(b, body, lock);
    await_waiter(lock);
    pthread_mutex_unlock(lock);
    pthread_join(thread, NULL);
}

BENCH(mutex)
{
    OPS hold(b, &mutex, waits_for_mutex);
}

BENCH(timed)
{
    OPS
    {
        hold(b, &mutex, waits_with_time);
        hold(b, &mutex, waits_by_clock);
    }
}

struct kind {
    int type, robust, protocol, shared;
};

static void hold_kind(struct bench *b, const struct kind *kind)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t lock;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, kind->type);
    pthread_mutexattr_setrobust(&attr, kind->robust);
    pthread_mutexattr_setprotocol(&attr, kind->protocol);
    pthread_mutexattr_setpshared(&attr, kind->shared);
    bench_expect(b, pthread_mutex_init(&lock, &attr) == 0, "a mutex");
    hold(b, &lock, waits_for_mutex);
    pthread_mutex_destroy(&lock);
    pthread_mutexattr_destroy(&attr);
}

BENCH(kinds)
{
    static const struct kind kinds[] = {
        {.type = PTHREAD_MUTEX_RECURSIVE},   {.type = PTHREAD_MUTEX_ERRORCHECK},
        {.type = PTHREAD_MUTEX_ADAPTIVE_NP}, {.robust = PTHREAD_MUTEX_ROBUST},
        {.protocol = PTHREAD_PRIO_INHERIT},  {.shared = PTHREAD_PROCESS_SHARED},
    };
    OPS
    {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            hold_kind(b, &kinds[k]);
    }
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

APART static void *reads(void *arg)
{
    pthread_rwlock_rdlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    return arg;
}

APART static void *writes(void *arg)
{
    pthread_rwlock_wrlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    return arg;
}

/* That somebody waits behind a lock for readers and writers is seen by how many there are. */
APART static void hold_to_write(struct bench *b)
{
    pthread_rwlock_wrlock(&rwlock);
    pthread_t thread = start(b, reads, NULL);
    while (__atomic_load_n(&rwlock.__data.__readers, __ATOMIC_ACQUIRE) >> 3 == 0)
        sched_yield();
    pthread_rwlock_unlock(&rwlock);
    pthread_join(thread, NULL);
}

APART static void hold_to_read(struct bench *b)
{
    pthread_rwlock_rdlock(&rwlock);
    pthread_t thread = start(b, writes, NULL);
    while ((__atomic_load_n(&rwlock.__data.__readers, __ATOMIC_ACQUIRE) & 2) == 0)
        sched_yield();
    pthread_rwlock_unlock(&rwlock);
    pthread_join(thread, NULL);
}

BENCH(rwlock)
{
    OPS
    {
        hold_to_write(b);
        hold_to_read(b);
    }
}

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned came, ready;

APART static void *sleeps(void *arg)
{
    pthread_mutex_lock(&mutex);
    __atomic_store_n(&came, 1, __ATOMIC_RELEASE);
    while (!ready)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
    return arg;
}

/* It has the mutex until it waits, so whoever gets that knows. */
APART static void wake(struct bench *b)
{
    came = ready = 0;
    pthread_t thread = start(b, sleeps, NULL);
    await(&came, 1);
    while (pthread_mutex_trylock(&mutex) != 0)
        sched_yield();
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
}

BENCH(condition)
{
    OPS wake(b);
}

static mtx_t c11;
static cnd_t c11_changed;

APART static int c11_waits(void *arg)
{
    (void)arg;
    mtx_lock(&c11);
    __atomic_store_n(&came, 1, __ATOMIC_RELEASE);
    while (!ready)
        cnd_wait(&c11_changed, &c11);
    mtx_unlock(&c11);
    return 0;
}

APART static void c11_holds(struct bench *b)
{
    thrd_t thread;
    came = ready = 0;
    mtx_lock(&c11);
    bench_expect(b, thrd_create(&thread, c11_waits, NULL) == thrd_success, "a thread");
    await_waiter((pthread_mutex_t *)&c11);
    mtx_unlock(&c11);
    await(&came, 1);
    while (mtx_trylock(&c11) != thrd_success)
        sched_yield();
    ready = 1;
    cnd_broadcast(&c11_changed);
    mtx_unlock(&c11);
    thrd_join(thread, NULL);
}

BENCH(c11)
{
    mtx_init(&c11, mtx_plain);
    cnd_init(&c11_changed);
    OPS c11_holds(b);
    mtx_destroy(&c11);
    cnd_destroy(&c11_changed);
}

static sem_t sem;

APART static void *takes(void *arg)
{
    sem_wait(&sem);
    return arg;
}

/* The upper half counts those that wait. */
APART static void post(struct bench *b)
{
    pthread_t thread = start(b, takes, NULL);
    while (((const volatile unsigned *)&sem)[1] == 0)
        sched_yield();
    sem_post(&sem);
    pthread_join(thread, NULL);
}

BENCH(semaphore)
{
    sem_init(&sem, 0, 0);
    OPS
    {
        post(b);
        sem_post(&sem);
        bench_expect(b, sem_wait(&sem) == 0, "nobody waits for what is there");
    }
    sem_destroy(&sem);
}

static pthread_barrier_t barrier;

APART static void *comes_first(void *arg)
{
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    return arg;
}

/* libc counts those that have come in the first word. */
APART static void come_last(unsigned after)
{
    await((const volatile unsigned *)&barrier, after);
    pthread_barrier_wait(&barrier);
}

BENCH(barrier)
{
    OPS
    {
        pthread_barrier_init(&barrier, NULL, 3);
        pthread_t one = start(b, comes_first, NULL), other = start(b, comes_first, NULL);
        come_last(2);
        come_last(5);
        pthread_join(one, NULL);
        pthread_join(other, NULL);
        pthread_barrier_destroy(&barrier);
    }
}

/* Nobody is in the way. */
BENCH(alone)
{
    OPS
    {
        for (int k = 0; k < 10; k++) {
            pthread_mutex_lock(&mutex);
            pthread_mutex_unlock(&mutex);
        }
    }
}

/* Whoever waits for a recursive one waits for the line that took it first. */
APART static void hold_deeper(struct bench *b, pthread_mutex_t *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_lock(lock);
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    pthread_t thread = start(b, waits_for_mutex, lock);
    await_waiter(lock);
    pthread_mutex_unlock(lock);
    pthread_mutex_unlock(lock);
    pthread_join(thread, NULL);
}

BENCH(deeper)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t lock;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attr);
    of_bench = b;
    OPS hold_deeper(b, &lock);
    pthread_mutex_destroy(&lock);
    pthread_mutexattr_destroy(&attr);
}
