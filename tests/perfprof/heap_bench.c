/* A bench whose operation allocates once. */
#include <perfbench.h>
#include <stdlib.h>

BENCH(pairs)
{
    while (bench_loop(b)) {
        void *p = malloc(40);
        bench_keep(p);
        free(p);
    }
}
