/* Benches whose threads wait for ever, and one that forgets a lock. */
#include <perfbench.h>

#include <pthread.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

static pthread_barrier_t barrier;

static pthread_t start(struct bench *b, void *(*body)(void *), void *arg)
{
    pthread_t thread = 0;
    bench_expect(b, pthread_create(&thread, NULL, body, arg) == 0, "a thread");
    return thread;
}

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;

APART static void *from_left(void *arg)
{
    pthread_mutex_lock(&left);
    pthread_barrier_wait(&barrier);
    pthread_mutex_lock(&right);
    return arg;
}

APART static void from_right(void)
{
    pthread_mutex_lock(&right);
    pthread_barrier_wait(&barrier);
    pthread_mutex_lock(&left);
}

BENCH(deadlock)
{
    pthread_barrier_init(&barrier, NULL, 2);
    OPS
    {
        start(b, from_left, NULL);
        from_right();
    }
}

BENCH(itself)
{
    OPS
    {
        pthread_mutex_lock(&left);
        pthread_mutex_lock(&left);
    }
}

static void *dies_with_it(void *arg)
{
    pthread_mutex_lock(arg);
    return NULL;
}

BENCH(orphan)
{
    OPS
    {
        pthread_join(start(b, dies_with_it, &left), NULL);
        pthread_mutex_lock(&left);
    }
}

BENCH(keeps)
{
    OPS
    {
        pthread_mutex_lock(&right);
        pthread_mutex_unlock(&right);
    }
    pthread_mutex_lock(&right);
}
