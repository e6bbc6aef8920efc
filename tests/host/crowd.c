/* A parallel bench that knows how many iterations it has seen.  With -DDESERTS a thread
 * leaves its loop, with -DWORKS_ON it leaves another one behind, with -DSLOW each operation
 * also sleeps, which takes hundreds of times as long and no processor. */
#include <perfbench.h>
#include <pthread.h>
#include <time.h>

struct crowd {
    uint64_t ops, indexes; /* atomic: operations so far, and a bit for each thread seen */
    uint64_t last;         /* and the highest iteration */
};

static void work(void)
{
    for (int k = 0; k < 200; k++)
        bench_keep(k);
}

static void body(struct bench_thread *t, void *arg)
{
    struct crowd *crowd = arg;
    __atomic_fetch_or(&crowd->indexes, UINT64_C(1) << t->index, __ATOMIC_RELAXED);
    while (bench_thread_loop(t)) {
        work();
#ifdef SLOW
        nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
#endif
        __atomic_fetch_add(&crowd->ops, 1, __ATOMIC_RELAXED);
        uint64_t number = t->i - 1;
        bench_digest(t->b, &number, sizeof number);
        bench_digest(t->b, &t->index, sizeof t->index); /* always the first one */
#ifdef DESERTS
        if (t->index == 1)
            return;
#endif
    }
}

#ifdef WORKS_ON
static void *work_on(void *arg)
{
    (void)arg;
    for (;;)
        work();
    return NULL;
}
#endif

BENCH_SIZES(crowd, 1, 2, 64)
{
    struct crowd crowd = {0};
#ifdef WORKS_ON
    pthread_t id;
    pthread_create(&id, NULL, work_on, NULL);
#endif
    bench_run_parallel(b, body, &crowd);
    uint64_t all = bench_size(b) < 64 ? (UINT64_C(1) << bench_size(b)) - 1 : UINT64_MAX;
    bench_expect_int(b, "threads that came", all, crowd.indexes);
    bench_expect(b, crowd.ops >= 5, "only %llu operations", (unsigned long long)crowd.ops);
}
