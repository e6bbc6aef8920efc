#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "cli/typed.h"
#include "loop/loop.h"
#include "report/experiment.h"

enum { KEY_JSON = 256, KEY_SEED, KEY_BUDGET, KEY_CC };

/* Between two looks at whether a prediction was typed. */
enum { LOOK_MS = 50, BUDGET_MAX_MS = 60000 };

struct experiment_options {
    struct pc_words words;
    bool json, seeded;
    uint64_t seed;
    int64_t budget_ms;
    const char *cc;
};

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of lines", 0},
    {"seed", KEY_SEED, "N", 0, "Repeat the inputs of an earlier run", 0},
    {"budget", KEY_BUDGET, "MS", 0, "Take at most this long for each measurement", 0},
    {"cc", KEY_CC, "CC", 0, "Build with this compiler", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct experiment_options *o = state->input;
    switch (key) {
    case KEY_JSON:
        o->json = true;
        return 0;
    case KEY_SEED:
        o->seed = pc_parse_whole(arg, "--seed", UINT64_MAX, state);
        o->seeded = true;
        return 0;
    case KEY_BUDGET:
        o->budget_ms = (int64_t)pc_parse_whole(arg, "--budget", BUDGET_MAX_MS, state);
        if (o->budget_ms == 0)
            argp_error(state, "--budget needs at least 1 ms");
        return 0;
    case KEY_CC:
        o->cc = arg;
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    case ARGP_KEY_END:
        if (o->words.n < 1 || o->words.n > 2)
            argp_error(state, "name a topic, and which of its experiments if there are "
                              "several: 07 append");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

struct session {
    struct pc_shell *shell;
    bool asks; /* predictions are asked: somebody can answer */
    bool lost; /* standard output cannot be written */
    bool live, status;
    struct pc_experiment_run *run;
    struct pc_experiment_json *json;
    struct pc_timer *timer; /* of the next look at standard input */
    struct pc_str typed;    /* of the answer, so far */
    size_t n_choices;       /* of the prediction that waits */
    enum pc_code code;
    struct pc_err *err;
};

/* Nothing more is wanted of the experiment. */
static void stop(struct session *s, enum pc_code code)
{
    if (s->run)
        pc_experiment_cancel(s->run);
    s->run = NULL;
    s->code = code;
    pc_loop_stop(s->shell->loop);
}

/* Frees `out`; when it cannot be written, that ends all. */
static bool show(struct session *s, struct pc_str *out)
{
    if (out->len > 0 && !s->lost && !pc_print(out->s, s->err))
        s->lost = true;
    pc_str_fini(out);
    return !s->lost;
}

static void ask(struct session *s)
{
    struct pc_str out = {0};
    pc_str_addf(&out, "your prediction (1-%zu, Enter for none): ", s->n_choices);
    show(s, &out);
}

static void look(void *ctx);

static void look_later(struct session *s)
{
    pc_timer_free(s->timer);
    s->timer = pc_timer_start(s->shell->loop, LOOK_MS, look, s);
}

/* Waiting in the loop keeps Ctrl-C working. */
static void look(void *ctx)
{
    struct session *s = ctx;
    enum pc_typed typed = pc_typed_take(&s->typed);
    if (typed == PC_TYPED_WAITS) {
        look_later(s);
        return;
    }
    if (!pc_typed_echo(&s->typed, s->err)) {
        stop(s, s->err->code);
        return;
    }
    PC_AUTO(pc_auto_free) char *line = pc_str_take(&s->typed);
    char *end;
    unsigned long choice = strtoul(line, &end, 10);
    if (*end || choice > s->n_choices) {
        ask(s);
        look_later(s);
    } else {
        pc_experiment_answer(s->run, choice);
    }
}

static void predict(struct session *s, const struct pc_experiment_event *event)
{
    s->n_choices = event->prediction->n_choices;
    if (!s->asks) {
        pc_experiment_answer(s->run, 0);
        return;
    }
    ask(s);
    look_later(s);
}

/* What is being measured, on a line that the next output replaces. */
static void add_status(struct session *s, const struct pc_experiment_event *event,
                       struct pc_str *out)
{
    if (s->status)
        pc_str_adds(out, "\r\033[K");
    s->status = s->live && event->kind == PC_EXPERIMENT_WORKING;
    if (s->status)
        pc_str_addf(out, "%s ...", event->text);
}

static void on_event(void *ctx, const struct pc_experiment_event *event)
{
    struct session *s = ctx;
    struct pc_str out = {0};
    if (s->json) {
        pc_experiment_json_event(s->json, event);
    } else {
        add_status(s, event, &out);
        pc_experiment_text(event, pc_output_width(), &out);
    }
    bool done = event->kind == PC_EXPERIMENT_DONE;
    if (done)
        s->run = NULL;
    if (done && event->text && !s->json)
        pc_fail(s->err, event->code, "%s", event->text);
    if (!show(s, &out))
        stop(s, s->err->code);
    else if (done)
        stop(s, event->code);
    else if (event->kind == PC_EXPERIMENT_PREDICT)
        predict(s, event);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    struct pc_str out = {0};
    if (s->status)
        pc_str_adds(&out, "\r\033[K");
    show(s, &out);
    stop(s, PC_INTERRUPTED);
}

static bool start(struct session *s, const struct experiment_options *o)
{
    static const struct pc_experiment_ops ops = {.event = on_event};
    struct pc_shell *shell = s->shell;
    const struct pc_topic *topic = pc_choose_topic(shell, o->words.items[0], s->err);
    const char *name = o->words.n > 1 ? o->words.items[1] : "";
    struct pc_experiment_spec spec = {
        .topic = topic,
        .experiment = topic ? pc_topic_experiment(topic, name, s->err) : NULL,
        .seed = o->seeded ? o->seed : pc_rng_fresh_seed(),
        .budget_ms = o->budget_ms,
    };
    if (!spec.experiment)
        return false;
    pc_engine_use_compiler(shell->engine, o->cc);
    s->live = pc_output_is_live();
    s->asks = !o->json && pc_can_ask();
    s->run = pc_experiment_start(shell->engine, &spec, &ops, s, s->err);
    return s->run != NULL;
}

static enum pc_code run(struct pc_shell *shell, struct experiment_options *o,
                        struct pc_err *err)
{
    struct session s = {.shell = shell, .err = err};
    s.json = o->json ? pc_experiment_json_create() : NULL;
    bool started = start(&s, o);
    if (started) {
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_run(shell->loop);
    }
    pc_timer_free(s.timer);
    pc_str_fini(&s.typed);
    if (!started)
        s.code = err->code;
    if (s.json) {
        PC_AUTO(pc_auto_free) char *text = pc_experiment_json_finish(s.json, s.code);
        if (started && !pc_print(text, err))
            s.code = err->code;
    }
    return s.code;
}

const struct argp pc_experiment_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "TOPIC [NAME]",
    .doc = "Run an experiment of a lesson on this machine.\v"
           "On a terminal it asks what you expect before it measures; Enter passes. With "
           "--plain it takes the answers from standard input, whatever that is. "
           "The times are those of this machine at this moment, and tell how things "
           "grow; verdicts about your kernels come from `perfcourse check`."};

enum pc_code pc_cmd_experiment(struct pc_shell *shell, int argc, char **argv,
                               struct pc_err *err)
{
    struct experiment_options o = {0};
    pc_parse_options(&pc_experiment_argp, argc, argv, &o);
    enum pc_code code = run(shell, &o, err);
    pc_words_fini(&o.words);
    return code;
}
