#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/shell.h"
#include "loop/loop.h"
#include "report/text.h"

enum { BUDGET_MS = 2000 };

enum { KEY_CC = 256, KEY_QUICK, KEY_POLL };

struct watch_options {
    struct pc_words words;
    const char *cc;
    bool quick, poll;
};

static const struct argp_option options[] = {
    {"quick", KEY_QUICK, NULL, 0, "Judge everything but the time", 0},
    {"poll", KEY_POLL, NULL, 0, "Look once a second instead of being notified", 0},
    {"cc", KEY_CC, "CC", 0, "Build with this compiler", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct watch_options *o = state->input;
    switch (key) {
    case KEY_QUICK:
        o->quick = true;
        return 0;
    case KEY_POLL:
        o->poll = true;
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

struct session {
    struct pc_shell *shell;
    struct pc_follow *follow;
    struct pc_text_report text;
    struct pc_err *err;
    enum pc_code code;
};

/* Output that nobody takes any more ends the watching. */
static void flush(struct session *s, struct pc_str *out)
{
    if (out->len > 0 && s->code == PC_INTERRUPTED && !pc_print(out->s, s->err)) {
        s->code = s->err->code;
        pc_loop_stop(s->shell->loop);
    }
    pc_str_fini(out);
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct session *s = ctx;
    struct pc_str out = {0};
    pc_text_event(&s->text, event, &out);
    if (event->kind == PC_EVENT_VERDICT) {
        char now[16];
        time_t t = time(NULL);
        struct tm tm;
        strftime(now, sizeof now, "%H:%M:%S", localtime_r(&t, &tm));
        pc_str_addf(&out, "judged: content %.8s, at %s\n\n", event->content, now);
    }
    flush(s, &out);
    if (event->kind == PC_EVENT_VERDICT)
        pc_shell_say_note(s->shell);
}

static void on_trouble(void *ctx, const struct pc_exercise *exercise,
                       const struct pc_err *err)
{
    (void)ctx, (void)exercise;
    pc_complain("%s", err->msg);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    struct pc_str out = {0};
    pc_text_clear(&s->text, &out);
    flush(s, &out);
    pc_loop_stop(s->shell->loop);
}

static enum pc_code watch(struct session *s, const struct watch_options *o,
                          const struct pc_exercise **chosen, size_t n, struct pc_err *err)
{
    static const struct pc_follow_ops ops = {.event = on_event, .trouble = on_trouble};
    struct pc_shell *shell = s->shell;
    struct pc_follow_spec spec = {.exercises = chosen,
                                  .n = n,
                                  .budget_ms = BUDGET_MS,
                                  .quick = o->quick,
                                  .poll = o->poll};
    const char *dir = pc_shell_workspace(shell, err);
    if (!dir)
        return err->code;
    pc_engine_use_compiler(shell->engine, o->cc);
    s->follow = pc_follow_start(shell->engine, &spec, &ops, s, err);
    if (!s->follow)
        return err->code;
    struct pc_str head = {0};
    pc_str_addf(&head, "watching %zu kernel%s in %s; Ctrl-C ends it\n\n", n,
                n == 1 ? "" : "s", dir);
    flush(s, &head);
    pc_loop_on_interrupt(shell->loop, interrupted, s);
    if (n == 1)
        pc_follow_check(s->follow, chosen[0], o->quick);
    pc_loop_run(shell->loop);
    pc_follow_stop(s->follow);
    return s->code;
}

/* Without words: every exercise of the course. */
static bool choose_all(struct pc_shell *shell, const struct pc_exercise ***chosen,
                       size_t *n)
{
    for (size_t i = 0; i < shell->course->n_topics; i++) {
        const struct pc_topic *topic = &shell->course->topics[i];
        for (size_t k = 0; k < topic->n_exercises; k++)
            pc_exercises_add(chosen, n, &topic->exercises[k]);
    }
    return *n > 0;
}

const struct argp pc_watch_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "[EXERCISE...]",
    .doc = "Check a kernel after each save, until Ctrl-C.\v"
           "Without EXERCISE all kernels are watched. The latest save always wins: it "
           "cancels the check that runs."};

enum pc_code pc_cmd_watch(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct watch_options o = {0};
    pc_parse_options(&pc_watch_argp, argc, argv, &o);
    struct session s = {.shell = shell, .err = err, .code = PC_INTERRUPTED};
    s.text.style = (struct pc_text_style){.live = pc_output_is_live(),
                                          .color = pc_output_has_color(),
                                          .links = pc_output_has_links(),
                                          .width = pc_output_width()};
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    enum pc_code code = PC_USAGE;
    if (pc_choose_exercises(shell, o.words.items, o.words.n, &chosen, &n, err) &&
        (o.words.n > 0 || choose_all(shell, &chosen, &n)))
        code = watch(&s, &o, chosen, n, err);
    else if (!err->msg[0])
        pc_fail(err, PC_USAGE, "the course has no exercise to watch");
    else
        code = err->code;
    free(chosen);
    pc_words_fini(&o.words);
    return code;
}
