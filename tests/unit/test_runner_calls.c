#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "fake_host.h"

struct heard {
    int done;
    struct pc_counts counts;
};

static void on_counts(void *ctx, const struct pc_counts *counts)
{
    struct heard *heard = ctx;
    heard->counts = *counts;
    heard->done++;
}

/* A host that counts what $m says, and `n` operations. */
#define COUNT(n) \
    "next; say ok host=count version=1; next; say ok; next; say metric name=$m; " \
    "say ok n=" #n " digest=ab; next; say ok leaked-B=0 leaked-allocs=0 threads-left=0"
#define ALLOCS "m='allocs/op min=2 max=4 mean=3'; "
#define WHEN_CALLS(then) "case $1 in --calls) " then " esac; "

static const struct {
    const char *rule, *script, *missing;
    double calls;
} calls_rows[] = {
    {"they are told apart from the rest",
     ALLOCS WHEN_CALLS("m='syscalls/op min=3 max=3 mean=3';;") COUNT(100), "", 3},
    {"a few operations are enough for them",
     ALLOCS WHEN_CALLS("m='syscalls/op min=3 max=3 mean=3'; " COUNT(7) "; exit;;")
         COUNT(100),
     "", 3},
    {"a machine that does not let them be counted tells the rest",
     WHEN_CALLS("next; say error text=no%20way; exit;;") ALLOCS COUNT(100), "no way", 0},
};

static void calls_have_a_run_of_their_own(void **state)
{
    struct fake *fake = *state;
    for (size_t i = 0; i < PC_COUNT(calls_rows); i++) {
        struct heard heard = {0};
        fake_script(fake, calls_rows[i].script);
        assert_non_null(pc_count_start(
            fake->loop, &fake->host, "join.so",
            &(struct pc_bench_spec){.bench = "join", .size = 9, .calls = true}, 100, 42,
            on_counts, &heard, NULL));
        fake_run(fake);
        const struct pc_counts *counts = &heard.counts;
        const struct pc_metric *calls = pc_metrics_find(&counts->metrics, "syscalls/op");
        if (heard.done != 1 || !counts->ran || counts->crash.ending != PC_ENDING_NONE ||
            !counts->agree || !pc_metrics_find(&counts->metrics, "allocs/op") ||
            strcmp(counts->missing, calls_rows[i].missing) != 0 ||
            (calls ? calls->mean : 0) != calls_rows[i].calls)
            fail_msg("%s: %d, \"%s\"", calls_rows[i].rule, counts->crash.ending,
                     counts->missing);
    }
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, fake_set_up, fake_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(calls_have_a_run_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
