#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "cli/shell.h"
#include "cli/targets.h"
#include "engine/escape.h"
#include "loop/loop.h"
#include "report/escape.h"

enum { KEY_CC = 256, KEY_USE, KEY_JSON };

struct escape_options {
    struct pc_words words;
    const char *cc, *use;
    bool json;
};

static const struct argp_option options[] = {
    {"cc", KEY_CC, "CC", 0, "Ask this compiler, or 'both': gcc and clang, side by side", 0},
    {"use", KEY_USE, "KERNEL", 0,
     "Look at the 'starter', the 'reference' or a file of yours", 0},
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of lines", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct escape_options *o = state->input;
    switch (key) {
    case KEY_CC:
        o->cc = arg;
        break;
    case KEY_USE:
        o->use = arg;
        break;
    case KEY_JSON:
        o->json = true;
        break;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        break;
    case ARGP_KEY_END:
        if (o->words.n == 0)
            argp_error(state, "name an exercise, such as 05.1, or a C file");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

struct session {
    struct pc_shell *shell;
    const struct escape_options *options;
    struct pc_targets targets;
    size_t next; /* the target that follows */
    const struct pc_target *target;
    struct pc_escape_run *run;
    struct pc_escape_json *json;
    bool lost; /* standard output cannot be written */
    enum pc_code code;
    struct pc_err *err;
};

static void go_on(void *ctx);

/* Each compiler's own trouble.  One that is not here is no failure while there is another,
 * but it is not left out in silence. */
static void complain(const struct pc_escape *escape, enum pc_code code)
{
    for (size_t i = 0; i < escape->n_sides; i++) {
        const struct pc_escape_side *side = &escape->sides[i];
        if (side->absent && code != PC_ENVIRONMENT)
            pc_complain("%s is left out: %s", side->compiler, side->trouble);
        else if (side->trouble)
            pc_complain("%s", side->trouble);
    }
}

static void on_done(void *ctx, enum pc_code code, const struct pc_escape *escape)
{
    struct session *s = ctx;
    s->run = NULL;
    s->code = pc_worse_code(s->code, code);
    if (s->json) {
        pc_escape_json_add(s->json, s->target->exercise, escape);
    } else {
        struct pc_str out = {0};
        pc_escape_text(escape, pc_output_width(), &out);
        if (out.len > 0 && s->next < s->targets.n)
            pc_str_adds(&out, "\n");
        s->lost = out.len > 0 && !pc_print(out.s, s->err);
        pc_str_fini(&out);
    }
    if (s->lost) {
        s->code = s->err->code;
        pc_loop_stop(s->shell->loop);
        return;
    }
    complain(escape, code);
    pc_loop_later(s->shell->loop, go_on, s);
}

/* Start the next target; one that cannot be does not keep the others from it. */
static void go_on(void *ctx)
{
    struct session *s = ctx;
    const struct escape_options *o = s->options;
    while (s->next < s->targets.n) {
        s->target = &s->targets.items[s->next++];
        struct pc_escape_spec spec = {.exercise = s->target->exercise,
                                      .use = pc_use_of(o->use),
                                      .file =
                                          s->target->exercise ? o->use : s->target->file,
                                      .compilers = {o->cc},
                                      .n_compilers = 1,
                                      .seed = pc_rng_fresh_seed()};
        if (o->cc && strcmp(o->cc, "both") == 0) {
            spec.compilers[0] = "gcc";
            spec.compilers[1] = "clang";
            spec.n_compilers = 2;
        }
        struct pc_err err = {0};
        s->run = pc_escape_start(s->shell->engine, &spec, on_done, s, &err);
        if (s->run)
            return;
        s->code = pc_worse_code(s->code, err.code);
        pc_complain("%s", err.msg);
    }
    pc_loop_stop(s->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    if (s->run)
        pc_escape_cancel(s->run);
    s->run = NULL;
    s->next = s->targets.n;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static enum pc_code escape(struct pc_shell *shell, const struct escape_options *o,
                           struct pc_err *err)
{
    struct session s = {.shell = shell, .options = o, .err = err};
    if (!pc_targets_find(shell, &o->words, o->use, &s.targets, err)) {
        free(s.targets.items);
        return err->code;
    }
    s.json = o->json ? pc_escape_json_create() : NULL;
    pc_loop_on_interrupt(shell->loop, interrupted, &s);
    pc_loop_later(shell->loop, go_on, &s);
    pc_loop_run(shell->loop);
    if (s.json) {
        PC_AUTO(pc_auto_free) char *text = pc_escape_json_finish(s.json, s.code);
        if (!pc_print(text, err))
            s.code = err->code;
    }
    free(s.targets.items);
    return s.code;
}

const struct argp pc_escape_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "EXERCISE|FILE...",
    .doc =
        "Tell of each line that allocates whether the call is left in the code that is "
        "timed, and where the block goes.\v"
        "A block that never leaves its function can be elided; whether it is, is up to "
        "the compiler.  Of an exercise the allocations of each line are counted, too; a "
        "FILE of C is not run, and finds the headers of its folder.  Beside it stand the "
        "stack that each function takes, and warnings about frames."};

enum pc_code pc_cmd_escape(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct escape_options o = {0};
    pc_parse_options(&pc_escape_argp, argc, argv, &o);
    enum pc_code code = escape(shell, &o, err);
    pc_words_fini(&o.words);
    return code;
}
