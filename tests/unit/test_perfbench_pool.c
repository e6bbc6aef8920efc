#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "perfbench/core.h"

enum { SEED = 42 };

static void unsealed_memory_can_be_written_again(void **state)
{
    (void)state;
    struct bench_core core;
    bench_core_init(&core, &bench_core_table, SEED, 0);
    char *p = bench_guarded(&core.b, 100);
    bench_seal(&core.b, p);
    bench_unseal(&core.b, p);
    p[99] = 1; /* or this test crashes */
    assert_int_equal(core.failures, 0);
    bench_unseal(&core.b, &core);
    assert_int_equal(core.failures, 1);
    bench_core_fini(&core);
}

static void make_number(struct bench *b, void *arg, size_t k)
{
    ((uint64_t *)arg)[k] = bench_random(b);
}

/* A place depends on the seed, the set and its number, not on which others are made. */
static void inputs_are_made_anew_for_each_set(void **state)
{
    (void)state;
    enum { PLACES = 5 };
    uint64_t all[PLACES], some[PLACES] = {0}, other[PLACES], first[PLACES];
    struct bench_core core, twin;
    bench_core_init(&core, &bench_core_table, SEED, 0);
    bench_core_init(&twin, &bench_core_table, SEED, 0);
    bench_pool(&core.b, PLACES, make_number, all);
    memcpy(first, all, sizeof all);
    bench_core_renew(&core, 7, 0, 100);
    bench_pool(&twin.b, PLACES, make_number, some);
    assert_memory_equal(some, first, sizeof first);
    memset(some, 0, sizeof some);
    bench_core_renew(&twin, 7, 8, 3); /* places 3, 4, 0 */
    const uint64_t want[PLACES] = {all[0], 0, 0, all[3], all[4]};
    assert_memory_equal(some, want, sizeof want);
    memcpy(other, all, sizeof all);
    bench_core_renew(&core, 8, 0, PLACES);
    for (int k = 0; k < PLACES; k++) {
        assert_true(all[k] != other[k] && all[k] != first[k]);
        assert_true(all[k] != all[(k + 1) % PLACES]);
    }
    /* The bench's own sequence has not noticed. */
    assert_true(bench_random(&core.b) == bench_random(&twin.b));
    bench_core_fini(&core);
    bench_core_fini(&twin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsealed_memory_can_be_written_again),
        cmocka_unit_test(inputs_are_made_anew_for_each_set),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
