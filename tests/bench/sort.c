/*
 * Insertion sort of 256 numbers: its time hangs on alignment and branch history, so two
 * copies of it show what the timing host does about layout.
 */
#include <perfbench.h>

enum { LENGTH = 256, POOL = 16 };

static void sort(int *v, int n)
{
    for (int i = 1; i < n; i++) {
        int x = v[i], k = i;
        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

BENCH(sort)
{
    int pool[POOL][LENGTH], work[LENGTH];
    for (int i = 0; i < POOL; i++)
        for (int k = 0; k < LENGTH; k++)
            pool[i][k] = (int)(bench_random(b) >> 33);
    while (bench_loop(b)) {
        memcpy(work, pool[bench_i(b) % POOL], sizeof work);
        sort(work, LENGTH);
        bench_keep(work[0]);
        bench_digest(b, work, sizeof work);
    }
}
