/* Tests and benchmarks that do what they must not, each caught in its own way. */
#include <perfbench.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(passes)
{
    bench_expect_int(b, "1 + 1", 2, 1 + 1);
}

TEST(fails_with_text)
{
    bench_expect_str(b, "one two", "one,two", "one;two");
}

TEST(fails_at_random)
{
    bench_expect_int(b, "a random number", 0, bench_random(b) >> 1);
}

TEST(exits)
{
    bench_keep(b);
    exit(0);
}

TEST(exits_in_a_child)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0)
        exit(7);
    waitpid(pid, &status, 0);
    bench_expect_int(b, "exit(7)", 7, WEXITSTATUS(status));
}

static void fails_below(struct bench *b, void *arg)
{
    bench_expect_int(b, "below", *(int *)arg, 2);
}

TEST(groups)
{
    int one = 1, two = 2;
    bench_run(b, "bad", fails_below, &one);
    bench_run(b, "good", fails_below, &two);
}

BENCH(never_loops)
{
    bench_keep(b);
}

BENCH(leaves_early)
{
    while (bench_loop(b))
        break;
}

static void stop_at_once(struct bench_thread *t, void *arg)
{
    (void)arg;
    if (t->index == 0)
        while (bench_thread_loop(t))
            break;
}

BENCH(threads_stop)
{
    bench_run_parallel(b, stop_at_once, NULL);
}

static void stop_later(struct bench_thread *t, void *arg)
{
    while (bench_thread_loop(t))
        if (t->i == *(uint64_t *)arg)
            break;
}

BENCH(one_thread_stops)
{
    uint64_t last = 500;
    bench_run_parallel(b, stop_later, &last);
}

BENCH(breaks_an_expectation)
{
    while (bench_loop(b))
        bench_expect_int(b, "iteration", 0, bench_i(b));
}

BENCH(reports)
{
    enum { BYTES = 1000 };
    bench_set_bytes(b, BYTES);
    while (bench_loop(b)) {
        bench_latency(b, 100 + bench_i(b) % 100);
        bench_keep(b);
    }
    bench_report_metric(b, "zebras/op", 2.5);
    bench_report_metric(b, "apples/op", 1234);
}
