#include <perfbench.h>
#include <time.h>

/* A server that answers within 2 us, but after every thousandth request it tidies up, for
 * 10 ms. */
static void serve(uint64_t number)
{
    uint64_t ns = number % 1000 == 999 ? 10000000 : 2000;
    struct timespec began, now;
    clock_gettime(CLOCK_MONOTONIC, &began);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((uint64_t)(now.tv_sec - began.tv_sec) * 1000000000 + (uint64_t)now.tv_nsec -
               (uint64_t)began.tv_nsec <
           ns);
}

BENCH(one_after_another)
{
    bench_pace(b, 0);
    while (bench_loop(b))
        serve(bench_i(b));
}

BENCH(as_users_come)
{
    bench_pace(b, 10000);
    while (bench_loop(b))
        serve(bench_i(b));
}
