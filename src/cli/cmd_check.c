#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "cli/shell.h"
#include "loop/loop.h"
#include "report/json.h"
#include "report/text.h"

enum { BUDGET_MS = 2000, CAREFUL_MS = 10000 };

enum { KEY_JSON = 256, KEY_USE, KEY_SEED, KEY_CAREFUL, KEY_TIME, KEY_CC, KEY_QUICK };

struct check_options {
    struct pc_words words;
    bool json, quick, seeded;
    const char *use, *cc;
    uint64_t seed;
    int64_t budget_ms;
};

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of lines", 0},
    {"use", KEY_USE, "KERNEL", 0, "Judge the 'starter', the 'reference' or a file of yours",
     0},
    {"seed", KEY_SEED, "N", 0, "Repeat the inputs of an earlier check", 0},
    {"careful", KEY_CAREFUL, NULL, 0, "Take up to 10 s for the timing instead of 2", 0},
    {"time", KEY_TIME, "SECONDS", 0, "Take up to this long for the timing", 0},
    {"quick", KEY_QUICK, NULL, 0, "Judge everything but the time", 0},
    {"cc", KEY_CC, "CC", 0, "Build with this compiler", 0},
    {0},
};

static int64_t parse_seconds(const char *arg, struct argp_state *state)
{
    char *end;
    double s = strtod(arg, &end);
    if (end == arg || *end || !(s >= 0.1 && s <= 600))
        argp_error(state, "--time needs seconds from 0.1 to 600, not \"%s\"", arg);
    return (int64_t)(s * 1000);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct check_options *o = state->input;
    switch (key) {
    case KEY_JSON:
        o->json = true;
        return 0;
    case KEY_USE:
        o->use = arg;
        return 0;
    case KEY_SEED:
        o->seed = pc_parse_whole(arg, "--seed", UINT64_MAX, state);
        o->seeded = true;
        return 0;
    case KEY_CAREFUL:
        o->budget_ms = CAREFUL_MS;
        return 0;
    case KEY_TIME:
        o->budget_ms = parse_seconds(arg, state);
        return 0;
    case KEY_QUICK:
        o->quick = true;
        return 0;
    case KEY_CC:
        o->cc = arg;
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The checks of one command, one after the other. */
struct session {
    struct pc_shell *shell;
    struct check_options options;
    const struct pc_exercise **chosen;
    size_t n, at;
    int passed;
    bool lost; /* standard output cannot be written */
    struct pc_check *check;
    struct pc_text_report text;
    struct pc_json_report *json;
    enum pc_code code;
    struct pc_err *err; /* filled in when the output is lost */
};

static void give_up(void *ctx)
{
    struct session *s = ctx;
    if (s->check)
        pc_check_cancel(s->check);
    s->check = NULL;
    pc_loop_stop(s->shell->loop);
}

/* A verdict that nobody can read is not worth its time. */
static void show(struct session *s, struct pc_str *out)
{
    if (out->len > 0 && !s->lost && !pc_print(out->s, s->err)) {
        s->lost = true;
        s->code = s->err->code;
        pc_loop_later(s->shell->loop, give_up, s);
    }
    pc_str_fini(out);
}

static void start_next(void *ctx);

static void on_event(void *ctx, const struct pc_event *event)
{
    struct session *s = ctx;
    struct pc_str out = {0};
    s->text.style.width = pc_output_width();
    if (s->json)
        pc_json_event(s->json, event);
    else
        pc_text_event(&s->text, event, &out);
    show(s, &out);
    if (event->kind != PC_EVENT_VERDICT)
        return;
    s->check = NULL;
    s->passed += event->verdict->code == PC_PASSED;
    s->code = pc_worse_code(s->code, event->verdict->code);
    s->at++;
    pc_loop_later(s->shell->loop, start_next, s);
}

/* A check that cannot begin does not keep the others from theirs. */
static void could_not_begin(struct session *s, const struct pc_err *err)
{
    s->code = pc_worse_code(s->code, err->code);
    if (s->json)
        pc_json_trouble(s->json, s->chosen[s->at], err);
    else
        pc_complain("%s", err->msg);
    s->at++;
    pc_loop_later(s->shell->loop, start_next, s);
}

static void start_next(void *ctx)
{
    struct session *s = ctx;
    if (s->at == s->n || s->lost) {
        pc_loop_stop(s->shell->loop);
        return;
    }
    struct pc_check_spec spec = {
        .exercise = s->chosen[s->at],
        .use = pc_use_of(s->options.use),
        .file = s->options.use,
        .seed = s->options.seeded ? s->options.seed : pc_rng_fresh_seed(),
        .budget_ms = s->options.budget_ms,
        .quick = s->options.quick,
    };
    struct pc_err err;
    struct pc_str gap = {0};
    if (s->at > 0 && !s->json)
        pc_str_adds(&gap, "\n");
    show(s, &gap);
    s->check = pc_check_start(s->shell->engine, &spec, on_event, s, &err);
    if (!s->check)
        could_not_begin(s, &err);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    struct pc_str out = {0};
    pc_text_clear(&s->text, &out);
    show(s, &out);
    if (s->check)
        pc_check_cancel(s->check);
    s->check = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

/* Without words: every exercise that the learner has begun. */
static bool choose_begun(struct session *s, const char *workspace, struct pc_err *err)
{
    const struct pc_course *course = s->shell->course;
    for (size_t i = 0; i < course->n_topics; i++) {
        for (size_t k = 0; k < course->topics[i].n_exercises; k++) {
            const struct pc_exercise *e = &course->topics[i].exercises[k];
            bool edited;
            if (!pc_engine_edited(s->shell->engine, e, &edited, err))
                return false;
            if (!edited)
                continue;
            pc_exercises_add(&s->chosen, &s->n, e);
        }
    }
    if (s->n == 0)
        return pc_fail(
            err, PC_USAGE,
            "no kernel in %s has been edited yet; say which exercise to check, such "
            "as `perfcourse check 07.1`",
            workspace);
    return true;
}

static bool prepare(struct session *s, struct pc_err *err)
{
    struct pc_words *words = &s->options.words;
    bool learners = !s->options.use;
    if (!pc_choose_exercises(s->shell, words->items, words->n, &s->chosen, &s->n, err))
        return false;
    if (s->options.use && words->n == 0)
        return pc_fail(err, PC_USAGE,
                       "--use needs an exercise, such as `perfcourse check 07.1 "
                       "--use %s`",
                       s->options.use);
    if (pc_use_of(s->options.use) == PC_USE_FILE && s->n != 1)
        return pc_fail(err, PC_USAGE, "--use %s needs exactly one exercise, not %zu",
                       s->options.use, s->n);
    const char *workspace = learners ? pc_shell_workspace(s->shell, err) : NULL;
    if (learners && !workspace)
        return false;
    pc_engine_use_compiler(s->shell->engine, s->options.cc);
    return words->n > 0 || choose_begun(s, workspace, err);
}

/* The exercise after this one, NULL at the end of the course. */
static const struct pc_exercise *following(const struct pc_course *course,
                                           const struct pc_exercise *exercise)
{
    bool found = false;
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *topic = &course->topics[i];
        for (size_t k = 0; k < topic->n_exercises; k++) {
            if (found)
                return &topic->exercises[k];
            found = &topic->exercises[k] == exercise;
        }
    }
    return NULL;
}

static void print_end(struct session *s)
{
    struct pc_str out = {0};
    if (s->json) {
        out.s = pc_json_finish(s->json, s->code);
        out.len = strlen(out.s);
    } else if (s->n > 1) {
        pc_text_total(&s->text, s->passed, (int)s->n, &out);
    } else if (s->passed == 1 && !s->options.use) {
        const struct pc_exercise *next = following(s->shell->course, s->chosen[0]);
        if (next)
            pc_text_then(&s->text, next, &out);
    }
    show(s, &out);
}

const struct argp pc_check_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "[EXERCISE...]",
    .doc =
        "Build, test, count, time and judge kernels.\v"
        "EXERCISE is a topic (07), an exercise (07.1) or the beginning of a name "
        "(join). "
        "Without one, every kernel that you have edited is checked.\n\n"
        "A line such as \"speedup: 18.4x (17.9 to 18.6, 5 restarts)\" gives the median "
        "of 5 starts of your kernel beside the starter, and the range that holds the "
        "true factor with 95 % certainty. In \"growth: n^1.05 (1.00 to 1.07, 5 rounds)\" "
        "n is the size of the input: with n^2, 10 times the input takes 100 times as "
        "long. A range of a count is over the operations that were counted; its worse "
        "end is judged. \"hotspot\" holds the function that your kernel names against a "
        "profile of the starter, in percent of its time.\n\n"
        "Exit codes: 0 passed, 1 a limit is missed, 2 usage, 3 does not build, 4 wrong "
        "result, 5 crash, time or memory limit, 6 unsure, 7 environment, 130 "
        "interrupted, 141 the reader of the output has gone."};

enum pc_code pc_cmd_check(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct session s = {.shell = shell, .err = err, .options = {.budget_ms = BUDGET_MS}};
    pc_parse_options(&pc_check_argp, argc, argv, &s.options);
    s.text.style = (struct pc_text_style){.live = pc_output_is_live(),
                                          .color = pc_output_has_color(),
                                          .links = pc_output_has_links()};
    if (prepare(&s, err)) {
        s.json = s.options.json ? pc_json_create() : NULL;
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_later(shell->loop, start_next, &s);
        pc_loop_run(shell->loop);
        print_end(&s);
    } else {
        s.code = err->code;
    }
    free(s.chosen);
    pc_words_fini(&s.options.words);
    return s.code;
}
