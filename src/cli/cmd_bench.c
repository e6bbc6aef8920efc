#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/shell.h"
#include "loop/loop.h"

enum {
    KEY_COUNT = 256,
    KEY_USE,
    KEY_CC,
    KEY_BENCHTIME,
    KEY_BENCHMEM,
    KEY_BENCH,
    ARGS_MAX = 8
};

struct bench_options {
    struct pc_words words;
    const char *use, *cc;
    struct pc_words args; /* for the program */
    bool chosen;          /* --bench was given */
    bool counting;        /* --benchmem */
};

static const struct argp_option options[] = {
    {"count", KEY_COUNT, "N", 0, "Run each bench N times", 0},
    {"benchtime", KEY_BENCHTIME, "TIME", 0, "How long each run takes: 1s, 200ms or 100x",
     0},
    {"benchmem", KEY_BENCHMEM, NULL, 0,
     "Also count B/op and allocs/op, in a pass of its own", 0},
    {"bench", KEY_BENCH, "RE", 0, "Only benches that this regular expression matches", 0},
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
        if (o->words.n != 1)
            argp_error(state, "name one exercise, such as 07.1");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

struct session {
    struct pc_shell *shell;
    struct pc_bench_run *run;
    enum pc_code code;
    char *text;
    bool lost; /* standard output cannot be written */
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

static void on_data(void *ctx, bool is_stderr, const char *data, size_t n)
{
    struct session *s = ctx;
    if (s->lost)
        return;
    if (is_stderr) {
        fwrite(data, 1, n, stderr);
        return;
    }
    PC_AUTO(pc_auto_free) char *text = pc_strndup(data, n);
    if (pc_print(text, s->err))
        return;
    s->lost = true;
    pc_loop_later(s->shell->loop, give_up, s);
}

static void on_done(void *ctx, enum pc_code code, const char *text)
{
    struct session *s = ctx;
    s->run = NULL;
    s->code = s->lost ? s->err->code : code;
    s->text = text ? pc_strdup(text) : NULL;
    pc_loop_stop(s->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    if (s->run)
        pc_bench_cancel(s->run);
    s->run = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static enum pc_code bench(struct pc_shell *shell, struct bench_options *o,
                          struct pc_err *err)
{
    static const struct pc_bench_ops ops = {.data = on_data, .done = on_done};
    const struct pc_exercise *exercise = pc_choose_one(shell, o->words.items[0], err);
    if (!exercise || (!o->use && !pc_shell_workspace(shell, err)))
        return err->code;
    pc_engine_use_compiler(shell->engine, o->cc);
    if (!o->chosen)
        pc_words_add(&o->args, "--bench=.");
    pc_words_add(&o->args, "--run=^$");
    struct pc_bench_spec_run run = {.exercise = exercise,
                                    .use = pc_use_of(o->use),
                                    .file = o->use,
                                    .args = pc_words_argv(&o->args),
                                    .counting = o->counting};
    struct session s = {.shell = shell, .err = err};
    s.run = pc_bench_start(shell->engine, &run, &ops, &s, err);
    if (s.run) {
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_run(shell->loop);
        if (s.text && !s.lost)
            pc_fail(err, s.code, "%s", s.text);
    } else {
        s.code = err->code;
    }
    free(s.text);
    return s.code;
}

const struct argp pc_bench_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "EXERCISE",
    .doc = "Run the benches of an exercise and print Go's benchmark format.\v"
           "These are absolute times of one process: good to look at, and to feed to "
           "benchstat, but the verdict comes from `perfcourse check`."};

enum pc_code pc_cmd_bench(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct bench_options o = {0};
    pc_parse_options(&pc_bench_argp, argc, argv, &o);
    enum pc_code code = bench(shell, &o, err);
    pc_words_fini(&o.args);
    pc_words_fini(&o.words);
    return code;
}
