#include "cli/dev_verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "engine/verify.h"
#include "loop/loop.h"
#include "report/certificate.h"

enum { COMPILERS_MAX = 4, STATUS_ROOM = 3 };

struct session {
    struct pc_shell *shell;
    const struct pc_dev_verify *options;
    bool whole; /* all of the course */
    const struct pc_exercise **chosen;
    size_t n;
    struct pc_words compilers;
    struct pc_engine *engines[COMPILERS_MAX]; /* of each compiler; not the shell's */
    struct pc_verify *verify;
    bool announced, status; /* a status line is on the screen */
    enum pc_code code;
    struct pc_err *err;
};

static void clear_status(struct session *s)
{
    if (s->status)
        pc_print("\r\033[K", NULL);
    s->status = false;
}

/* On a terminal a line that changes, elsewhere one line at the beginning. */
static void on_progress(void *ctx, const struct pc_verify_progress *p)
{
    struct session *s = ctx;
    if (s->options->json)
        return;
    struct pc_str line = {0};
    if (pc_output_is_live()) {
        char id[16];
        size_t width = pc_output_width();
        pc_str_addf(&line, "%s %zu of %zu: %s %s, %s, %s",
                    p->timing ? "measuring, done" : "building and testing,", p->done,
                    p->total, pc_exercise_id(p->current->exercise, id),
                    p->current->exercise->name, p->current->compiler, p->current->kernel);
        if (width > STATUS_ROOM)
            line.s[pc_text_fit(line.s, line.len, width - STATUS_ROOM)] = '\0';
        clear_status(s);
        pc_print(pc_str_get(&line), NULL);
        s->status = true;
    } else if (!s->announced) {
        pc_str_addf(&line, "trying %zu kernels, first all but the time\n", p->total);
        pc_print(pc_str_get(&line), NULL);
    }
    s->announced = true;
    pc_str_fini(&line);
}

/* A topic that cannot be read cannot be taught. */
static void add_broken_topics(const struct session *s, struct pc_certificate *certificate)
{
    for (char *const *p = pc_engine_broken_topics(s->shell->engine); p && *p; p++)
        pc_certificate_add_defect(certificate, pc_strdup("a topic"), pc_strdup(*p));
}

static void print_certificate(struct session *s, const struct pc_certificate *certificate)
{
    struct pc_str out = {0};
    clear_status(s);
    s->code = certificate->defects.n > 0 ? PC_MISSED : PC_PASSED;
    if (s->options->json) {
        PC_AUTO(pc_auto_free) char *json = pc_certificate_json(certificate, s->code);
        pc_str_adds(&out, json);
    } else {
        pc_certificate_text(certificate, &out);
    }
    /* Documents are not broken into lines, and tables are read better whole. */
    if (!pc_print(pc_str_get(&out), s->err))
        s->code = s->err->code;
    pc_str_fini(&out);
}

static void on_done(void *ctx, struct pc_certificate *certificate,
                    const struct pc_err *trouble)
{
    struct session *s = ctx;
    s->verify = NULL;
    if (trouble) {
        clear_status(s);
        *s->err = *trouble;
        s->code = trouble->code;
    } else {
        if (s->whole)
            add_broken_topics(s, certificate);
        print_certificate(s, certificate);
    }
    pc_loop_stop(s->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    clear_status(s);
    if (s->verify)
        pc_verify_cancel(s->verify);
    s->verify = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static bool choose_all(struct session *s)
{
    const struct pc_course *course = s->shell->course;
    for (size_t i = 0; i < course->n_topics; i++)
        for (size_t k = 0; k < course->topics[i].n_exercises; k++)
            pc_exercises_add(&s->chosen, &s->n, &course->topics[i].exercises[k]);
    return true;
}

/* Those that were named must be there; of gcc and clang those that are. */
static bool choose_compilers(struct session *s, struct pc_err *err)
{
    const char *names = s->options->cc ? s->options->cc : "gcc,clang";
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(names);
    char *rest = NULL;
    for (char *cc = strtok_r(copy, ",", &rest); cc; cc = strtok_r(NULL, ",", &rest)) {
        if (s->options->cc || pc_engine_has_compiler(cc))
            pc_words_add(&s->compilers, cc);
        else
            pc_complain("%s is not installed: the course is certified without it", cc);
    }
    if (s->compilers.n > COMPILERS_MAX)
        return pc_fail(err, PC_USAGE, "--cc takes at most %d compilers", COMPILERS_MAX);
    if (s->compilers.n == 0)
        return pc_fail(err, s->options->cc ? PC_USAGE : PC_ENVIRONMENT,
                       "there is no compiler to certify with; name one, as --cc gcc");
    return true;
}

static bool make_engines(struct session *s, struct pc_err *err)
{
    struct pc_engine_spec spec = {.loop = s->shell->loop, .pack = pc_pack_wanted()};
    for (size_t i = 0; i < s->compilers.n; i++) {
        if (!(s->engines[i] = pc_engine_create(&spec, err)))
            return false;
        pc_engine_use_compiler(s->engines[i], s->compilers.items[i]);
    }
    return true;
}

static void serve(struct session *s, struct pc_err *err)
{
    static const struct pc_verify_ops ops = {.progress = on_progress, .done = on_done};
    const struct pc_verify_spec spec = {.engines = s->engines,
                                        .compilers = pc_words_argv(&s->compilers),
                                        .n_engines = s->compilers.n,
                                        .exercises = s->chosen,
                                        .n = s->n,
                                        .margins = s->options->margins};
    s->verify = pc_verify_start(&spec, &ops, s, err);
    if (!s->verify) {
        s->code = err->code;
        return;
    }
    pc_loop_on_interrupt(s->shell->loop, interrupted, s);
    pc_loop_run(s->shell->loop);
}

enum pc_code pc_dev_verify(struct pc_shell *shell, char *const *words, size_t n,
                           const struct pc_dev_verify *options, struct pc_err *err)
{
    struct session s = {
        .shell = shell, .options = options, .whole = n == 0, .err = err, .code = PC_USAGE};
    bool chosen = n == 0 ? choose_all(&s)
                         : pc_choose_exercises(shell, words, n, &s.chosen, &s.n, err);
    if (chosen && choose_compilers(&s, err) && make_engines(&s, err))
        serve(&s, err);
    else
        s.code = err->code;
    for (size_t i = 0; i < COMPILERS_MAX; i++)
        pc_engine_free(s.engines[i]);
    pc_words_fini(&s.compilers);
    free(s.chosen);
    return s.code;
}
