#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "perfbench/core.h"
#include "perfbench/latency.h"

enum { SEED = 42 };

static void start(struct bench_core *core)
{
    bench_core_init(core, &bench_core_table, SEED, 0);
    core->b.digesting = true;
}

/* The digest of up to three strings, told one by one; NULL ends them. */
static uint64_t digest_of(const char *const parts[3])
{
    struct bench_core core;
    start(&core);
    for (int k = 0; k < 3 && parts[k]; k++)
        bench_digest(&core.b, parts[k], strlen(parts[k]));
    bench_core_fini(&core);
    return core.digest;
}

static void a_digest_knows_order_lengths_and_borders(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"ab", "c"}, {"a", "bc"},       {"abc"},       {"c", "ab"},   {""},
        {"", ""},    {"ab", "", "c"},   {NULL},        {"a"},         {"abcdefgh"},
        {"abcdefg"}, {"abcdefgh", "a"}, {"abcdefghi"}, {"abcdefgha"},
    };
    size_t n = sizeof rows / sizeof rows[0];
    for (size_t i = 0; i < n; i++) {
        assert_true(digest_of(rows[i]) == digest_of(rows[i]));
        for (size_t k = 0; k < i; k++)
            assert_true(digest_of(rows[i]) != digest_of(rows[k]));
    }
}

static void zeros_and_nothing_are_told_apart_by_a_digest(void **state)
{
    (void)state;
    static const char zeros[64];
    uint64_t seen[66];
    for (size_t n = 0; n < 66; n++) {
        struct bench_core core;
        start(&core);
        bench_digest(&core.b, n < 65 ? zeros : NULL, n < 65 ? n : 0);
        seen[n] = core.digest;
        for (size_t k = 0; k < n; k++)
            assert_true(seen[k] != seen[n]);
        bench_core_fini(&core);
    }
}

static void one_flipped_bit_changes_half_of_a_digest(void **state)
{
    (void)state;
    unsigned changed = 0;
    char text[] = "the quick brown fox jumps over i";
    uint64_t before = digest_of((const char *const[3]){text});
    for (unsigned bit = 0; bit < 256; bit++) {
        struct bench_core core;
        text[bit / 8] ^= (char)(1 << bit % 8);
        start(&core);
        bench_digest(&core.b, text, 32);
        changed += (unsigned)__builtin_popcountll(core.digest ^ before);
        text[bit / 8] ^= (char)(1 << bit % 8);
        bench_core_fini(&core);
    }
    assert_in_range(changed, 256 * 28, 256 * 36);
}

static void a_seed_gives_the_same_numbers_again(void **state)
{
    (void)state;
    struct bench_core one, two, other;
    bench_core_init(&one, &bench_core_table, SEED, 1);
    bench_core_init(&two, &bench_core_table, SEED, 1000);
    bench_core_init(&other, &bench_core_table, SEED + 1, 1);
    unsigned same = 0;
    for (int k = 0; k < 1000; k++) {
        uint64_t random = bench_random(&one.b);
        assert_true(random == bench_random(&two.b));
        same += random == bench_random(&other.b);
        assert_true(bench_random_below(&one.b, 7) < 7);
        bench_random(&two.b);
    }
    assert_int_equal(same, 0);
}

static void random_numbers_are_spread_evenly(void **state)
{
    (void)state;
    struct bench_core core;
    unsigned seen[10] = {0};
    bench_core_init(&core, &bench_core_table, 0, 0);
    for (int k = 0; k < 100000; k++)
        seen[bench_random_below(&core.b, 10)]++;
    for (int k = 0; k < 10; k++)
        assert_in_range(seen[k], 9600, 10400);
}

static void quantiles_are_within_one_percent(void **state)
{
    (void)state;
    static const uint64_t values[] = {0,
                                      1,
                                      7,
                                      100,
                                      127,
                                      128,
                                      129,
                                      1000,
                                      12345,
                                      99999999,
                                      123456789,
                                      987654321987,
                                      UINT64_MAX / 3,
                                      UINT64_MAX - 5,
                                      1ULL << 40};
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
        struct bench_latencies *l = bench_latencies_create();
        double value = (double)values[k];
        /* Neighbours on both sides, so that not the clamp to the extremes answers. */
        bench_latencies_add(l, 0);
        for (int i = 0; i < 10; i++)
            bench_latencies_add(l, values[k]);
        bench_latencies_add(l, UINT64_MAX);
        double got = bench_latencies_quantile(l, 0.5);
        assert_true(got >= value * 0.99 && got <= value * 1.01);
        bench_latencies_free(l);
    }
}

static void quantiles_of_one_to_ten_thousand(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    for (uint64_t ns = 10000; ns >= 1; ns--)
        bench_latency(&core.b, ns);
    bench_core_latency_metrics(&core);
    static const struct {
        const char *unit;
        double value;
    } rows[] = {{"p50-ns", 5000},
                {"p90-ns", 9000},
                {"p99-ns", 9900},
                {"p99.9-ns", 9990},
                {"max-ns", 10000}};
    assert_int_equal(core.n_metrics, 5);
    for (unsigned k = 0; k < 5; k++) {
        assert_string_equal(core.metrics[k].unit, rows[k].unit);
        assert_true(core.metrics[k].value >= rows[k].value * 0.99);
        assert_true(core.metrics[k].value <= rows[k].value * 1.01);
    }
    bench_core_latency_clear(&core);
    assert_int_equal(bench_latencies_count(core.latencies), 0);
    bench_core_fini(&core);
}

/* How a child that does `act` to the block ends: 0, or its signal. */
static int signal_of(void (*act)(volatile char *p, size_t n), volatile char *p, size_t n)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        /* A sanitizer would catch the signal and report it. */
        signal(SIGSEGV, SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){0});
        act(p, n);
        _exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void read_inside(volatile char *p, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (p[k] != 0)
            _exit(1);
}

static void write_last(volatile char *p, size_t n)
{
    p[n - 1] = 1;
}

static void read_behind(volatile char *p, size_t n)
{
    (void)p[n];
}

static void guarded_memory_faults_one_byte_behind_its_end(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 8, 4095, 4096, 4097, 100000};
    struct bench_core core;
    start(&core);
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        char *p = bench_guarded(&core.b, sizes[k]);
        assert_int_equal(signal_of(read_inside, p, sizes[k]), 0);
        assert_int_equal(signal_of(write_last, p, sizes[k]), 0);
        assert_int_equal(signal_of(read_behind, p, sizes[k]), SIGSEGV);
        bench_seal(&core.b, p);
        assert_int_equal(signal_of(read_inside, p, sizes[k]), 0);
        assert_int_equal(signal_of(write_last, p, sizes[k]), SIGSEGV);
    }
    assert_int_equal(signal_of(read_behind, bench_guarded(&core.b, 0), 0), SIGSEGV);
    assert_memory_equal(bench_input(&core.b, "input", 6), "input", 6);
    assert_int_equal(core.failures, 0);
    bench_core_fini(&core);
}

static void guarded_memory_refuses_what_it_cannot_do(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    assert_null(bench_guarded(&core.b, SIZE_MAX));
    assert_null(bench_guarded(&core.b, SIZE_MAX / 4));
    assert_int_equal(core.failures, 2);
    bench_seal(&core.b, &core);
    assert_int_equal(core.failures, 3);
    bench_core_fini(&core);
}

static void the_last_value_of_a_metric_counts(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    bench_report_metric(&core.b, "conns/op", 1);
    bench_report_metric(&core.b, "peak-B", 5);
    bench_report_metric(&core.b, "conns/op", 2);
    bench_set_bytes(&core.b, 77);
    assert_int_equal(core.n_metrics, 2);
    assert_string_equal(core.metrics[0].unit, "conns/op");
    assert_true(core.metrics[0].value == 2 && core.metrics[1].value == 5);
    assert_int_equal(core.bytes, 77);
    assert_int_equal(core.failures, 0);
    bench_core_fini(&core);
}

static void a_metric_that_cannot_be_printed_fails(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        double value;
    } rows[] = {{"", 1},    {NULL, 1},  {"two words", 1},
                {"x\n", 1}, {"x", NAN}, {"x", INFINITY}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct bench_core core;
        start(&core);
        bench_report_metric(&core.b, rows[k].unit, rows[k].value);
        assert_int_equal(core.n_metrics, 0);
        assert_int_equal(core.failures, 1);
        bench_core_fini(&core);
    }
    struct bench_core core;
    start(&core);
    for (int k = 0; k < BENCH_METRICS_MAX + 1; k++) {
        char unit[8];
        snprintf(unit, sizeof unit, "m%d", k);
        bench_report_metric(&core.b, unit, k);
    }
    assert_int_equal(core.n_metrics, BENCH_METRICS_MAX);
    assert_int_equal(core.failures, 1);
    bench_core_fini(&core);
}

static void the_first_failure_is_kept_with_its_place(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    assert_true(bench_expect_int(&core.b, "1 + 1", 2, 1 + 1));
    assert_true(bench_expect_str(&core.b, "nothing", NULL, NULL));
    assert_false(bench_expect_at(&core.b, "x.c", 12, false, "%s", "first"));
    assert_false(bench_expect_mem(&core.b, "second", "a", 1, "b", 1));
    assert_int_equal(core.failures, 2);
    assert_string_equal(core.failure, "x.c:12: first");
    bench_core_fini(&core);
}

static void a_failure_shows_the_bytes_around_the_difference(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    bench_expect_mem_at(&core.b, "x.c", 1, "two lines", "a\n\"b\"", BENCH_STRING,
                        "a\n\001b", BENCH_STRING);
    assert_string_equal(core.failure, "x.c:1: input:    two lines\n"
                                      "expected: \"a\\n\\\"b\\\"\" (5 bytes)\n"
                                      "got:      \"a\\n\\x01b\" (4 bytes)\n"
                                      "first difference at byte 2");
    bench_core_fini(&core);
}

static void a_host_without_a_loop_says_so(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    assert_false(bench_loop(&core.b));
    assert_non_null(strstr(core.failure, "bench_loop() is not supported by this host"));
    assert_true(bench_allocs_per_run(&core.b, NULL, NULL) < 0);
    assert_int_equal(core.failures, 2);
    bench_core_fini(&core);
}

static void a_stopped_timer_stands(void **state)
{
    (void)state;
    struct bench_core core;
    start(&core);
    bench_core_timer_begin(&core);
    bench_stop_timer(&core.b);
    uint64_t stopped = core.elapsed;
    bench_stop_timer(&core.b);
    assert_true(bench_core_timer_end(&core) == stopped);
    bench_core_timer_begin(&core);
    while (bench_core_now() == core.started)
        continue;
    bench_stop_timer(&core.b);
    assert_true(core.elapsed > 0);
    bench_reset_timer(&core.b);
    assert_true(bench_core_timer_end(&core) == 0);
    bench_core_fini(&core);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_knows_order_lengths_and_borders),
        cmocka_unit_test(zeros_and_nothing_are_told_apart_by_a_digest),
        cmocka_unit_test(one_flipped_bit_changes_half_of_a_digest),
        cmocka_unit_test(a_seed_gives_the_same_numbers_again),
        cmocka_unit_test(random_numbers_are_spread_evenly),
        cmocka_unit_test(quantiles_are_within_one_percent),
        cmocka_unit_test(quantiles_of_one_to_ten_thousand),
        cmocka_unit_test(guarded_memory_faults_one_byte_behind_its_end),
        cmocka_unit_test(guarded_memory_refuses_what_it_cannot_do),
        cmocka_unit_test(the_last_value_of_a_metric_counts),
        cmocka_unit_test(a_metric_that_cannot_be_printed_fails),
        cmocka_unit_test(the_first_failure_is_kept_with_its_place),
        cmocka_unit_test(a_failure_shows_the_bytes_around_the_difference),
        cmocka_unit_test(a_host_without_a_loop_says_so),
        cmocka_unit_test(a_stopped_timer_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
