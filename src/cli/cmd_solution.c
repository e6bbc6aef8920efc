/* diff and solution: the learner's kernel beside the one it began as, and ours. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "cli/typed.h"
#include "loop/loop.h"

enum { CONTEXT = 3, SHOWN_BYTES = 1 << 20 };

/* Exactly one exercise; NULL with the reason. */
static const struct pc_exercise *only_exercise(const struct pc_shell *shell,
                                               const struct pc_words *words,
                                               const char *command, struct pc_err *err)
{
    if (words->n == 1)
        return pc_choose_one(shell, words->items[0], err);
    pc_fail(err, PC_USAGE, "name one exercise, such as `perfcourse %s 07.1`", command);
    return NULL;
}

struct comparison {
    struct pc_shell *shell;
    const struct pc_exercise *exercise;
    struct pc_diff *job;
    enum pc_code code;
    struct pc_err *err;
};

static void on_diff(void *ctx, const char *text, const struct pc_err *trouble)
{
    struct comparison *c = ctx;
    char id[16];
    c->job = NULL;
    pc_loop_stop(c->shell->loop);
    if (trouble) {
        *c->err = *trouble;
        c->code = trouble->code;
        return;
    }
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(text, strlen(text), SHOWN_BYTES);
    PC_AUTO(pc_auto_free) char *out =
        *text ? pc_strdup(harmless)
              : pc_strfmt("%s %s: no change since the start\n",
                          pc_exercise_id(c->exercise, id), c->exercise->name);
    c->code = pc_print(out, c->err) ? PC_PASSED : c->err->code;
}

static void interrupted(void *ctx, int signal)
{
    struct comparison *c = ctx;
    (void)signal;
    pc_diff_cancel(c->job);
    c->code = PC_INTERRUPTED;
    pc_loop_stop(c->shell->loop);
}

static enum pc_code compare(struct pc_shell *shell, const struct pc_exercise *e,
                            struct pc_err *err)
{
    struct comparison c = {.shell = shell, .exercise = e, .err = err};
    struct pc_diff_spec spec = {.from.name = "the start", .context = CONTEXT};
    if (!pc_shell_workspace(shell, err))
        return err->code;
    PC_AUTO(pc_auto_free) char *kernel = pc_engine_kernel(shell->engine, e);
    PC_AUTO(pc_auto_free) char *from =
        pc_engine_source(shell->engine, e, PC_USE_STARTER, NULL, &spec.from.n, err);
    PC_AUTO(pc_auto_free) char *to =
        from ? pc_engine_source(shell->engine, e, PC_USE_LEARNERS, NULL, &spec.to.n, err)
             : NULL;
    if (!to)
        return err->code;
    spec.from.text = from;
    spec.to.text = to;
    spec.to.name = kernel;
    c.job = pc_diff_start(shell->engine, &spec, on_diff, &c, err);
    if (!c.job)
        return err->code;
    pc_loop_on_interrupt(shell->loop, interrupted, &c);
    pc_loop_run(shell->loop);
    return c.code;
}

const struct argp pc_diff_argp = {.options = pc_no_options,
                                  .parser = pc_parse_words,
                                  .args_doc = "EXERCISE",
                                  .doc = "Show what you changed since the start, as "
                                         "`diff -u` does."};

enum pc_code pc_cmd_diff(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_diff_argp, argc, argv, &words);
    const struct pc_exercise *e = only_exercise(shell, &words, "diff", err);
    pc_words_fini(&words);
    return e ? compare(shell, e, err) : err->code;
}

enum { KEY_REVEAL = 256 };

struct solution_options {
    struct pc_words words;
    bool reveal;
};

static error_t parse_solution(int key, char *arg, struct argp_state *state)
{
    struct solution_options *o = state->input;
    if (key == KEY_REVEAL)
        o->reveal = true;
    else if (key == ARGP_KEY_ARG)
        pc_words_add(&o->words, arg);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

/* Before a pass somebody must want it; what they want is recorded. */
static bool may_show(struct pc_shell *shell, const struct pc_exercise *e, bool reveal,
                     bool *shows, struct pc_err *err)
{
    struct pc_status status = pc_engine_status(shell->engine, e);
    char id[16];
    pc_exercise_id(e, id);
    *shows = reveal || status.passed || status.revealed;
    if (*shows)
        return true;
    if (!pc_can_ask())
        return pc_fail(err, PC_USAGE,
                       "%s is not passed yet; `perfcourse solution %s --reveal` shows the "
                       "reference, which is recorded",
                       id, id);
    PC_AUTO(pc_auto_free) char *question =
        pc_strfmt("show the reference of %s? it will be recorded", id);
    return pc_ask_yes(question, shows, err);
}

static enum pc_code solution(struct pc_shell *shell, const struct pc_exercise *e,
                             bool reveal, struct pc_err *err)
{
    bool shows;
    size_t n;
    char id[16];
    PC_AUTO(pc_auto_free) char *text =
        pc_engine_source(shell->engine, e, PC_USE_REFERENCE, NULL, &n, err);
    if (!text || !may_show(shell, e, reveal, &shows, err))
        return err->code;
    if (!shows)
        return PC_PASSED;
    pc_engine_revealed(shell->engine, e);
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, n, SHOWN_BYTES);
    PC_AUTO(pc_auto_free) char *out =
        pc_strfmt("%s %s: the reference\n%s", pc_exercise_id(e, id), e->name, harmless);
    return pc_print(out, err) ? PC_PASSED : err->code;
}

static const struct argp_option options[] = {
    {"reveal", KEY_REVEAL, NULL, 0, "Show it before a pass, without being asked", 0}, {0}};

const struct argp pc_solution_argp = {.options = options,
                                      .parser = parse_solution,
                                      .args_doc = "EXERCISE",
                                      .doc = "Print the reference, our solution.\vBefore a "
                                             "pass it asks first, and your progress says "
                                             "that you have seen it."};

enum pc_code pc_cmd_solution(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err)
{
    struct solution_options o = {0};
    pc_parse_options(&pc_solution_argp, argc, argv, &o);
    const struct pc_exercise *e = only_exercise(shell, &o.words, "solution", err);
    pc_words_fini(&o.words);
    return e ? solution(shell, e, o.reveal, err) : err->code;
}
