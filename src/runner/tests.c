#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/text.h"
#include "runner/launch.h"
#include "runner/sanitizer.h"
#include "runner/talk.h"

/* The exit status that the sanitizers are told to use. */
enum { SANITIZER_STATUS = 66 };

enum { FAILURES_MAX = 100, NAME_MAX_SHOWN = 200, TEXT_MAX = 8192, OUTPUT_MAX = 4096 };

struct pc_tests_job {
    struct pc_talk talk;
    struct pc_tests tests;
    char *program;
    char token[17];
    size_t runs, passes, failures;
    char during[sizeof((struct pc_crash *)0)->during];
    void (*done)(void *ctx, const struct pc_tests *tests);
    void *ctx;
};

/* "test.c:41: expected ..." names its place itself; `*rest` is what follows it. */
static struct pc_place leading_place(const char *text, const char **rest)
{
    struct pc_place place = {0};
    *rest = text;
    const char *colon = strchr(text, ':');
    size_t line_end = strcspn(text, "\n");
    if (!colon || (size_t)(colon - text) > line_end)
        return place;
    char *end;
    long line = strtol(colon + 1, &end, 10);
    if (end == colon + 1 || *end != ':' || line < 1 || line > INT32_MAX)
        return place;
    pc_text_copy_line(place.file, sizeof place.file, text, (size_t)(colon - text));
    place.line = (int)line;
    *rest = end + 1 + strspn(end + 1, " ");
    return place;
}

static void add_failure(struct pc_tests *tests, const char *name, const char *text)
{
    if (tests->n_items >= FAILURES_MAX)
        return;
    pc_reserve(&tests->items, &tests->cap_items, tests->n_items + 1, sizeof *tests->items);
    struct pc_failure *failure = &tests->items[tests->n_items++];
    char test[NAME_MAX_SHOWN];
    pc_text_copy_line(test, sizeof test, name, strlen(name));
    failure->test = pc_strdup(test);
    failure->place = leading_place(text, &text);
    failure->text = pc_text_harmless(text, strlen(text), TEXT_MAX);
}

static bool inform(void *ctx, const struct pc_line *line)
{
    struct pc_tests_job *job = ctx;
    const char *name = pc_line_get(line, "name"), *text = pc_line_get(line, "text");
    if (!name)
        return false;
    if (strcmp(line->verb, "run") == 0) {
        job->runs++;
        pc_text_copy_line(job->during, sizeof job->during, name, strlen(name));
        return true;
    }
    if (strcmp(line->verb, "pass") == 0) {
        job->passes++;
        return true;
    }
    if (strcmp(line->verb, "failure") != 0)
        return false;
    job->failures++;
    add_failure(&job->tests, name, text ? text : "");
    return true;
}

/* The token proves that the line is the program's, and not a guess of the kernel; the
 * numbers, that no test was left out. */
static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    (void)took;
    struct pc_tests_job *job = ctx;
    const char *token = pc_line_get(line, "token");
    uint64_t n, failed;
    if (!token || strcmp(token, job->token) != 0 || !pc_line_u64(line, "n", &n) ||
        !pc_line_u64(line, "failed", &failed) || failed != job->failures ||
        n != job->runs || n != job->passes + job->failures) {
        pc_talk_refuse(&job->talk, "it reported an end of the tests that is not theirs");
        return;
    }
    job->tests.n = n;
    job->tests.failed = failed;
    snprintf(job->during, sizeof job->during, "exit()");
    pc_talk_complete(&job->talk);
}

static void free_job(struct pc_tests_job *job)
{
    pc_talk_fini(&job->talk);
    pc_tests_fini(&job->tests);
    free(job->program);
    free(job);
}

/* A sanitizer's report says more than the status that it ended with.  False when there is
 * none: then the error output is the kernel's own. */
static bool read_report(struct pc_tests_job *job, struct pc_crash *crash)
{
    const struct pc_child_end *end = &job->talk.end;
    bool late = pc_ends_late(end);
    bool reported = end->why == PC_END_SIGNAL || late ||
                    (end->why == PC_END_EXITED && end->status == SANITIZER_STATUS);
    struct pc_crash said = *crash;
    if (!reported || !pc_sanitizer_read(pc_str_get(&job->talk.err), job->program, &said))
        return false;
    if (late) {
        said.ending = crash->ending;
        said.signal = crash->signal;
        memcpy(said.what, crash->what, sizeof said.what);
    }
    *crash = said;
    return true;
}

static void over(void *ctx)
{
    struct pc_tests_job *job = ctx;
    struct pc_tests *tests = &job->tests;
    tests->crash = job->talk.ends.crash;
    if (job->talk.ends.failed) /* which is for benches to say */
        tests->crash.ending = PC_ENDING_PROTOCOL;
    struct pc_str *out = &job->talk.out;
    if (!read_report(job, &tests->crash))
        pc_sanitizer_skip_notes(pc_str_get(&job->talk.err), out);
    if (tests->crash.ending != PC_ENDING_NONE)
        snprintf(tests->crash.during, sizeof tests->crash.during, "%s", job->during);
    tests->ran = tests->crash.ending == PC_ENDING_NONE;
    tests->wall_ns = job->talk.end.wall_ns;
    if (out->len > 0)
        tests->output = pc_text_harmless(out->s, out->len, OUTPUT_MAX);
    job->done(job->ctx, tests);
    free_job(job);
}

static void describe_program(struct pc_launch *launch, const struct pc_host *host,
                             const char *program)
{
    pc_launch_init(launch, host, "perfcourse-run");
    pc_launch_arg(launch, "exec");
    pc_launch_arg(launch, "--cpu-s=%" PRId64, host->wall_ms / 1000 + 1);
    pc_launch_arg(launch, "%s", program);
    pc_launch_arg(launch, "--wire");
    /* The jail has done away with core dumps, and lets no limit be set any more.  The shadow
     * memory needs terabytes of address space, so what is resident is limited
     * instead.  Leaks are the count host's business: looking for them takes ptrace. */
    launch->spec.resident = host->memory;
    launch->spec.threads = PC_WIRE_THREADS;
    pc_launch_env(launch,
                  "ASAN_OPTIONS=detect_leaks=0:disable_coredump=0:symbolize=0:exitcode=%d:"
                  "handle_abort=1:"
                  "allocator_may_return_null=1:max_allocation_size_mb=%" PRIu64,
                  SANITIZER_STATUS, host->memory >> 20);
    pc_launch_env(
        launch,
        "UBSAN_OPTIONS=disable_coredump=0:symbolize=0:exitcode=%d:print_stacktrace=1:"
        "halt_on_error=1",
        SANITIZER_STATUS);
    pc_launch_env(launch,
                  "TSAN_OPTIONS=disable_coredump=0:symbolize=0:exitcode=%d:halt_on_error=1",
                  SANITIZER_STATUS);
}

static bool start(struct pc_tests_job *job, struct pc_loop *loop,
                  const struct pc_host_spec *spec, struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.inform = inform, .ok = ok, .over = over};
    struct pc_host host;
    if (!job->program || !pc_host_init(&host, spec, err))
        return false;
    struct pc_launch launch;
    describe_program(&launch, &host, job->program);
    bool fine = pc_talk_start(&job->talk, loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    pc_host_fini(&host);
    return fine;
}

struct pc_tests_job *pc_tests_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                    const char *program, uint64_t seed,
                                    void (*done)(void *ctx, const struct pc_tests *tests),
                                    void *ctx, struct pc_err *err)
{
    struct pc_tests_job *job = pc_alloc(sizeof *job);
    job->done = done;
    job->ctx = ctx;
    job->tests.seed = seed;
    job->program = pc_path_absolute(program, err);
    snprintf(job->token, sizeof job->token, "%016" PRIx64, pc_rng_fresh_seed());
    if (!start(job, loop, host, err)) {
        free_job(job);
        return NULL;
    }
    PC_AUTO(pc_auto_free) char *order =
        pc_strfmt("tests seed=%" PRIu64 " token=%s", seed, job->token);
    pc_talk_order(&job->talk, order);
    return job;
}

void pc_tests_cancel(struct pc_tests_job *job)
{
    if (job)
        free_job(job);
}
