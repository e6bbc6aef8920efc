#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/wrap.h"
#include "cli/shell.h"
#include "loop/loop.h"

enum { KEY_CC = 256, NOISE_MS = 2500 };

struct doctor {
    struct pc_shell *shell;
    struct pc_health_job *job;
    struct pc_str out;
    enum pc_code code;
    const char *cc;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct doctor *d = state->input;
    if (key == KEY_CC)
        d->cc = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "doctor takes no argument");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static void add_timer(struct pc_str *out)
{
    enum { READINGS = 20000 };
    int64_t begin = pc_now();
    for (int i = 0; i < READINGS; i++)
        pc_now();
    double cost = (double)(pc_now() - begin) / READINGS;
    struct timespec step;
    clock_getres(CLOCK_MONOTONIC, &step);
    pc_str_addf(
        out, "timer:      one reading costs %.1f ns, the clock says it steps by %ld ns\n",
        cost, (long)step.tv_nsec);
}

static void add_processors(struct pc_str *out)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        pc_str_addf(out, "processors: %d allowed\n", CPU_COUNT(&set));
}

/* How far a verdict near its limit can be trusted to come quickly. */
static const char *trust(const struct pc_health *h)
{
    if (h->noise_p90 < 0.03)
        return "reliable";
    return h->noise_p90 < 0.10 ? "reliable, near limits slow" : "slow: many will be unsure";
}

/* What to install before any check can pass. */
static const char *missing(const struct pc_health *h)
{
    if (!h->compiler)
        return "a C compiler (install the package gcc)";
    if (!h->sanitizers)
        return "the compiler's sanitizers (packages libasan8 and libubsan1 for gcc 12, "
               "libclang-rt-14-dev for clang 14)";
    return "nothing";
}

static void health_done(void *ctx, const struct pc_health *h)
{
    struct doctor *d = ctx;
    struct pc_str *out = &d->out;
    d->job = NULL;
    if (h->compiler)
        pc_str_addf(out, "compiler:   %s (%s)\n", h->version, h->compiler);
    else
        pc_str_adds(out, "compiler:   none\n");
    if (h->compiler)
        pc_str_addf(out, "sanitizers: %s\n",
                    h->sanitizers ? "ASan and UBSan work" : "none, so no check can pass");
    pc_str_addf(out, "self-proof: %s\n",
                h->proven ? "planted faults are caught" : "not done");
    if (h->restarts > 0)
        pc_str_addf(
            out,
            "noise:      two identical kernels differ by %.2f %% (median) and %.2f %% (9 "
            "of 10) in %d starts; other work kept %.1f processors busy\n"
            "verdicts:   %s\n",
            h->noise_median * 100, h->noise_p90 * 100, h->restarts, h->busy, trust(h));
    pc_str_addf(out, "missing:    %s\n", missing(h));
    if (h->trouble)
        pc_str_addf(out, "trouble:    %s\n", h->trouble);
    d->code = h->trouble || !h->sanitizers ? PC_ENVIRONMENT : PC_PASSED;
    pc_loop_stop(d->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct doctor *d = ctx;
    (void)signal;
    if (d->job)
        pc_health_cancel(d->job);
    d->job = NULL;
    d->code = PC_INTERRUPTED;
    pc_loop_stop(d->shell->loop);
}

/* Print what is known by now. */
static bool tell(struct doctor *d, struct pc_err *err)
{
    struct pc_str lines = {0};
    pc_wrap_add(&lines, pc_str_get(&d->out),
                &(struct pc_wrap){.width = pc_output_width(), .indent = 12});
    bool ok = pc_print(pc_str_get(&lines), err);
    pc_str_fini(&lines);
    pc_str_fini(&d->out);
    return ok;
}

static enum pc_code examine(struct doctor *d, struct pc_err *err)
{
    struct pc_shell *shell = d->shell;
    pc_engine_use_compiler(shell->engine, d->cc);
    size_t exercises = 0;
    for (size_t i = 0; i < shell->course->n_topics; i++)
        exercises += shell->course->topics[i].n_exercises;
    PC_AUTO(pc_auto_free) char *cache = pc_cachedir(err);
    pc_str_addf(&d->out, "course:     %s, %zu topic%s, %zu exercises\n", shell->course->dir,
                shell->course->n_topics, shell->course->n_topics == 1 ? "" : "s",
                exercises);
    pc_str_addf(&d->out, "cache:      %s\n", cache ? cache : "none");
    add_processors(&d->out);
    add_timer(&d->out);
    /* The rest takes seconds. */
    if (!tell(d, err))
        return err->code;
    d->job = pc_health_start(shell->engine, NOISE_MS, health_done, d, err);
    if (d->job) {
        pc_loop_on_interrupt(shell->loop, interrupted, d);
        pc_loop_run(shell->loop);
    } else {
        d->code = err->code;
    }
    return d->code;
}

static const struct argp_option options[] = {
    {"cc", KEY_CC, "CC", 0, "Examine this compiler", 0}, {0}};

const struct argp pc_doctor_argp = {
    .options = options,
    .parser = parse,
    .doc = "Tell what this machine has, what is missing, and how far its timings can be "
           "trusted (two identical kernels are timed against each other)."};

enum pc_code pc_cmd_doctor(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct doctor d = {.shell = shell};
    pc_parse_options(&pc_doctor_argp, argc, argv, &d);
    enum pc_code code = examine(&d, err);
    if (d.out.len > 0 && !tell(&d, err))
        code = err->code;
    pc_str_fini(&d.out);
    return code;
}
