#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "fake_host.h"

#define HELLO "next; say ok host=pair version=1; "
#define SETUP "next; say ok base-n=10 candidate-n=20 base-ns=100 candidate-ns=50; "
#define PAIRS \
    "next; sleep 0.016; say ok ratio=0.69 pairs=80 base-ns=100 candidate-ns=50 " \
    "base-digest=a1 candidate-digest=a1; "
#define END "next; say ok base-faults=1 candidate-faults=1; "
#define GOOD HELLO SETUP PAIRS END

/* What a job told its owner. */
struct heard {
    struct pc_pair_job *job;
    int restarts, enough;
    bool cancel; /* in the middle of a restart's callback */
    int done;
    struct pc_restart last;
    struct pc_pair_end end;
};

static bool on_restart(void *ctx, const struct pc_restart *restart)
{
    struct heard *heard = ctx;
    heard->last = *restart;
    heard->restarts++;
    if (heard->cancel)
        pc_pair_cancel(heard->job);
    return heard->restarts < heard->enough;
}

static void on_done(void *ctx, const struct pc_pair_end *end)
{
    struct heard *heard = ctx;
    heard->end = *end;
    heard->done++;
}

static const struct pc_pair_ops ops = {.restart = on_restart, .done = on_done};

static void start(struct fake *fake, struct heard *heard, uint64_t seed, int64_t budget_ms)
{
    struct pc_err err = {0};
    heard->job = pc_pair_start(fake->loop, &fake->host, "base.so", "candidate.so",
                               &(struct pc_bench_spec){.bench = "join", .size = 1000}, seed,
                               budget_ms, &ops, heard, &err);
    assert_string_equal(err.msg, "");
    assert_non_null(heard->job);
}

static const struct row {
    const char *rule, *script;
    enum pc_ending ending;
    const char *what; /* a part of the words, NULL: any */
    int64_t wall_ms;  /* 0: long enough */
    int tries;        /* what must happen at once may come late when others run; 0: one */
    int restarts;
    bool asleep, in_base, differs;
    int signal;
} rows[] = {
    {"all is well", GOOD, PC_ENDING_NONE, .what = "", .restarts = 2},
    {"notes are ignored", "next; say note a=b; say ok; " SETUP PAIRS END, PC_ENDING_NONE,
     .restarts = 2},
    {"silence is sleep", "exec sleep 100", PC_ENDING_TIME, .wall_ms = 200, .asleep = true},
    {"an endless loop is none", "while :; do :; done", PC_ENDING_TIME, .wall_ms = 400},
    {"a host must end", GOOD "exec sleep 100", PC_ENDING_TIME, .wall_ms = 1500,
     .asleep = true},
    {"garbage is refused", "next; say '%%%'; sleep 100", PC_ENDING_PROTOCOL,
     .what = "it answered with garbage: \"%%%\""},
    {"garbage cannot act on a terminal", "next; printf '\\033[2Jx y\\n' >&4; sleep 100",
     PC_ENDING_PROTOCOL, .what = "garbage: \"?[2Jx y\""},
    {"so are NULs", "next; printf 'ok\\000\\n' >&4; sleep 100", PC_ENDING_PROTOCOL,
     .what = "garbage"},
    {"and unknown answers", "next; say metric a=b; sleep 100", PC_ENDING_PROTOCOL,
     .what = "an answer that does not fit"},
    {"half a line is no answer", "next; printf ok >&4", PC_ENDING_EXIT, .what = ""},
    {"a line must end", "head -c 20000 /dev/zero | tr '\\0' x >&4; sleep 100",
     PC_ENDING_PROTOCOL, .what = "a line without an end"},
    {"answers cannot flood", "next; exec yes 'note a=b' >&4", PC_ENDING_PROTOCOL,
     .what = "it flooded its answers"},
    {"nor can output", "next; exec yes", PC_ENDING_OUTPUT, .what = ""},
    {"exit is no success", HELLO "exit 0", PC_ENDING_EXIT, .what = "exit status 0"},
    {"its last words count", "echo 'no memory' >&2; exit 7", PC_ENDING_EXIT,
     .what = "exit status 7: no memory"},
    {"a signal has a name", HELLO "kill -SEGV $$", PC_ENDING_CRASH,
     .what = "Segmentation fault", .signal = 11},
    {"a good bye is not repeated", GOOD "say ok; sleep 100", PC_ENDING_PROTOCOL,
     .what = "without being asked"},
    {"time must have passed",
     HELLO SETUP "next; sleep 0.016; say ok ratio=1 pairs=80 base-ns=1e9 candidate-ns=50",
     PC_ENDING_PROTOCOL, .what = "it claimed times that cannot be true"},
    {"a window is not answered at once",
     HELLO SETUP "next; say ok ratio=1 pairs=80 base-ns=100 candidate-ns=50",
     PC_ENDING_PROTOCOL, .what = "it claimed times that cannot be true", .tries = 20},
    {"times are positive",
     HELLO SETUP "next; sleep 0.016; say ok ratio=1 pairs=80 base-ns=-1 candidate-ns=50",
     PC_ENDING_PROTOCOL, .what = "it claimed times that cannot be true"},
    {"numbers are numbers",
     HELLO SETUP "next; say ok ratio=nan pairs=80 base-ns=1 candidate-ns=50; sleep 100",
     PC_ENDING_PROTOCOL, .what = "its timings cannot be read"},
    {"batches have sizes", HELLO "next; say ok; sleep 100", PC_ENDING_PROTOCOL,
     .what = "its batch sizes cannot be read"},
    {"the worker's end is the kernel's",
     HELLO "next; say ended worker=candidate status=3; sleep 100", PC_ENDING_EXIT,
     .what = "exit status 3"},
    {"processor time runs out in a worker",
     HELLO "next; say crash worker=candidate signal=24", PC_ENDING_TIME, .signal = 24},
    {"a failing baseline is ours", HELLO "next; say crash worker=base signal=8",
     PC_ENDING_CRASH, .in_base = true, .signal = 8},
    {"refusals give the reason", "next; say refused worker=candidate text=no%20bench",
     PC_ENDING_REFUSED, .what = "no bench"},
    {"errors too", "next; say error text=no%20memory", PC_ENDING_PROTOCOL,
     .what = "no memory"},
    {"a bench can fail", HELLO "next; say fail worker=candidate text=a%0Ab", PC_ENDING_NONE,
     .what = "a\nb", .differs = true},
    {"results can differ", HELLO SETUP "next; say differ iteration=7", PC_ENDING_NONE,
     .what = "iteration 7", .differs = true},
    {"digests can differ",
     HELLO SETUP "next; sleep 0.016; say ok ratio=1 pairs=9 base-ns=1 candidate-ns=1 "
                 "base-digest=1 candidate-digest=2; " END,
     PC_ENDING_NONE, .differs = true},
    {"too few pairs count for nothing",
     HELLO SETUP
     "next; sleep 0.016; say ok ratio=1 pairs=4 base-ns=100 candidate-ns=50; " END,
     PC_ENDING_TIME, .what = "too few operations"},
    {"what a host leaves is gone", "setsid -f sleep 100; sleep 100 & exit 4",
     PC_ENDING_EXIT, .what = "exit status 4"},
};

static bool is_as(const struct row *row, const struct heard *heard)
{
    const struct pc_crash *crash = &heard->end.crash;
    return heard->done == 1 && crash->ending == row->ending &&
           crash->asleep == row->asleep && crash->signal == row->signal &&
           heard->end.crash_in_base == row->in_base && heard->end.differs == row->differs &&
           heard->restarts == row->restarts &&
           (!row->what || strstr(crash->what, row->what));
}

static void check_row(const struct row *row, const struct heard *heard)
{
    const struct pc_crash *crash = &heard->end.crash;
    if (!is_as(row, heard))
        fail_msg("%s: ending %d, asleep %d, signal %d, differs %d, %d restarts, \"%s\"",
                 row->rule, crash->ending, crash->asleep, crash->signal, heard->end.differs,
                 heard->restarts, crash->what);
}

static void whatever_a_host_does_is_a_result(void **state)
{
    struct fake *fake = *state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct heard heard;
        int left = rows[i].tries;
        do {
            heard = (struct heard){.enough = 2};
            fake_script(fake, rows[i].script);
            fake->host.wall_ms = rows[i].wall_ms ? rows[i].wall_ms : 20000;
            start(fake, &heard, i, 60000);
            fake_run(fake);
        } while (!is_as(&rows[i], &heard) && --left > 0);
        check_row(&rows[i], &heard);
    }
}

/* Times that cannot be are believed to be a crowded machine's once, a cheat's twice. */
static void impossible_times_are_forgiven_once(void **state)
{
    struct fake *fake = *state;
    static const char refused[] =
        "next; say refused worker=candidate text=it%20claims%20less; exit 0; ";
    for (int times = 1; times <= 2; times++) {
        PC_AUTO(pc_auto_free) char *seen = pc_path_join(fake->host.work_dir, "seen");
        PC_AUTO(pc_auto_free) char *script =
            pc_strfmt("echo >>seen; n=$(wc -l <seen); " HELLO SETUP
                      "if [ $n -le %d ]; then %s fi; " PAIRS END,
                      times, refused);
        struct heard heard = {.enough = 2};
        fake_script(fake, script);
        start(fake, &heard, 1, 60000);
        fake_run(fake);
        assert_int_equal(heard.done, 1);
        assert_int_equal(heard.end.crash.ending,
                         times == 1 ? PC_ENDING_NONE : PC_ENDING_REFUSED);
        assert_int_equal(heard.restarts, times == 1 ? 2 : 0);
        assert_true(pc_file_remove_tree(seen, NULL));
    }
}

static void restarts_bring_their_numbers(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {.enough = 1};
    fake_script(fake, GOOD);
    start(fake, &heard, 1, 60000);
    fake_run(fake);
    assert_int_equal(heard.last.pairs, 80);
    assert_true(heard.last.log_ratio == 0.69);
    assert_true(heard.last.base_ns == 100 && heard.last.candidate_ns == 50);
    assert_false(heard.end.out_of_time);
    assert_true(heard.end.wall_ns > 0);
    assert_true(heard.end.busy >= 0);
}

static void crashes_bring_their_frames(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {.enough = 1};
    fake_script(fake, HELLO
                "next; say crash worker=candidate signal=11 address=5010 frames=1a2,3b");
    start(fake, &heard, 1, 60000);
    fake_run(fake);
    const struct pc_crash *crash = &heard.end.crash;
    assert_string_equal(crash->what, "Segmentation fault at address 0x5010");
    assert_string_equal(crash->during, "join");
    assert_string_equal(pc_path_base(crash->object), "candidate.so");
    assert_int_equal(crash->n_frames, 2);
    assert_int_equal(crash->frames[0], 0x1a2);
    assert_int_equal(crash->frames[1], 0x3b);
}

static void the_budget_ends_a_job_after_its_restart(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {.enough = 1000};
    fake_script(fake, GOOD);
    start(fake, &heard, 1, 1);
    fake_run(fake);
    assert_int_equal(heard.restarts, 1);
    assert_true(heard.end.out_of_time);
    assert_int_equal(heard.end.crash.ending, PC_ENDING_NONE);
}

/* Restarts write down how they were started. */
static char *circumstances(struct fake *fake, uint64_t seed)
{
    PC_AUTO(pc_auto_free) char *log = pc_path_join(fake->host.work_dir, "log");
    struct heard heard = {.enough = 6};
    fake_script(fake,
                "echo \"$* ${#PERFCOURSE_PAD}\" >>log; " HELLO
                "next; echo \"$order\" >>log; say ok base-n=1 candidate-n=1; " PAIRS END);
    start(fake, &heard, seed, 60000);
    fake_run(fake);
    assert_int_equal(heard.restarts, 6);
    char *text = pc_file_read(log, 100000, NULL, NULL);
    assert_true(pc_file_remove_tree(log, NULL));
    return text;
}

static void circumstances_are_drawn_from_the_seed(void **state)
{
    PC_AUTO(pc_auto_free) char *one = circumstances(*state, 1);
    PC_AUTO(pc_auto_free) char *again = circumstances(*state, 1);
    PC_AUTO(pc_auto_free) char *other = circumstances(*state, 2);
    assert_string_equal(one, again);
    assert_string_not_equal(one, other);
    const char *swap = strstr(one, " --swap ");
    assert_non_null(swap);
    assert_non_null(strstr(one, "setup name=join size=1000 seed="));
    size_t lines = 0, swaps = 0;
    for (const char *line = one; (line = strstr(line, "pair --cpu=")); line++)
        lines++;
    for (const char *line = one; (line = strstr(line, " --swap ")); line++)
        swaps++;
    assert_int_equal(lines, 6);
    assert_in_range(swaps, 1, 5);
}

static void cancel(void *ctx)
{
    struct heard *heard = ctx;
    pc_pair_cancel(heard->job);
}

static void a_cancelled_job_is_silent_and_gone(void **state)
{
    struct fake *fake = *state;
    fake_script(fake, "next; say ok; setsid -f sleep 100; exec sleep 100");
    struct heard at_once = {0}, later = {0};
    start(fake, &at_once, 1, 60000);
    pc_pair_cancel(at_once.job);
    pc_pair_cancel(NULL);
    start(fake, &later, 1, 60000);
    struct pc_timer *timer = pc_timer_start(fake->loop, 30, cancel, &later);
    fake_run(fake);
    pc_timer_free(timer);
    assert_int_equal(at_once.done + later.done, 0);
}

static void a_job_may_be_cancelled_by_its_own_restart(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {.enough = 10, .cancel = true};
    fake_script(fake, GOOD);
    start(fake, &heard, 1, 60000);
    fake_run(fake);
    assert_int_equal(heard.restarts, 1);
    assert_int_equal(heard.done, 0);
}

static void a_missing_host_is_an_error(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {0};
    struct pc_err err = {0};
    fake->host.libexec = "/no";
    assert_null(pc_pair_start(fake->loop, &fake->host, "a", "b",
                              &(struct pc_bench_spec){.bench = "", .size = 0}, 1, 1, &ops,
                              &heard, &err));
    assert_string_equal(err.msg,
                        "cannot start /no/perfcourse-run: No such file or directory");
    assert_int_equal(err.code, PC_ENVIRONMENT);
    fake_run(fake);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, fake_set_up, fake_tear_down)

static void a_candidate_alone_is_timed_without_a_baseline(void **state)
{
    struct fake *fake = *state;
    struct heard heard = {.enough = 2};
    struct pc_err err = {0};
    fake_script(fake, "case \"$*\" in 'solo '*candidate.so) ;; *) exit 2 ;; esac\n"
                      "next; say ok host=solo version=1; "
                      "next; say ok candidate-n=20 candidate-ns=50; "
                      "next; sleep 0.016; "
                      "say ok ratio=0 pairs=80 candidate-ns=50 candidate-digest=0; "
                      "next; say ok candidate-faults=1");
    heard.job = pc_pair_start(fake->loop, &fake->host, NULL, "candidate.so",
                              &(struct pc_bench_spec){.bench = "join", .size = 1000}, 1,
                              20000, &ops, &heard, &err);
    assert_string_equal(err.msg, "");
    fake_run(fake);
    assert_int_equal(heard.done, 1);
    assert_string_equal(heard.end.crash.what, "");
    assert_int_equal(heard.restarts, 2);
    assert_true(heard.last.candidate_ns == 50 && heard.last.base_ns == 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(whatever_a_host_does_is_a_result),
        RULE(impossible_times_are_forgiven_once),
        RULE(restarts_bring_their_numbers),
        RULE(crashes_bring_their_frames),
        RULE(the_budget_ends_a_job_after_its_restart),
        RULE(circumstances_are_drawn_from_the_seed),
        RULE(a_cancelled_job_is_silent_and_gone),
        RULE(a_job_may_be_cancelled_by_its_own_restart),
        RULE(a_candidate_alone_is_timed_without_a_baseline),
        RULE(a_missing_host_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
