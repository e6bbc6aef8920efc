/*
 * Three workers that have too little to do, and one who gives them something every 50 ms.
 *
 *     pool PORT    answer /debug/pprof/ meanwhile, until standard input ends
 */
#include <perfprof.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static int work;

__attribute__((noinline)) static void take(void)
{
    pthread_mutex_lock(&mutex);
    while (work == 0)
        pthread_cond_wait(&filled, &mutex);
    work--;
    pthread_mutex_unlock(&mutex);
}

__attribute__((noinline)) static void give(void)
{
    pthread_mutex_lock(&mutex);
    work++;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&mutex);
}

static void *worker(void *arg)
{
    for (;;)
        take();
    return arg;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    for (int i = 0; i < 3; i++)
        if (pthread_create(&thread, NULL, worker, NULL) != 0)
            return 1;
    int port = bench_pprof_serve(argc > 1 ? atoi(argv[1]) : 0);
    if (port < 0) {
        fprintf(stderr, "%s\n", bench_profile_error());
        return 1;
    }
    printf("http://127.0.0.1:%d/debug/pprof/\n", port);
    fflush(stdout);
    struct pollfd in = {.fd = 0, .events = POLLIN};
    while (poll(&in, 1, 50) <= 0)
        give();
    bench_pprof_stop();
    return 0;
}
