/* An insertion sort: its speed depends on where code and branches lie.  With -DSLOW it does
 * everything twice, with -DWRONG it gets one input in sixteen wrong. */
#include <perfbench.h>

#include <stdlib.h>

enum { POOL = 64, N = 100 };

static void sort(int *a, int n)
{
    for (int i = 1; i < n; i++) {
        int x = a[i], j = i;
        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

BENCH(sort)
{
    int(*pool)[N] = malloc(sizeof *pool * POOL), copy[N];
    for (int k = 0; k < POOL; k++)
        for (int i = 0; i < N; i++)
            pool[k][i] = (int)bench_random_below(b, 1000000);
    while (bench_loop(b)) {
        memcpy(copy, pool[bench_i(b) % POOL], sizeof copy);
        sort(copy, N);
#ifdef SLOW
        bench_keep(&copy[0]);
        memcpy(copy, pool[bench_i(b) % POOL], sizeof copy);
        sort(copy, N);
#endif
#ifdef WRONG
        if (bench_i(b) % 16 == 7)
            copy[0]++;
#endif
        bench_keep(&copy[0]);
        bench_digest(b, copy, sizeof copy);
    }
    free(pool);
}

BENCH_SIZES(other, 10, 1000)
{
    while (bench_loop(b))
        bench_keep(bench_size(b));
}

TEST(nothing)
{
    bench_expect(b, true, "never");
}
