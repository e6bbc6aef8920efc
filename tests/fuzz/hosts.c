/*
 * The parent side of the hosts (runner/): whatever a host answers, a job ends once, with a
 * result that can be shown.
 *
 * The input is what the host does.  Its first byte chooses the job; then each line is an
 * answer, '@' at its end standing for the token of the tests, or begins with '!':
 *
 *     !out TEXT, !err TEXT    it prints
 *     !exit N, !signal N      it ends, and so it does at the end of the input
 *     !wall, !flood           it is ended
 *     !after MS               so much time goes by; before each answer it is a millisecond
 *
 * No process is started: the loop's children and the clock are those below.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "fuzz.h"
#include "loop/child.h"
#include "runner/runner.h"

/* The one child there is, and the input that drives it. */
struct pc_child {
    const struct pc_child_ops *ops;
    void *ctx;
    bool killed, orders_ended;
    char token[32];
};

static struct stage {
    struct pc_child *child; /* NULL: none runs */
    const char *at, *end;
    int64_t now;
    int started, done;
} stage;

enum { CHILDREN_MAX = 40 };

int64_t pc_now(void)
{
    return stage.now;
}

struct pc_child *pc_child_start(struct pc_loop *loop, const struct pc_child_spec *spec,
                                const struct pc_child_ops *ops, void *ctx,
                                struct pc_err *err)
{
    (void)loop;
    fuzz_must(!stage.child, "a job has one host at a time");
    fuzz_must(spec->wall_ms > 0 && spec->output > 0 && spec->orders,
              "a host has its limits");
    if (++stage.started > CHILDREN_MAX) {
        pc_fail(err, PC_ENVIRONMENT, "no more processes");
        return NULL;
    }
    stage.child = pc_alloc(sizeof *stage.child);
    *stage.child = (struct pc_child){.ops = ops, .ctx = ctx};
    return stage.child;
}

void pc_child_order(struct pc_child *child, const char *data, size_t n)
{
    static const char before[] = " token=";
    fuzz_must(child == stage.child && !child->orders_ended,
              "orders have somebody to go to");
    const char *token = memmem(data, n, before, strlen(before));
    if (token)
        snprintf(child->token, sizeof child->token, "%.16s", token + strlen(before));
}

void pc_child_end_orders(struct pc_child *child)
{
    child->orders_ended = true;
}

void pc_child_kill(struct pc_child *child)
{
    child->killed = true;
}

void pc_child_abandon(struct pc_child *child)
{
    fuzz_must(!child || child == stage.child, "only what runs is abandoned");
    free(child);
    if (child)
        stage.child = NULL;
}

static void end_child(enum pc_end why, int status)
{
    struct pc_child *child = PC_TAKE(stage.child);
    struct pc_child_end end = {.why = why, .status = status, .wall_ns = 1000000};
    child->ops->done(child->ctx, &end);
    free(child);
}

static void tell(enum pc_stream stream, const char *data, size_t n)
{
    if (n > 0)
        stage.child->ops->data(stage.child->ctx, stream, data, n);
}

static void answer(const char *line, size_t n)
{
    stage.now += 1000000;
    if (n >= 2 && line[n - 2] == '@') {
        tell(PC_ANSWERS, line, n - 2);
        PC_AUTO(pc_auto_free) char *rest = pc_strfmt("%s\n", stage.child->token);
        tell(PC_ANSWERS, rest, strlen(rest));
    } else {
        tell(PC_ANSWERS, line, n);
    }
}

static bool begins(const char *line, size_t n, const char *word)
{
    return n >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static void act(const char *line, size_t n)
{
    int number = n > 1 ? atoi(line + strcspn(line, " \n")) : 0;
    if (begins(line, n, "!out "))
        tell(PC_OUT, line + 5, n - 5);
    else if (begins(line, n, "!err "))
        tell(PC_ERR, line + 5, n - 5);
    else if (begins(line, n, "!exit"))
        end_child(PC_END_EXITED, number & 0xff);
    else if (begins(line, n, "!signal"))
        end_child(PC_END_SIGNAL, number & 0x3f);
    else if (begins(line, n, "!wall"))
        end_child(PC_END_WALL, 9);
    else if (begins(line, n, "!flood"))
        end_child(PC_END_OUTPUT, 9);
    else if (begins(line, n, "!after"))
        stage.now += (int64_t)(number & 0xffff) * 1000000;
    else
        answer(line, n);
}

/* One line of the input; what the runner has asked for comes first, as in the loop. */
static void step(void)
{
    if (stage.child->killed) {
        end_child(PC_END_CANCELLED, 9);
    } else if (stage.child->orders_ended) {
        end_child(PC_END_EXITED, 0);
    } else if (stage.at == stage.end) {
        end_child(PC_END_EXITED, 0);
    } else {
        const char *line = stage.at;
        size_t left = (size_t)(stage.end - line);
        const char *newline = memchr(line, '\n', left);
        size_t n = newline ? (size_t)(newline - line) + 1 : left;
        stage.at += n;
        act(line, n);
    }
}

static void check_crash(const struct pc_crash *crash)
{
    fuzz_must(crash->n_frames <= PC_COUNT(crash->frames), "frames fit");
    fuzz_must(crash->n_other <= PC_COUNT(crash->other_frames), "other frames fit");
    fuzz_must_be_harmless(crash->what, true, "what happened");
    fuzz_must_be_harmless(crash->during, false, "the name of a test");
    fuzz_must_be_harmless(crash->place.file, false, "a file");
    fuzz_must(crash->place.line >= 0 && crash->place.column >= 0, "places count from 1");
}

static void tests_done(void *ctx, const struct pc_tests *tests)
{
    (void)ctx;
    stage.done++;
    check_crash(&tests->crash);
    fuzz_must(!tests->ran || tests->crash.ending == PC_ENDING_NONE,
              "what ended early has not run");
    fuzz_must(!tests->ran || tests->failed <= tests->n, "not more fail than there are");
    for (size_t i = 0; i < tests->n_items; i++) {
        fuzz_must_be_harmless(tests->items[i].test, false, "the name of a test");
        fuzz_must_be_harmless(tests->items[i].text, true, "a failure");
        fuzz_must_be_harmless(tests->items[i].place.file, false, "the file of a failure");
    }
    if (tests->output)
        fuzz_must_be_harmless(tests->output, true, "output");
}

static void counts_done(void *ctx, const struct pc_counts *counts)
{
    (void)ctx;
    stage.done++;
    check_crash(&counts->crash);
    fuzz_must_be_harmless(counts->missing, true, "what is missing");
    fuzz_must(counts->n_sites <= PC_COUNT(counts->sites), "sites fit");
    fuzz_must(counts->n_leaks <= PC_COUNT(counts->leaks), "leaks fit");
    for (size_t i = 0; i < counts->metrics.n; i++) {
        const struct pc_metric *m = &counts->metrics.items[i];
        fuzz_must_be_harmless(m->name, false, "a metric");
        fuzz_must(isfinite(m->min) && isfinite(m->max) && isfinite(m->mean), "%s is finite",
                  m->name);
        fuzz_must(m->min <= m->max, "%s: the least is not above the most", m->name);
        fuzz_must(pc_metrics_find(&counts->metrics, m->name) == m, "%s is told once",
                  m->name);
    }
    for (size_t i = 0; i < counts->n_sites; i++)
        fuzz_must(isfinite(counts->sites[i].allocs) && isfinite(counts->sites[i].bytes),
                  "sites are finite");
}

static bool on_restart(void *ctx, const struct pc_restart *restart)
{
    struct pc_pair_job **job = ctx;
    fuzz_must(isfinite(restart->log_ratio) && isfinite(restart->base_ns) &&
                  isfinite(restart->candidate_ns),
              "times are finite");
    fuzz_must(restart->pairs > 0, "a restart that counts has pairs");
    fuzz_must(restart->base_ns >= 0 && restart->candidate_ns >= 0,
              "times are not negative");
    fuzz_must(fabs(restart->log_ratio) <= 25, "a ratio is possible");
    if (stage.started == 5) { /* whoever knows enough may leave in the middle */
        stage.done++;
        pc_pair_cancel(*job);
        return true;
    }
    return stage.started < 9;
}

static void pair_done(void *ctx, const struct pc_pair_end *end)
{
    (void)ctx;
    stage.done++;
    check_crash(&end->crash);
    fuzz_must(isfinite(end->busy) && end->busy >= 0, "others are busy or not");
    fuzz_must(end->wall_ns >= 0, "time does not run backwards");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct pc_host_spec host = {.libexec = "/libexec", .work_dir = "/work"};
    static const struct pc_pair_ops pair_ops = {.restart = on_restart, .done = pair_done};
    enum { TESTS, COUNT, COUNT_CALLS, PAIR, SOLO, TAILS, THREADS, JOBS };
    struct pc_pair_job *pair = NULL;
    size_t job = fuzz_choice(&data, &n, JOBS);
    struct pc_bench_spec bench = {.bench = job % 2 ? "" : "join", .size = 100};
    bench.calls = job == COUNT_CALLS;
    bench.tail_ops = job == TAILS ? 500 : 0;
    bench.threads = job == THREADS ? 2 : 0;
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    stage = (struct stage){.at = text, .end = text + n, .now = 1};
    bool began = false;
    if (job == TESTS)
        began = pc_tests_start(NULL, &host, "/t/join", 1, tests_done, NULL, NULL);
    else if (job == COUNT || job == COUNT_CALLS)
        began =
            pc_count_start(NULL, &host, "/t/k.so", &bench, 10, 1, counts_done, NULL, NULL);
    else
        pair = pc_pair_start(NULL, &host, job == SOLO ? NULL : "/t/b.so", "/t/k.so", &bench,
                             1, 10000, &pair_ops, &pair, NULL);
    fuzz_must(began || pair, "a job begins");
    while (stage.child)
        step();
    fuzz_must(stage.done == 1, "a job ends once, not %d times", stage.done);
    return 0;
}
