/*
 * 100,000 locks and unlocks in one operation, for which nobody waits: what it costs to know who holds
 * them.  A thread that sleeps is there, because libc spares atomic instructions where there is none.
 */
#include <perfbench.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { PAIRS = 100000 };

static void *sleeps(void *arg)
{
    for (;;)
        pause();
    return arg;
}

static void start(struct bench *b)
{
    pthread_t thread;
    bench_expect(b, pthread_create(&thread, NULL, sleeps, NULL) == 0, "a thread");
}

BENCH(mutex)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    start(b);
    while (bench_loop(b))
        for (int i = 0; i < PAIRS; i++) {
            pthread_mutex_lock(&lock);
            pthread_mutex_unlock(&lock);
        }
}

BENCH(reader)
{
    static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    start(b);
    while (bench_loop(b))
        for (int i = 0; i < PAIRS; i++) {
            pthread_rwlock_rdlock(&lock);
            pthread_rwlock_unlock(&lock);
        }
}

BENCH(writer)
{
    static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    start(b);
    while (bench_loop(b))
        for (int i = 0; i < PAIRS; i++) {
            pthread_rwlock_wrlock(&lock);
            pthread_rwlock_unlock(&lock);
        }
}

BENCH(semaphore)
{
    sem_t sem;
    sem_init(&sem, 0, 1);
    start(b);
    while (bench_loop(b))
        for (int i = 0; i < PAIRS; i++) {
            sem_wait(&sem);
            sem_post(&sem);
        }
    sem_destroy(&sem);
}

static void __attribute__((noinline)) below(int calls, pthread_mutex_t *lock)
{
    if (calls > 0) {
        below(calls - 1, lock);
    } else {
        pthread_mutex_lock(lock);
        pthread_mutex_unlock(lock);
    }
    __asm__ volatile("");
}

/* Of 1000 locks, each from a few calls further in. */
BENCH(many)
{
    static pthread_mutex_t locks[1000];
    start(b);
    while (bench_loop(b))
        for (int i = 0; i < PAIRS; i++)
            below(4, &locks[i % 1000]);
}
