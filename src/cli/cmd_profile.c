#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "cli/profile_options.h"
#include "cli/shell.h"
#include "cli/targets.h"
#include "engine/kept.h"
#include "engine/profile.h"
#include "loop/loop.h"
#include "report/profile.h"
#include "report/profile_diff.h"

enum { TOP = 10 };

struct session {
    struct pc_shell *shell;
    struct pc_profile_options *options;
    struct pc_profile_run *run;
    bool status;
    struct pc_profile before; /* to compare with; empty without --diff */
    enum pc_code code;
    struct pc_str out;
    struct pc_err *err;
};

static void clear_status(struct session *s)
{
    if (s->status)
        pc_print("\r\033[K", NULL);
    s->status = false;
}

static bool write_files(struct session *s, const struct pc_profile *profile)
{
    const struct pc_profile_options *o = s->options;
    struct pc_words files = {0};
    bool fine = pc_profile_write(o->out, profile, &files, s->err);
    for (size_t i = 0; i < files.n && !o->json; i++)
        pc_str_addf(&s->out, "%s%s%s", i == 0 ? "\nwrote " : ", ", files.items[i],
                    i + 1 == files.n ? "\n" : "");
    pc_words_fini(&files);
    return fine;
}

/* A kernel that hangs or crashes is one also here. */
static enum pc_code code_of(const struct pc_profiled *found)
{
    return found->crash.ending != PC_ENDING_NONE ? PC_CRASH : PC_PASSED;
}

/* Keep it for the next time, and find what it is to be compared with. */
static void keep(struct session *s, const struct pc_profiled *found)
{
    struct pc_profile_options *o = s->options;
    struct pc_engine *engine = s->shell->engine;
    if (!o->spec.exercise)
        return;
    if (o->diffs_kept && pc_kept_before(engine, o->spec.exercise, found, &s->before))
        o->view.before = &s->before;
    if (o->spec.use == PC_USE_LEARNERS)
        pc_kept_add(engine, o->spec.exercise, found);
}

static void show(struct session *s, const struct pc_profiled *found)
{
    const struct pc_profile_options *o = s->options;
    const char *name = o->spec.exercise ? o->spec.exercise->name : NULL;
    s->code = code_of(found);
    if (o->json) {
        PC_AUTO(pc_auto_free) char *text =
            pc_profile_json(found, name, o->view.before, s->code, s->err);
        if (text)
            pc_str_adds(&s->out, text);
        else
            s->code = s->err->code;
    } else if (!pc_profile_text(found, &o->view, &s->out, s->err)) {
        s->code = s->err->code;
    }
    if (o->diffs_kept && !o->view.before && !o->json)
        pc_profile_diff_missing(o->view.width, &s->out);
    if (o->out && !write_files(s, found->profile))
        s->code = s->err->code;
}

static void done(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble)
{
    struct session *s = ctx;
    s->run = NULL;
    clear_status(s);
    pc_loop_stop(s->shell->loop);
    if (trouble) {
        *s->err = *trouble;
        s->code = trouble->code;
        return;
    }
    keep(s, found);
    show(s, found);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    clear_status(s);
    if (s->run)
        pc_profile_cancel(s->run);
    s->run = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static bool is_recorded(const char *word)
{
    static const char ending[] = ".pb.gz";
    size_t n = strlen(word), m = strlen(ending);
    return n > m && strcmp(word + n - m, ending) == 0;
}

static bool find_target(struct session *s, struct pc_profile_options *o)
{
    const char *word = o->words.items[0];
    if (is_recorded(word)) {
        const struct pc_profile_spec *spec = &o->spec;
        o->recorded = word;
        if (!o->use && !o->cc && !spec->ms && !spec->hz && !spec->ops && !spec->bench &&
            !spec->size)
            return true;
        return pc_fail(
            s->err, PC_USAGE,
            "%s was recorded before and is shown as it is: --use, --cc, --bench, "
            "--size, --seconds, --hz and --ops do not go with it",
            word);
    }
    struct pc_target target;
    if (!pc_targets_find_one(s->shell, word, o->use, &target, s->err))
        return false;
    o->spec.exercise = target.exercise;
    o->spec.use = pc_use_of(o->use);
    o->spec.file = target.exercise ? o->use : target.file;
    return true;
}

/* What a profile of this kind will be compared with is read first, so that a wrong file costs
 * no time. */
static bool read_before(struct session *s, struct pc_profile_options *o)
{
    struct pc_profile kind;
    struct pc_str nothing = {0};
    if (o->diffs_kept && !o->spec.exercise)
        return pc_fail(s->err, PC_USAGE,
                       "--diff needs a file: only profiles of exercises are kept");
    if (!o->diff)
        return true;
    if (!pc_profile_read(o->diff, &s->before, s->err))
        return false;
    o->view.before = &s->before;
    if (o->recorded)
        return true;
    pc_profile_init(&kind, o->spec.kind);
    bool fine = pc_profile_diff_text(&s->before, &kind, &o->view, &nothing, s->err);
    pc_str_fini(&nothing);
    pc_profile_fini(&kind);
    return fine;
}

static bool show_recorded(struct session *s, const struct pc_profile_options *o)
{
    struct pc_profile profile;
    if (!pc_profile_read(o->recorded, &profile, s->err))
        return false;
    bool fine = !o->has_kind || profile.kind == o->spec.kind ||
                pc_fail(s->err, PC_USAGE, "%s is a profile of another kind: %s",
                        o->recorded, pc_profile_kind_name(profile.kind));
    if (fine)
        show(s, &(struct pc_profiled){.profile = &profile, .bench = ""});
    pc_profile_fini(&profile);
    return fine;
}

static bool start(struct session *s, const struct pc_profile_options *o)
{
    pc_engine_use_compiler(s->shell->engine, o->cc);
    s->run = pc_profile_start(s->shell->engine, &o->spec, done, s, s->err);
    return s->run != NULL;
}

enum pc_code pc_cmd_profile(struct pc_shell *shell, int argc, char **argv,
                            struct pc_err *err)
{
    struct pc_profile_options o = {.view = {.top = TOP}};
    struct session s = {.shell = shell, .options = &o, .err = err, .code = PC_USAGE};
    pc_parse_options(&pc_profile_argp, argc, argv, &o);
    o.view.width = pc_output_width();
    o.spec.seed = pc_rng_fresh_seed();
    bool fine = find_target(&s, &o) && read_before(&s, &o) &&
                (o.recorded ? show_recorded(&s, &o) : start(&s, &o));
    if (s.run) {
        if (pc_output_is_live() && !o.json)
            s.status = pc_print("\r\033[Kprofiling ...", NULL);
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_run(shell->loop);
    } else if (!fine) {
        s.code = err->code;
    }
    if (s.out.len > 0 && !pc_print(s.out.s, err))
        s.code = err->code;
    pc_str_fini(&s.out);
    pc_words_fini(&o.words);
    pc_profile_fini(&s.before);
    return s.code;
}
