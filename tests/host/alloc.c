/* One bench for each way to allocate, with counts that are known by hand. */
#include <perfbench.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define OPS while (bench_loop(b))

BENCH(nothing)
{
    OPS bench_keep(b);
}

BENCH(strdup)
{
    OPS
    {
        char *s = strdup("twelve bytes");
        bench_keep(s);
        free(s);
    }
}

BENCH(asprintf)
{
    OPS
    {
        char *s;
        bench_expect(b, asprintf(&s, "%d", 7) == 1, "asprintf");
        free(s);
    }
}

BENCH(getline)
{
    static char text[] = "a line\n";
    FILE *f = fmemopen(text, sizeof text - 1, "r");
    char *line = NULL;
    size_t cap = 0;
    OPS
    {
        rewind(f);
        bench_expect(b, getline(&line, &cap, f) == 7, "getline");
        free(line);
        line = NULL;
        cap = 0;
    }
    fclose(f);
}

BENCH(aligned_alloc)
{
    OPS
    {
        char *p = aligned_alloc(64, 192);
        bench_expect(b, (uintptr_t)p % 64 == 0, "alignment");
        bench_keep(p);
        free(p);
    }
}

BENCH(posix_memalign)
{
    OPS
    {
        void *p = NULL;
        bench_expect(b, posix_memalign(&p, 4096, 10) == 0, "posix_memalign");
        bench_expect(b, (uintptr_t)p % 4096 == 0, "alignment");
        bench_keep(p);
        free(p);
    }
}

BENCH(calloc)
{
    OPS
    {
        char *p = calloc(3, 7);
        bench_keep(p);
        free(p);
    }
}

/* Nothing lies behind a fresh large block, so it grows where it is. */
BENCH(realloc_in_place)
{
    OPS
    {
        char *p = malloc(100);
        bench_keep(p);
        p = realloc(p, 150);
        bench_keep(p);
        p = realloc(p, 50);
        bench_keep(p);
        free(p);
    }
}

BENCH(realloc_moving)
{
    OPS
    {
        char *p = malloc(100), *fence = malloc(100);
        bench_keep(p);
        bench_keep(fence);
        p = realloc(p, 5000);
        bench_keep(p);
        free(fence);
        free(p);
    }
}

BENCH(realloc_null_and_zero)
{
    OPS
    {
        char *p = realloc(NULL, 30);
        bench_keep(p);
        bench_keep(realloc(p, 0));
    }
}

BENCH(reallocarray)
{
    OPS
    {
        char *p = reallocarray(NULL, 5, 6);
        bench_keep(p);
        size_t half = SIZE_MAX / 2;
        __asm__("" : "+r"(half)); /* the compiler would warn */
        bench_expect(b, !reallocarray(NULL, half, 3), "overflow");
        free(p);
    }
}

static void *allocate(void *arg)
{
    for (int k = 0; k < 1000; k++) {
        char *p = malloc(10);
        bench_keep(p);
        free(p);
    }
    return arg;
}

BENCH(threads)
{
    OPS
    {
        pthread_t threads[4];
        for (int k = 0; k < 4; k++)
            bench_expect(b, pthread_create(&threads[k], NULL, allocate, NULL) == 0,
                         "pthread_create");
        for (int k = 0; k < 4; k++)
            pthread_join(threads[k], NULL);
    }
}

BENCH(every_second)
{
    OPS
    {
        if (bench_i(b) % 2 == 0) {
            char *p = malloc(8);
            bench_keep(p);
            free(p);
        }
    }
}

BENCH(leak)
{
    OPS
    {
        char *p = malloc(20);
        bench_keep(p);
    }
}

BENCH(peak)
{
    char *old = malloc(1000);
    bench_keep(old);
    OPS
    {
        char *p = malloc(300), *q = malloc(200);
        bench_keep(p);
        bench_keep(q);
        free(p);
        char *r = malloc(100);
        bench_keep(r);
        free(q);
        free(r);
    }
    free(old);
}

BENCH(stopped)
{
    OPS
    {
        bench_stop_timer(b);
        char *p = malloc(50);
        bench_keep(p);
        bench_start_timer(b);
        char *q = malloc(60);
        bench_keep(q);
        bench_stop_timer(b);
        free(p);
        free(q);
        bench_start_timer(b);
    }
}

BENCH(metrics)
{
    OPS bench_report_metric(b, "conns/op", 2.5 + (double)(bench_i(b) % 2));
}

BENCH(guarded)
{
    OPS
    {
        char *p = bench_guarded(b, 100);
        bench_seal(b, p);
    }
}

BENCH(many)
{
    OPS
    {
        for (int k = 0; k < 200000; k++) {
            char *p = malloc(16 + (size_t)(k & 63));
            bench_keep(p);
            free(p);
        }
    }
}

BENCH(live_many)
{
    enum { N = 100000 };
    char **all = malloc(N * sizeof *all);
    OPS
    {
        for (int k = 0; k < N; k++)
            all[k] = malloc(16);
        for (int k = 0; k < N; k++)
            free(all[k]);
    }
    free(all);
}

static char *leaks_here(size_t n)
{
    return malloc(n);
}

/* Three places, the second one by way of libc. */
BENCH(leaks_in_places)
{
    OPS
    {
        char *small = leaks_here(10);
        char *middle = strdup("nineteen characters");
        char *large = malloc(1000), *freed = malloc(5000);
        bench_keep(small);
        bench_keep(middle);
        bench_keep(large);
        bench_keep(freed);
        free(freed);
    }
}
