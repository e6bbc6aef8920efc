/* A bench whose operation takes a lock twice. */
#include <perfbench.h>
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_turns(void)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&mutex);
        pthread_mutex_unlock(&mutex);
    }
}

BENCH(locks)
{
    while (bench_loop(b))
        take_turns();
}
