#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "fake_host.h"

/* Results are looked at while they are there: in `done`. */
struct heard {
    int done;
    void (*check)(const struct pc_tests *tests);
    const struct row *row;
    struct pc_tests_job *tests_job;
    struct pc_counts counts;
    struct pc_program_job *program_job;
    struct pc_str out, err;
    int status;
    struct pc_crash crash;
};

struct row {
    const char *rule, *script;
    enum pc_ending ending;
    const char *what, *during;
    size_t n, failed;
    int64_t wall_ms;
    uint64_t memory;
};

#define BEGIN "next; say run name=one; "
#define TWO BEGIN "say pass name=one; say run name=two; "
#define OK(n, failed) "say ok n=" #n " failed=" #failed " token=${order#*token=}; "
#define REPORT(text) "printf '" text "\\n' \"$program\" >&2; exit 66"

static const struct row test_rows[] = {
    {"all is well", TWO "say pass name=two; " OK(2, 0), PC_ENDING_NONE, .n = 2},
    {"a failure is counted",
     TWO "say failure name=two text=test.c:7:%20no; " OK(2, 1) "exit 1", PC_ENDING_NONE,
     .n = 2, .failed = 1},
    {"a token cannot be guessed", BEGIN "say pass name=one; say ok n=1 failed=0 token=1",
     PC_ENDING_PROTOCOL, .what = "an end of the tests that is not theirs"},
    {"nor left out", BEGIN "say pass name=one; say ok n=1 failed=0", PC_ENDING_PROTOCOL,
     .what = ""},
    {"every test has a result", TWO OK(2, 0), PC_ENDING_PROTOCOL, .what = ""},
    {"failures are not forgotten", TWO "say failure name=two text=x; " OK(2, 0),
     PC_ENDING_PROTOCOL, .what = ""},
    {"a test has a name", "next; say run; sleep 100", PC_ENDING_PROTOCOL, .what = ""},
    {"exit is no success", TWO "exit 0", PC_ENDING_EXIT, .what = "exit status 0",
     .during = "two"},
    {"a sanitizer's status alone is none", BEGIN "exit 66", PC_ENDING_EXIT,
     .what = "exit status 66", .during = "one"},
    {"a report says what happened",
     BEGIN REPORT("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x60\\n"
                  "READ of size 8 at 0x60 thread T0\\n    #0 0x55  (%s+0x2a)\\n"),
     PC_ENDING_SANITIZER, .what = "heap-use-after-free: READ of size 8", .during = "one"},
    {"also when the tests had passed",
     BEGIN "say pass name=one; " OK(1, 0)
         REPORT("==1==ERROR: AddressSanitizer: attempting double-free on 0x60\\n"
                "    #0 0x55  (%s+0x2a)\\n"),
     PC_ENDING_SANITIZER, .what = "double-free", .during = "exit()"},
    {"a report that is only printed is output",
     BEGIN "say pass name=one; echo ERROR: AddressSanitizer: x >&2; " OK(1, 0),
     PC_ENDING_NONE, .n = 1},
    {"a signal has a name", BEGIN "kill -ABRT $$", PC_ENDING_CRASH, .what = "Aborted",
     .during = "one"},
    {"sleep is told from work", BEGIN "exec sleep 100", PC_ENDING_TIME, .during = "one",
     .wall_ms = 600},
    {"memory in use is limited", BEGIN "exec tail /dev/zero", PC_ENDING_MEMORY,
     .during = "one", .memory = 48 << 20},
    {"output is limited", BEGIN "exec yes", PC_ENDING_OUTPUT, .during = "one"},
    {"benches' ends are not for tests", BEGIN "say fail text=x", PC_ENDING_PROTOCOL,
     .what = ""},
};

static void check_tests(void *ctx, const struct pc_tests *tests)
{
    struct heard *heard = ctx;
    heard->done++;
    if (heard->check)
        heard->check(tests);
    const struct row *row = heard->row;
    if (!row)
        return;
    const struct pc_crash *crash = &tests->crash;
    bool fine = crash->ending == row->ending && tests->seed == 42 &&
                tests->ran == (row->ending == PC_ENDING_NONE) &&
                (!tests->ran || (tests->n == row->n && tests->failed == row->failed)) &&
                (!row->what || strstr(crash->what, row->what)) &&
                (!row->during || strcmp(crash->during, row->during) == 0);
    if (!fine)
        fail_msg("%s: ending %d, n %zu, failed %zu, \"%s\" during \"%s\"", row->rule,
                 crash->ending, tests->n, tests->failed, crash->what, crash->during);
}

static void start_tests(struct fake *fake, struct heard *heard, const char *script)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("[ \"$1$4\" = exec--wire ] || exit 99\nprogram=$3\n%s", script);
    fake_script(fake, text);
    struct pc_err err = {0};
    heard->tests_job =
        pc_tests_start(fake->loop, &fake->host, "join", 42, check_tests, heard, &err);
    assert_string_equal(err.msg, "");
}

static void whatever_a_test_program_does_is_a_result(void **state)
{
    struct fake *fake = *state;
    for (size_t i = 0; i < PC_COUNT(test_rows); i++) {
        const struct row *row = &test_rows[i];
        struct heard heard = {.row = row};
        fake->host.wall_ms = row->wall_ms ? row->wall_ms : 20000;
        fake->host.memory = row->memory;
        start_tests(fake, &heard, row->script);
        fake_run(fake);
        assert_int_equal(heard.done, 1);
    }
}

static void check_failure(const struct pc_tests *tests)
{
    assert_int_equal(tests->n_items, 1);
    assert_string_equal(tests->items[0].test, "two");
    assert_string_equal(tests->items[0].text, "input \"a\"\nexpected 1, got ?");
    assert_string_equal(tests->items[0].place.file, "test.c");
    assert_int_equal(tests->items[0].place.line, 17);
    assert_string_equal(tests->output, "?[1mbold\nerror\n");
    assert_true(tests->wall_ns > 0);
}

static void a_failure_brings_its_text_and_place(void **state)
{
    struct heard heard = {.check = check_failure};
    start_tests(*state, &heard,
                TWO "printf '\\033[1mbold\\n'; echo error >&2; say "
                    "'failure name=two text=test.c:17:%20input%20\"a\"%0A"
                    "expected%201,%20got%20%1B'; " OK(2, 1));
    fake_run(*state);
    assert_int_equal(heard.done, 1);
}

static void check_frames(const struct pc_tests *tests)
{
    assert_int_equal(tests->crash.n_frames, 1);
    assert_int_equal(tests->crash.frames[0], 0x2a);
    assert_string_equal(pc_path_base(tests->crash.object), "join");
}

static void frames_belong_to_the_program(void **state)
{
    struct heard heard = {.check = check_frames};
    start_tests(*state, &heard,
                BEGIN REPORT("==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0\\n"
                             "    #0 0x1  (/lib/libc.so.6+0x1)\\n    #1 0x55  (%s+0x2a)"));
    fake_run(*state);
    assert_int_equal(heard.done, 1);
}

static void check_surroundings(const struct pc_tests *tests)
{
    assert_string_equal(tests->output, "work\n0\nsymbolize=0\nsymbolize=0\n");
}

static void a_program_starts_in_a_clean_place(void **state)
{
    struct heard heard = {.check = check_surroundings};
    setenv("PC_SECRET", "1", 1);
    start_tests(*state, &heard,
                "basename \"$(pwd)\"; env | grep -cE '^(HOME|USER|PC_SECRET)='; "
                "echo \"$ASAN_OPTIONS\" | grep -o symbolize=0; "
                "echo \"$UBSAN_OPTIONS\" | grep -o symbolize=0; exit 1");
    fake_run(*state);
    assert_int_equal(heard.done, 1);
}

static void on_counts(void *ctx, const struct pc_counts *counts)
{
    struct heard *heard = ctx;
    heard->counts = *counts;
    heard->done++;
}

#define LIST \
    "if [ \"$order\" = list ]; then say entry kind=test name=t; " \
    "say entry kind=bench name=join; say ok n=2; next; fi; "
#define COUNT_TO_OPS \
    "next; say ok host=count version=1; next; " LIST "seed=${order#*seed=}; say ok; "
#define METRIC "next; say metric name=allocs/op min=2 max=4 mean=3; "
#define SITE "say site address=1f0 object=kernel allocs=250 bytes=64; "
#define COUNT_END \
    "say ok n=100 digest=ab; next; say ok leaked-B=8 leaked-allocs=1 threads-left=0"

static const struct {
    const char *rule, *script;
    enum pc_ending ending;
    bool agree;
} count_rows[] = {
    {"equal counts agree", COUNT_TO_OPS METRIC SITE COUNT_END, PC_ENDING_NONE, true},
    {"others do not",
     COUNT_TO_OPS METRIC "say metric name=B/op min=1 max=$$ mean=1; " COUNT_END,
     PC_ENDING_NONE, false},
    {"other metrics do not",
     COUNT_TO_OPS METRIC "say metric name=x$$ min=1 max=1 mean=1; " COUNT_END,
     PC_ENDING_NONE, false},
    {"a metric comes once",
     COUNT_TO_OPS METRIC "say metric name=allocs/op min=2 max=4 mean=3; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"it has three numbers", COUNT_TO_OPS "next; say metric name=x min=1 max=2; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"the least is least",
     COUNT_TO_OPS "next; say metric name=x min=3 max=2 mean=2; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"of several benches one must be named",
     "next; say ok; next; say entry kind=bench name=a; say entry kind=bench name=b; say "
     "ok; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"metrics are not due before", "next; say metric name=x min=1 max=2 mean=2; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"as many operations as asked for", COUNT_TO_OPS METRIC "say ok n=7; sleep 100",
     PC_ENDING_PROTOCOL, false},
    {"a crash ends it", COUNT_TO_OPS "next; say crash signal=11 address=0 frames=1f0",
     PC_ENDING_CRASH, false},
    {"a failing bench ends it", COUNT_TO_OPS "next; say fail text=no", PC_ENDING_PROTOCOL,
     false},
    {"exit is no success", COUNT_TO_OPS "exit 0", PC_ENDING_EXIT, false},
};

static struct pc_count_job *start_count(struct fake *fake, struct heard *heard,
                                        const char *script)
{
    fake_script(fake, script);
    return pc_count_start(fake->loop, &fake->host, "join.so",
                          &(struct pc_bench_spec){.bench = "", .size = 1000}, 100, 42,
                          on_counts, heard, NULL);
}

static void counts_are_taken_twice_and_compared(void **state)
{
    for (size_t i = 0; i < PC_COUNT(count_rows); i++) {
        struct heard heard = {0};
        assert_non_null(start_count(*state, &heard, count_rows[i].script));
        fake_run(*state);
        const struct pc_counts *counts = &heard.counts;
        bool well = count_rows[i].ending == PC_ENDING_NONE;
        if (heard.done != 1 || counts->crash.ending != count_rows[i].ending ||
            counts->ran != well || (well && counts->agree != count_rows[i].agree))
            fail_msg("%s: ending %d, agree %d, \"%s\"", count_rows[i].rule,
                     counts->crash.ending, counts->agree, counts->crash.what);
    }
}

static void counts_bring_their_numbers(void **state)
{
    struct heard heard = {0};
    start_count(*state, &heard, count_rows[0].script);
    fake_run(*state);
    const struct pc_metric *metric = pc_metrics_find(&heard.counts.metrics, "allocs/op");
    assert_true(metric && metric->min == 2 && metric->max == 4 && metric->mean == 3);
    assert_int_equal(heard.counts.leaked_bytes, 8);
    assert_int_equal(heard.counts.leaked_allocs, 1);
    assert_int_equal(heard.counts.n_sites, 1);
    assert_int_equal(heard.counts.sites[0].address, 0x1f0);
    assert_true(heard.counts.sites[0].allocs == 2.5);
}

static void on_output(void *ctx, bool is_stderr, const char *data, size_t n)
{
    struct heard *heard = ctx;
    pc_str_add(is_stderr ? &heard->err : &heard->out, data, n);
    if (heard->program_job && memchr(data, '!', n))
        pc_program_cancel(heard->program_job);
}

static void on_end(void *ctx, int status, const struct pc_crash *crash)
{
    struct heard *heard = ctx;
    heard->status = status;
    heard->crash = *crash;
    heard->done++;
}

static struct pc_program_job *start_program(struct fake *fake, struct heard *heard,
                                            const char *script)
{
    static const struct pc_program_ops ops = {.data = on_output, .done = on_end};
    static const char *const argv[] = {"/bin/join", "--bench=.", "a b", NULL};
    fake_script(fake, script);
    return pc_program_start(fake->loop, &fake->host, argv, &ops, heard, NULL);
}

static void a_program_gets_its_arguments_and_is_heard(void **state)
{
    struct heard heard = {0};
    start_program(*state, &heard, "shift 2; printf '%s.' \"$@\"; echo oh >&2; exit 3");
    fake_run(*state);
    assert_string_equal(pc_str_get(&heard.out), "/bin/join.--bench=..a b.");
    assert_string_equal(pc_str_get(&heard.err), "oh\n");
    assert_int_equal(heard.status, 3);
    assert_int_equal(heard.crash.ending, PC_ENDING_NONE);
    pc_str_fini(&heard.out);
    pc_str_fini(&heard.err);
}

static void a_program_that_crashes_is_a_result(void **state)
{
    struct heard heard = {0};
    start_program(*state, &heard, "kill -SEGV $$");
    fake_run(*state);
    assert_int_equal(heard.crash.ending, PC_ENDING_CRASH);
    assert_string_equal(heard.crash.what, "Segmentation fault");
}

static void cancelled_jobs_are_silent_and_gone(void **state)
{
    static const char asleep[] = "echo '!'; setsid -f sleep 100; exec sleep 100";
    struct heard tests = {0}, count = {0}, program = {0};
    start_tests(*state, &tests, asleep);
    pc_tests_cancel(tests.tests_job);
    pc_count_cancel(start_count(*state, &count, asleep));
    program.program_job = start_program(*state, &program, asleep);
    pc_tests_cancel(NULL);
    pc_count_cancel(NULL);
    pc_program_cancel(NULL);
    fake_run(*state);
    assert_int_equal(tests.done + count.done + program.done, 0);
    assert_string_equal(pc_str_get(&program.out), "!\n");
    pc_str_fini(&program.out);
}

static void a_missing_host_is_an_error(void **state)
{
    struct fake *fake = *state;
    fake->host.libexec = "/no";
    struct heard heard = {0};
    struct pc_err err = {0};
    assert_null(pc_tests_start(fake->loop, &fake->host, "a", 1, check_tests, &heard, &err));
    assert_string_equal(err.msg,
                        "cannot start /no/perfcourse-run: No such file or directory");
    assert_null(start_count(fake, &heard, ""));
    assert_null(start_program(fake, &heard, ""));
    fake_run(fake);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, fake_set_up, fake_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(whatever_a_test_program_does_is_a_result),
        RULE(a_failure_brings_its_text_and_place),
        RULE(frames_belong_to_the_program),
        RULE(a_program_starts_in_a_clean_place),
        RULE(counts_are_taken_twice_and_compared),
        RULE(counts_bring_their_numbers),
        RULE(a_program_gets_its_arguments_and_is_heard),
        RULE(a_program_that_crashes_is_a_result),
        RULE(cancelled_jobs_are_silent_and_gone),
        RULE(a_missing_host_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
