#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "cli/measure.h"
#include "cli/shell.h"
#include "cli/targets.h"
#include "loop/loop.h"

enum {
    KEY_COUNT = 256,
    KEY_USE,
    KEY_CC,
    KEY_BENCHTIME,
    KEY_BENCHMEM,
    KEY_BENCH,
    KEY_CPU,
    KEY_LATENCY,
    KEY_GROWTH,
    KEY_METRICS,
    KEY_JSON,
};

/* Seven rounds of five sizes take half a second, unless the kernel is slow. */
enum { GROWTH_MS = 10000 };

enum { LINE_MOST = 1 << 16 }; /* bytes that may wait for the end of a line */

struct bench_options {
    struct pc_words words;
    const char *use, *cc;
    struct pc_words args;           /* for the program */
    bool chosen;                    /* --bench was given */
    bool counting;                  /* --benchmem */
    struct pc_measure_spec measure; /* --growth, --metrics */
    bool json;
};

static const struct argp_option options[] = {
    {"count", KEY_COUNT, "N", 0, "Run each bench N times", 0},
    {"benchtime", KEY_BENCHTIME, "TIME", 0, "How long each run takes: 1s, 200ms or 100x",
     0},
    {"benchmem", KEY_BENCHMEM, NULL, 0,
     "Also count B/op and allocs/op, in a pass of its own", 0},
    {"bench", KEY_BENCH, "RE", 0, "Only benches that this regular expression matches", 0},
    {"cpu", KEY_CPU, "1,2,4", 0, "Run each bench with each number of threads", 0},
    {"latency", KEY_LATENCY, NULL, 0,
     "Also time every operation by itself: p50-ns to max-ns", 0},
    {"growth", KEY_GROWTH, "FROM..TO", OPTION_ARG_OPTIONAL,
     "Instead: how the time grows with the size, in new processes", 0},
    {"metrics", KEY_METRICS, NULL, 0,
     "Instead: everything that can be counted, system calls and leaks included", 0},
    {"json", KEY_JSON, NULL, 0, "With these two: print one JSON document", 0},
    {"use", KEY_USE, "KERNEL", 0, "Bench the 'starter', the 'reference' or a file of yours",
     0},
    {"cc", KEY_CC, "CC", 0, "Build with this compiler", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct bench_options *o = state->input;
    switch (key) {
    case KEY_COUNT:
        pc_words_addf(&o->args, "--count=%s", arg);
        break;
    case KEY_BENCHTIME:
        pc_words_addf(&o->args, "--benchtime=%s", arg);
        break;
    case KEY_BENCHMEM:
        pc_words_add(&o->args, "--benchmem");
        o->counting = true;
        break;
    case KEY_BENCH:
        pc_words_addf(&o->args, "--bench=%s", arg);
        o->chosen = true;
        break;
    case KEY_CPU:
        pc_words_addf(&o->args, "--cpu=%s", arg);
        break;
    case KEY_LATENCY:
        pc_words_add(&o->args, "--latency");
        break;
    case KEY_GROWTH:
        o->measure.growth = true;
        if (arg)
            pc_parse_sizes(arg, &o->measure, state);
        break;
    case KEY_METRICS:
        o->measure.metrics = true;
        break;
    case KEY_JSON:
        o->json = true;
        break;
    case KEY_USE:
        o->use = arg;
        break;
    case KEY_CC:
        o->cc = arg;
        break;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        break;
    case ARGP_KEY_END:
        if (o->words.n == 0)
            argp_error(state, "name an exercise, such as 07.1, or a C file with benches");
        if ((o->measure.growth || o->measure.metrics) && o->words.n != 1)
            argp_error(state, "--growth and --metrics are for one exercise");
        if (o->json && !o->measure.growth && !o->measure.metrics)
            argp_error(state, "--json goes with --growth and --metrics");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

struct session {
    struct pc_shell *shell;
    const struct bench_options *options;
    struct pc_targets targets;
    size_t next; /* the target that follows */
    struct pc_bench_run *run;
    enum pc_code code;
    bool lost;              /* standard output cannot be written */
    struct pc_str lines[2]; /* of its output and its errors, what has no end yet */
    struct pc_err *err;
};

static void give_up(void *ctx)
{
    struct session *s = ctx;
    if (s->run)
        pc_bench_cancel(s->run);
    s->run = NULL;
    s->code = s->err->code;
    pc_loop_stop(s->shell->loop);
}

static void show(struct session *s, bool is_stderr, const char *text)
{
    if (s->lost)
        return;
    if (is_stderr) {
        fputs(text, stderr);
        return;
    }
    if (pc_print(text, s->err))
        return;
    s->lost = true;
    pc_loop_later(s->shell->loop, give_up, s);
}

/* What is an exercise's, and so perhaps a stranger's, reaches no terminal as it is. */
static void show_harmless(struct session *s, bool is_stderr, size_t n)
{
    struct pc_str *lines = &s->lines[is_stderr];
    if (n == 0)
        return;
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(lines->s, n, n);
    pc_str_shift(lines, n);
    show(s, is_stderr, harmless);
}

static void on_data(void *ctx, bool is_stderr, const char *data, size_t n)
{
    struct session *s = ctx;
    if (!s->targets.items[s->next - 1].exercise) {
        PC_AUTO(pc_auto_free) char *text = pc_strndup(data, n);
        show(s, is_stderr, text);
        return;
    }
    /* Whole lines, so that no character is cut. */
    struct pc_str *lines = &s->lines[is_stderr];
    pc_str_add(lines, data, n);
    const char *end = memrchr(lines->s, '\n', lines->len);
    size_t whole = end ? (size_t)(end - lines->s) + 1 : 0;
    show_harmless(s, is_stderr, whole == 0 && lines->len > LINE_MOST ? lines->len : whole);
}

static void go_on(void *ctx);

/* What is said of one target stands between what the others print. */
static void on_done(void *ctx, enum pc_code code, const char *text)
{
    struct session *s = ctx;
    s->run = NULL;
    for (int i = 0; i < 2; i++)
        show_harmless(s, i, s->lines[i].len);
    if (s->lost)
        return;
    s->code = pc_worse_code(s->code, code);
    if (text)
        pc_complain("%s", text);
    pc_loop_later(s->shell->loop, go_on, s);
}

/* Start the next target; one that cannot be does not keep the others from it. */
static void go_on(void *ctx)
{
    static const struct pc_bench_ops ops = {.data = on_data, .done = on_done};
    struct session *s = ctx;
    const struct bench_options *o = s->options;
    while (s->next < s->targets.n && !s->lost) {
        const struct pc_target *target = &s->targets.items[s->next++];
        struct pc_bench_spec_run run = {.exercise = target->exercise,
                                        .use = pc_use_of(o->use),
                                        .file = target->exercise ? o->use : target->file,
                                        .args = pc_words_argv(&o->args),
                                        .counting = o->counting};
        struct pc_err err = {0};
        s->run = pc_bench_start(s->shell->engine, &run, &ops, s, &err);
        if (s->run)
            return;
        s->code = pc_worse_code(s->code, err.code);
        pc_complain("%s", err.msg);
    }
    if (!s->lost)
        pc_loop_stop(s->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    if (s->run)
        pc_bench_cancel(s->run);
    s->run = NULL;
    s->next = s->targets.n;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static enum pc_code bench(struct pc_shell *shell, struct bench_options *o,
                          struct pc_err *err)
{
    struct session s = {.shell = shell, .options = o, .err = err};
    if (pc_targets_find(shell, &o->words, o->use, &s.targets, err)) {
        pc_engine_use_compiler(shell->engine, o->cc);
        if (!o->chosen)
            pc_words_add(&o->args, "--bench=.");
        pc_words_add(&o->args, "--run=^$");
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_later(shell->loop, go_on, &s);
        pc_loop_run(shell->loop);
    } else {
        s.code = err->code;
    }
    free(s.targets.items);
    for (size_t i = 0; i < PC_COUNT(s.lines); i++)
        pc_str_fini(&s.lines[i]);
    return s.code;
}

/* --growth and --metrics: one exercise, and a report of their own. */
static enum pc_code measure(struct pc_shell *shell, struct bench_options *o,
                            struct pc_err *err)
{
    struct pc_measure_spec *spec = &o->measure;
    spec->exercise = pc_choose_one(shell, o->words.items[0], err);
    if (!spec->exercise || (!o->use && !pc_shell_workspace(shell, err)))
        return err->code;
    pc_engine_use_compiler(shell->engine, o->cc);
    spec->use = pc_use_of(o->use);
    spec->file = o->use;
    spec->seed = pc_rng_fresh_seed();
    spec->budget_ms = GROWTH_MS;
    return pc_measure(shell, spec, o->json, err);
}

const struct argp pc_bench_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "EXERCISE|FILE...",
    .doc =
        "Run benches and print Go's benchmark format.\v"
        "A FILE of C holds its benches itself (docs/perfbench.md) and finds the headers of "
        "its folder.  These are absolute times of one process: good to look at, and to "
        "`perfcourse compare`, but the verdict comes from `perfcourse check`."};

enum pc_code pc_cmd_bench(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct bench_options o = {0};
    pc_parse_options(&pc_bench_argp, argc, argv, &o);
    bool measures = o.measure.growth || o.measure.metrics;
    enum pc_code code = measures ? measure(shell, &o, err) : bench(shell, &o, err);
    pc_words_fini(&o.args);
    pc_words_fini(&o.words);
    return code;
}
