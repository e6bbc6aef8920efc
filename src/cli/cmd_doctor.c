#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/wrap.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "loop/loop.h"
#include "report/health.h"

enum { KEY_CC = 256, KEY_JSON, NOISE_MS = 2500 };

struct doctor {
    struct pc_shell *shell;
    struct pc_health_job *job;
    struct pc_surroundings around;
    struct pc_str out;
    enum pc_code code;
    const char *cc;
    char *cache;
    bool json;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct doctor *d = state->input;
    if (key == KEY_CC)
        d->cc = arg;
    else if (key == KEY_JSON)
        d->json = true;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "doctor takes no argument");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static void health_done(void *ctx, const struct pc_health *h)
{
    struct doctor *d = ctx;
    d->job = NULL;
    d->code = h->trouble || !h->sanitizers ? PC_ENVIRONMENT : PC_PASSED;
    if (d->json) {
        PC_AUTO(pc_auto_free) char *json = pc_health_json(h, &d->around, d->code);
        pc_str_adds(&d->out, json);
    } else {
        pc_health_text(h, &d->out);
    }
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

/* Print what is known by now; a document is not broken into lines. */
static bool tell(struct doctor *d, struct pc_err *err)
{
    struct pc_str lines = {0};
    pc_wrap_add(&lines, pc_str_get(&d->out),
                &(struct pc_wrap){.width = d->json ? 0 : pc_output_width(),
                                  .indent = PC_HEALTH_INDENT});
    bool ok = pc_print(pc_str_get(&lines), err);
    pc_str_fini(&lines);
    pc_str_fini(&d->out);
    return ok;
}

static void look_around(struct doctor *d)
{
    const struct pc_course *course = d->shell->course;
    struct winsize size = {0};
    const char *term = getenv("TERM"), *locale = setlocale(LC_CTYPE, NULL);
    d->around = (struct pc_surroundings){.course = course->dir,
                                         .cache = d->cache,
                                         .topics = course->n_topics,
                                         .locale = locale ? locale : "unknown",
                                         .term = term ? term : "",
                                         .utf8 = !pc_is_ascii(),
                                         .is_terminal = isatty(STDOUT_FILENO),
                                         .colors = pc_output_has_color()};
    for (size_t i = 0; i < course->n_topics; i++)
        d->around.exercises += course->topics[i].n_exercises;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        d->around.columns = size.ws_col;
        d->around.rows = size.ws_row;
    }
}

static enum pc_code examine(struct doctor *d, struct pc_err *err)
{
    struct pc_shell *shell = d->shell;
    pc_engine_use_compiler(shell->engine, d->cc);
    look_around(d);
    /* The rest takes seconds. */
    if (!d->json) {
        pc_surroundings_text(&d->around, &d->out);
        if (!tell(d, err))
            return err->code;
    }
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
    {"cc", KEY_CC, "CC", 0, "Examine this compiler", 0},
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of lines", 0},
    {0}};

const struct argp pc_doctor_argp = {
    .options = options,
    .parser = parse,
    .doc = "Tell what this machine has, what is missing, and how far its timings can be "
           "trusted (two identical kernels are timed against each other). Takes less than "
           "five seconds once a compiler is proven."};

enum pc_code pc_cmd_doctor(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct doctor d = {.shell = shell};
    pc_parse_options(&pc_doctor_argp, argc, argv, &d);
    d.cache = pc_cachedir(NULL);
    enum pc_code code = examine(&d, err);
    if (d.out.len > 0 && !tell(&d, err))
        code = err->code;
    pc_str_fini(&d.out);
    free(d.cache);
    return code;
}
