/* Benchmarks whose allocations are known, to check what --benchmem prints. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <malloc.h>
#include <perfbench.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

BENCH(two_blocks)
{
    while (bench_loop(b)) {
        void *p = malloc(24), *q = malloc(40);
        bench_keep(p);
        bench_keep(q);
        free(p);
        free(q);
    }
}

BENCH(every_second)
{
    while (bench_loop(b))
        if (bench_i(b) % 2 == 0) {
            void *p = malloc(32);
            bench_keep(p);
            free(p);
        }
}

BENCH(nothing)
{
    while (bench_loop(b))
        bench_keep(b);
}

/* 6 bytes of strdup; what asprintf asks for is glibc's affair. */
BENCH(strdup_only)
{
    while (bench_loop(b)) {
        char *p = strdup("hello");
        bench_keep(p);
        free(p);
    }
}

BENCH(asprintf_only)
{
    while (bench_loop(b)) {
        char *p = NULL;
        if (asprintf(&p, "%d", 42) > 0)
            free(p);
    }
}

BENCH(getline_only)
{
    char text[] = "one line\n";
    FILE *in = fmemopen(text, strlen(text), "r");
    while (bench_loop(b)) {
        char *line = NULL;
        size_t size = 0;
        rewind(in);
        ssize_t n = getline(&line, &size, in);
        bench_keep(n);
        free(line);
    }
    fclose(in);
}

BENCH(aligned)
{
    while (bench_loop(b)) {
        void *p = aligned_alloc(64, 128), *q = NULL;
        int status = posix_memalign(&q, 64, 256);
        bench_keep(p);
        bench_keep(status);
        free(p);
        free(q);
    }
}

/* One malloc of 16, then a realloc that moves (to 100000) and one in place (to 8). */
BENCH(reallocs)
{
    while (bench_loop(b)) {
        char *p = (char *)malloc(16);
        bench_keep(p);
        p = (char *)realloc(p, 100000);
        bench_keep(p);
        p = (char *)realloc(p, 8);
        bench_keep(p);
        free(p);
    }
}

BENCH(zeroed)
{
    while (bench_loop(b)) {
        void *p = calloc(3, 5), *q = reallocarray(NULL, 7, 11);
        bench_keep(p);
        bench_keep(q);
        free(p);
        free(q);
    }
}

static void allocate_in_threads(struct bench_thread *t, void *arg)
{
    size_t *size = (size_t *)arg;
    void *own = malloc(5000); /* each thread's set-up is not counted */
    bench_keep(own);
    while (bench_thread_loop(t)) {
        void *p = malloc(*size);
        bench_keep(p);
        free(p);
    }
    free(own);
}

BENCH(threads)
{
    size_t size = 48;
    bench_run_parallel(b, allocate_in_threads, &size);
}

BENCH(stopped)
{
    while (bench_loop(b)) {
        bench_stop_timer(b);
        void *p = malloc(1000);
        bench_keep(p);
        free(p);
        bench_start_timer(b);
        void *q = malloc(10);
        bench_keep(q);
        free(q);
    }
}

static void allocate(struct bench *b, void *arg)
{
    size_t n = *(size_t *)arg;
    while (bench_loop(b)) {
        void *p = malloc(n);
        bench_keep(p);
        free(p);
    }
}

BENCH(groups)
{
    size_t small = 1, large = 1000;
    bench_run(b, "small", allocate, &small);
    bench_run(b, "large one", allocate, &large);
}

static void three_blocks(void *arg)
{
    int *calls = (int *)arg;
    for (int k = 0; k < 3; k++) {
        void *p = malloc(8);
        bench_keep(p);
        free(p);
    }
    if (++*calls % 2 == 0) {
        char *p = strdup("every second call");
        bench_keep(p);
        free(p);
    }
}

TEST(allocs_per_run_counts)
{
    int calls = 0;
    double mean = bench_allocs_per_run(b, three_blocks, &calls);
    bench_expect(b, mean == 3.5, "expected: 3.5\ngot:      %g", mean);
    bench_expect(b, bench_allocs_per_run(b, three_blocks, &calls) == 3.5, "second call");
}
