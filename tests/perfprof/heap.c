/*
 * A program whose allocations are known.
 *
 *     heap FILE             count what the functions below allocate, to FILE
 *     heap --serve PORT     the same, and answer /debug/pprof/ until standard input ends
 *     heap --idle PORT      answer, and count nothing until it is asked for; a block of 24 bytes
 *                           comes and stays every millisecond
 */
#include <malloc.h>
#include <perfprof.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *kept[8];

/* What an optimizer knows nothing of is not left out. */
static void *keep(void *p)
{
    __asm__ volatile("" : "+r"(p) : : "memory");
    return p;
}

/* 1000 blocks of 100 bytes, all freed. */
__attribute__((noinline)) static void come_and_go(void)
{
    for (int i = 0; i < 1000; i++)
        free(keep(malloc(100)));
}

/* 10 blocks of 64 bytes, 3 of which stay: a leak of 192 bytes. */
__attribute__((noinline)) static void leak(void)
{
    for (int i = 0; i < 10; i++) {
        void *p = keep(calloc(8, 8));
        if (i % 4 != 0)
            free(p);
    }
}

/* 8 blocks by doubling: 16 to 2048 bytes, 4080 in all, of which 2048 stay. */
__attribute__((noinline)) static void grow(void)
{
    char *p = NULL;
    for (size_t n = 16; n <= 2048; n *= 2)
        p = keep(realloc(p, n));
    kept[0] = p;
}

/* 5 copies of 12 bytes by libc; all stay. */
__attribute__((noinline)) static void copy(void)
{
    for (int i = 1; i <= 5; i++)
        kept[i] = keep(strdup("hello world"));
}

/* One block of each other kind, 256 bytes each; the first stays. */
__attribute__((noinline)) static void align(void)
{
    void *p = NULL;
    kept[6] = keep(aligned_alloc(64, 256));
    free(keep(memalign(64, 256)));
    if (posix_memalign(&p, 64, 256) == 0)
        free(keep(p));
    free(keep(reallocarray(NULL, 16, 16)));
}

/* 500 blocks of 32 bytes; all are freed. */
__attribute__((noinline)) static void *in_thread(void *arg)
{
    void *p[50];
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 50; i++)
            p[i] = keep(malloc(32));
        for (int i = 0; i < 50; i++)
            free(p[i]);
    }
    return arg;
}

__attribute__((noinline)) static void in_threads(void)
{
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, in_thread, NULL);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
}

/* What a child allocates is its own. */
__attribute__((noinline)) static void in_child(void)
{
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 100; i++)
            kept[7] = keep(malloc(1));
        _exit(bench_heap_profile_stop());
    }
    int status = -1;
    if (waitpid(child, &status, 0) != child || status != 0)
        abort();
}

static void allocate(void)
{
    come_and_go();
    leak();
    grow();
    copy();
    align();
    in_threads();
    in_child();
}

static int fail(void)
{
    fprintf(stderr, "%s\n", bench_profile_error());
    return 1;
}

static int serve(int port, int patience_ms)
{
    port = bench_pprof_serve(port);
    if (port < 0)
        return fail();
    char url[64]; /* without a buffer, which would be allocated */
    int n = snprintf(url, sizeof url, "http://127.0.0.1:%d/debug/pprof/\n", port);
    if (write(STDOUT_FILENO, url, (size_t)n) != n)
        return 1;
    struct pollfd in = {.fd = 0, .events = POLLIN};
    while (poll(&in, 1, patience_ms) <= 0)
        kept[7] = keep(malloc(24));
    bench_pprof_stop();
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--idle") == 0)
        return serve(atoi(argv[2]), 1);
    if (argc < 2 || argc > 3)
        return 2;
    if (!bench_heap_profile_start(argc == 2 ? argv[1] : NULL))
        return fail();
    allocate();
    if (argc == 3 && serve(atoi(argv[2]), -1) != 0)
        return 1;
    return bench_heap_profile_stop() ? 0 : fail();
}
