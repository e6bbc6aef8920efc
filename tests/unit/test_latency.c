#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "perfbench/core.h"
#include "perfbench/latency.h"

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* From a nanosecond to seconds and beyond. */
static void every_value_is_kept_within_one_percent(void **state)
{
    (void)state;
    struct bench_latencies *l = bench_latencies_create();
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    for (uint64_t decade = 1; decade <= 1000000000000; decade *= 10)
        for (int k = 0; k < 500; k++) {
            uint64_t value = decade + pc_rng_below(&rng, 9 * decade);
            bench_latencies_clear(l);
            /* Neighbours on both sides, so that the ends do not help. */
            bench_latencies_add(l, 0);
            bench_latencies_add(l, value);
            bench_latencies_add(l, UINT64_MAX);
            double got = bench_latencies_quantile(l, 0.5);
            if (!(fabs(got - (double)value) <= 0.01 * (double)value))
                fail_msg("%.17g instead of %llu", got, (unsigned long long)value);
            assert_true(value >= 128 || got == (double)value);
        }
    bench_latencies_free(l);
}

/* Nine decades in one histogram, against sorting. */
static void quantiles_are_those_of_the_sorted_values(void **state)
{
    (void)state;
    enum { N = 20000 };
    static const double shares[] = {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1};
    static uint64_t values[N];
    struct bench_latencies *l = bench_latencies_create();
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pc_rng rng;
        pc_rng_init(&rng, seed);
        bench_latencies_clear(l);
        for (size_t i = 0; i < N; i++) {
            uint64_t decade = 1;
            for (uint64_t k = pc_rng_below(&rng, 9); k > 0; k--)
                decade *= 10;
            values[i] = decade + pc_rng_below(&rng, 9 * decade);
            bench_latencies_add(l, values[i]);
        }
        qsort(values, N, sizeof *values, by_value);
        for (size_t k = 0; k < PC_COUNT(shares); k++) {
            double want = (double)values[(size_t)ceil(shares[k] * N - 1e-9) - 1];
            double got = bench_latencies_quantile(l, shares[k]);
            if (!(fabs(got - want) <= 0.01 * want))
                fail_msg("share %g: %.17g instead of %.17g", shares[k], got, want);
        }
        assert_true(bench_latencies_max(l) == values[N - 1]);
    }
    bench_latencies_free(l);
}

static void merged_histograms_are_that_of_all_values(void **state)
{
    (void)state;
    struct bench_latencies *parts[3], *all = bench_latencies_create();
    for (size_t k = 0; k < 3; k++)
        parts[k] = bench_latencies_create();
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (size_t i = 0; i < 9000; i++) {
        uint64_t value = 1 + pc_rng_below(&rng, 1 << (1 + i % 30));
        bench_latencies_add(parts[i % 2], value); /* the third stays empty */
        bench_latencies_add(all, value);
    }
    bench_latencies_merge(parts[2], parts[0]);
    bench_latencies_merge(parts[2], parts[1]);
    assert_memory_equal(parts[2], all, sizeof *all);
    struct bench_latencies *empty = bench_latencies_create();
    bench_latencies_merge(parts[2], empty);
    assert_memory_equal(parts[2], all, sizeof *all);
    double total = bench_latencies_total(all),
           parts_total = bench_latencies_total(parts[0]) + bench_latencies_total(parts[1]);
    assert_true(fabs(total - parts_total) <= 1e-6 * total);
    for (size_t k = 0; k < 3; k++)
        bench_latencies_free(parts[k]);
    bench_latencies_free(empty);
    bench_latencies_free(all);
}

static void an_empty_histogram_has_zero_quantiles(void **state)
{
    (void)state;
    struct bench_latencies *l = bench_latencies_create();
    assert_true(bench_latencies_quantile(l, 0.99) == 0);
    assert_true(bench_latencies_max(l) == 0 && bench_latencies_total(l) == 0);
    bench_latencies_free(l);
    bench_latencies_free(NULL);
    bench_latencies_clear(NULL);
}

static void a_rate_is_checked(void **state)
{
    (void)state;
    static const struct {
        double rate;
        bool good;
        uint64_t gap;
    } rows[] = {{0, true, 0},         {1000, true, 1000000},
                {3, true, 333333333}, {1e9, true, 1},
                {2e9, false, 0},      {-1, false, 0},
                {NAN, false, 0},      {INFINITY, false, 0},
                {1e-9, false, 0},     {1.0 / 60, true, 60000000000}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bench_pacer pacer = {0};
        assert_int_equal(bench_pacer_set(&pacer, rows[i].rate), rows[i].good);
        assert_int_equal(pacer.on, rows[i].good);
        assert_true(pacer.gap == rows[i].gap);
    }
}

/* A host with a fixed number of iterations, to look at what the pacer tells. */
struct loop {
    struct bench_core core;
    struct bench_host table;
};

static bool next(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    if (bench_pacer_next(core))
        return true;
    if (b->i > 0)
        return false;
    b->i = 1;
    b->end = 10;
    bench_pacer_begin(core, 10);
    return true;
}

static void start(struct loop *loop, double rate)
{
    loop->table = bench_core_table;
    loop->table.next = next;
    bench_core_init(&loop->core, &loop->table, 1, 0);
    bench_pace(&loop->core.b, rate);
}

/* Every operation is due 2 ms after the one before; the third takes 7 ms, so that the next
 * three begin late, by 5, 3 and 1 ms, and that is in their latencies. */
static void what_waits_for_a_slow_operation_is_slow_too(void **state)
{
    (void)state;
    static const double at_least[] = {0, 0, 7e6, 5e6, 3e6, 1e6, 0, 0, 0, 0};
    struct loop loop;
    start(&loop, 500);
    struct bench *b = &loop.core.b;
    uint64_t due = 0;
    for (size_t k = 0; bench_loop(b); k++) {
        assert_int_equal(bench_i(b), k);
        /* Due times do not depend on how long operations take, only on the first one. */
        due = k == 0 ? loop.core.pacer.due : due + 2000000;
        assert_true(loop.core.pacer.due == due);
        uint64_t now = bench_core_now();
        assert_true(now >= due && (double)(now - due) >= (k == 2 ? 0 : at_least[k]));
        if (k == 2)
            bench_pacer_wait(due + 7000000);
    }
    assert_int_equal(bench_latencies_count(loop.core.latencies), 10);
    assert_true(bench_latencies_max(loop.core.latencies) >= 7000000);
    assert_true(bench_latencies_quantile(loop.core.latencies, 0.7) >= 1e6 * 0.99);
    bench_core_fini(&loop.core);
}

/* The same operations one after another: only one of them is slow. */
static void without_a_rate_nobody_waits(void **state)
{
    (void)state;
    struct loop loop;
    start(&loop, 0);
    struct bench *b = &loop.core.b;
    for (size_t k = 0; bench_loop(b); k++)
        if (k == 2)
            bench_pacer_wait(bench_core_now() + 7000000);
    assert_int_equal(bench_latencies_count(loop.core.latencies), 10);
    assert_true(bench_latencies_max(loop.core.latencies) >= 7000000);
    assert_true(loop.core.pacer.waited == 0);
    bench_core_fini(&loop.core);
}

static void a_rate_comes_before_the_loop(void **state)
{
    (void)state;
    struct loop loop;
    start(&loop, 0);
    while (bench_loop(&loop.core.b))
        bench_pace(&loop.core.b, 5);
    assert_non_null(strstr(loop.core.failure, "bench_pace() comes before bench_loop()"));
    bench_core_fini(&loop.core);
    start(&loop, -5);
    assert_non_null(strstr(loop.core.failure, "bench_pace(-5): a rate is at most 1e9"));
    bench_core_fini(&loop.core);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_kept_within_one_percent),
        cmocka_unit_test(quantiles_are_those_of_the_sorted_values),
        cmocka_unit_test(merged_histograms_are_that_of_all_values),
        cmocka_unit_test(an_empty_histogram_has_zero_quantiles),
        cmocka_unit_test(a_rate_is_checked),
        cmocka_unit_test(what_waits_for_a_slow_operation_is_slow_too),
        cmocka_unit_test(without_a_rate_nobody_waits),
        cmocka_unit_test(a_rate_comes_before_the_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
