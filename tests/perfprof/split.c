/*
 * A program that profiles itself: 70 % of its work is in mostly(), 30 % in hardly().
 *
 *     split FILE MS         a profile of MS milliseconds of work, to FILE
 *     split --serve PORT    work until standard input ends, and answer /debug/pprof/ meanwhile
 */
#include <perfprof.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

__attribute__((noinline)) static uint64_t mostly(uint64_t x)
{
    return steps(x, 70000) + 1;
}

__attribute__((noinline)) static uint64_t hardly(uint64_t x)
{
    return steps(x, 30000) + 1;
}

static uint64_t work(uint64_t x)
{
    bench_profile_label("step", "first");
    x = mostly(x);
    bench_profile_label("step", "second");
    return hardly(x);
}

static int serve(int port)
{
    port = bench_pprof_serve(port);
    if (port < 0) {
        fprintf(stderr, "%s\n", bench_profile_error());
        return 1;
    }
    printf("http://127.0.0.1:%d/debug/pprof/\n", port);
    fflush(stdout);
    struct pollfd in = {.fd = 0, .events = POLLIN};
    uint64_t x = 1;
    /* A signal of the profiler interrupts it now and then: that is no end of the input. */
    while (poll(&in, 1, 0) <= 0)
        x = work(x);
    bench_pprof_stop();
    return x == 42;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    if (strcmp(argv[1], "--serve") == 0)
        return serve(atoi(argv[2]));
    if (!bench_profile_start(argv[1])) {
        fprintf(stderr, "%s\n", bench_profile_error());
        return 1;
    }
    uint64_t x = 1;
    clock_t end = clock() + atol(argv[2]) * (CLOCKS_PER_SEC / 1000);
    while (clock() < end)
        x = work(x);
    if (!bench_profile_stop()) {
        fprintf(stderr, "%s\n", bench_profile_error());
        return 1;
    }
    return x == 42;
}
