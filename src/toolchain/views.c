#include "toolchain/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "loop/loop.h"
#include "toolchain/cache.h"
#include "toolchain/diagnostics.h"
#include "toolchain/frames.h"
#include "toolchain/packages.h"
#include "toolchain/recipe.h"
#include "toolchain/step.h"

enum { USAGE_MAX = 1 << 20, TROUBLE_MAX = 600 };

/* A page of stack: below it frames are the usual thing. */
#define FRAME_FLAG "-Wframe-larger-than=4096"

/* What compilers know of malloc and its kin lets them leave calls out. */
static const char *const plain[] = {"-O0"};
static const char *const timed[] = {"-fstack-usage", FRAME_FLAG};
static const char *const opaque[] = {
    "-fno-builtin-malloc",   "-fno-builtin-calloc",         "-fno-builtin-realloc",
    "-fno-builtin-strdup",   "-fno-builtin-aligned_alloc",  "-fno-builtin-strndup",
    "-fno-builtin-memalign", "-fno-builtin-posix_memalign", "-fno-builtin-free",
};
static const struct {
    const char *folder;
    const char *const *flags;
    size_t n;
} recipes[PC_VIEWS] = {
    [PC_VIEW_PLAIN] = {"plain", plain, PC_COUNT(plain)},
    [PC_VIEW_TIMED] = {"timed", timed, PC_COUNT(timed)},
    [PC_VIEW_OPAQUE] = {"opaque", opaque, PC_COUNT(opaque)},
};

struct pc_views_job;

struct view {
    struct pc_views_job *job;
    char *dir, *object;
    struct pc_step *step;
    bool failed;
    char *output, *trouble;
};

struct pc_views_job {
    struct pc_loop *loop;
    struct pc_recipe recipe;
    struct pc_sources sources;
    struct pc_words needs;
    struct pc_timer *timer;
    struct pc_packages *packages;
    char *scratch;
    struct view views[PC_VIEWS];
    size_t running;
    struct pc_build build;
    struct pc_stack_frames frames;
    struct pc_err err; /* code 0: none */
    int64_t began;
    void (*done)(void *ctx, const struct pc_views *views, const struct pc_build *build,
                 const struct pc_err *err);
    void *ctx;
};

static void job_free(struct pc_views_job *job)
{
    for (size_t i = 0; i < PC_VIEWS; i++) {
        pc_step_abandon(job->views[i].step);
        free(job->views[i].dir);
        free(job->views[i].object);
        free(job->views[i].output);
        free(job->views[i].trouble);
    }
    pc_cache_discard(job->scratch);
    pc_timer_free(job->timer);
    pc_words_fini(&job->recipe.cflags);
    pc_words_fini(&job->needs);
    pc_sources_fini(&job->sources);
    pc_build_fini(&job->build);
    free(job->frames.items);
    free(job->scratch);
    free(job);
}

static void finish(struct pc_views_job *job)
{
    bool failed = job->err.code != PC_PASSED;
    struct pc_views views = {.frames = &job->frames};
    for (size_t i = 0; i < PC_VIEWS; i++)
        views.objects[i] = job->views[i].object;
    job->build.built = !failed && job->running == 0 && !job->build.trouble &&
                       !pc_diagnostics_have_error(&job->build);
    job->build.wall_ns = pc_now() - job->began;
    job->done(job->ctx, job->build.built ? &views : NULL, &job->build,
              failed ? &job->err : NULL);
    job_free(job);
}

/* gcc's frames include the return address, which x86 pushes; clang's do not. */
static double address_of(const struct pc_toolchain *tc)
{
#if defined __x86_64__
    return strncmp(tc->version, "clang", 5) == 0 ? sizeof(void *) : 0;
#else
    (void)tc;
    return 0;
#endif
}

static void read_usage(struct pc_views_job *job)
{
    PC_AUTO(pc_auto_free)
    char *path =
        pc_strfmt("%s/%s.su", job->views[PC_VIEW_TIMED].dir, job->sources.kernel.name);
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, USAGE_MAX, NULL, NULL);
    if (text)
        pc_frames_read(text, address_of(job->recipe.tc), &job->frames);
}

/* Whether a warning is about a frame that is large, or that an address outlives. */
static bool is_about_frames(const char *text)
{
    static const char *const options[] = {"-Wreturn-local-addr", "-Wreturn-stack-address",
                                          "-Wdangling-pointer", "-Wframe-larger-than"};
    for (size_t i = 0; i < PC_COUNT(options); i++)
        if (strstr(text, options[i]))
            return true;
    return false;
}

/* Errors and warnings: which warnings there are, optimisation decides, so those count that
 * were told when compiling what is timed. */
static void read_messages(struct pc_views_job *job)
{
    struct view *view = &job->views[PC_VIEW_TIMED];
    for (size_t i = 0; i < PC_VIEWS; i++)
        if (job->views[i].failed && !view->failed)
            view = &job->views[i];
    struct pc_build all = {0};
    pc_diagnostics_text(&all, &job->sources, view->output);
    for (size_t i = 0; i < all.n; i++) {
        const struct pc_diagnostic *d = &all.items[i];
        if (d->error || is_about_frames(d->text))
            pc_diagnostics_add(&job->build, &job->sources, d->error, d->place.file,
                               d->place.line, d->place.column, d->text);
    }
    pc_build_fini(&all);
    pc_diagnostics_sort(&job->build);
    if (!view->failed || pc_diagnostics_have_error(&job->build))
        return;
    const char *limit = view->trouble ? view->trouble : pc_step_hidden_limit(view->output);
    job->build.trouble =
        limit ? pc_strdup(limit)
        : view->output[0]
            ? pc_text_harmless(view->output, strlen(view->output), TROUBLE_MAX)
            : pc_strdup("the compiler failed and did not say why");
}

static void on_compiled(void *ctx, const struct pc_step_end *end)
{
    struct view *view = ctx;
    struct pc_views_job *job = view->job;
    view->step = NULL;
    view->failed = !end->ok;
    view->output = pc_strndup(end->output, end->n);
    view->trouble = end->trouble ? pc_strdup(end->trouble) : NULL;
    if (view->failed)
        pc_step_lacked_means(end->output, &job->err);
    if (--job->running > 0)
        return;
    if (job->err.code == PC_PASSED) {
        read_messages(job);
        read_usage(job);
    }
    finish(job);
}

static bool start_view(struct pc_views_job *job, enum pc_code_view which)
{
    struct view *view = &job->views[which];
    view->job = job;
    view->dir = pc_path_join(job->scratch, recipes[which].folder);
    view->object = pc_strfmt("%s/%s.o", view->dir, job->sources.kernel.name);
    if (!pc_sources_write(&job->sources, view->dir, &job->err))
        return false;
    struct pc_words argv = {0};
    pc_recipe_compile(&job->recipe, &job->sources.kernel, view->dir, PC_KERNEL_DIR, false,
                      &argv);
    for (size_t i = 0; i < recipes[which].n; i++)
        pc_words_add(&argv, recipes[which].flags[i]);
    /* Lines of source between the messages could be taken for messages; a compiler that
     * has no JSON was asked for that already. */
    if (job->recipe.tc->json)
        pc_words_add(&argv, "-fno-diagnostics-show-caret");
    PC_AUTO(pc_auto_free) char *cwd = pc_path_join(view->dir, PC_KERNEL_DIR);
    struct pc_step_spec spec = {.argv = &argv,
                                .cwd = cwd,
                                .tmp = view->dir,
                                .wall_ms = job->recipe.tc->compile_ms,
                                .program = "the compiler"};
    view->step = pc_step_start(job->loop, &spec, on_compiled, view, &job->err);
    pc_words_fini(&argv);
    job->running += view->step != NULL;
    return view->step != NULL;
}

static void start_views(struct pc_views_job *job)
{
    job->scratch = pc_cache_scratch(job->recipe.tc->cache, &job->err);
    bool fine = job->scratch != NULL;
    for (enum pc_code_view which = 0; fine && which < PC_VIEWS; which++)
        fine = start_view(job, which);
    if (!fine)
        finish(job);
}

static void on_packages(void *ctx, const struct pc_words *cflags,
                        const struct pc_words *libs, const struct pc_err *err)
{
    struct pc_views_job *job = ctx;
    (void)libs;
    job->packages = NULL;
    if (err) {
        job->err = *err;
        finish(job);
        return;
    }
    pc_words_add_list(&job->recipe.cflags, cflags);
    start_views(job);
}

static void on_begin(void *ctx)
{
    struct pc_views_job *job = ctx;
    if (job->needs.n == 0)
        start_views(job);
    else
        job->packages = pc_packages_find(job->loop, &job->needs, job->recipe.tc->cache,
                                         on_packages, job);
}

struct pc_views_job *pc_views_start(struct pc_loop *loop, const struct pc_toolchain *tc,
                                    const struct pc_build_spec *spec,
                                    void (*done)(void *ctx, const struct pc_views *views,
                                                 const struct pc_build *build,
                                                 const struct pc_err *err),
                                    void *ctx, struct pc_err *err)
{
    struct pc_build_spec alone = *spec;
    alone.product = PC_SHARED_OBJECT;
    alone.bench_file = NULL;
    struct pc_views_job *job = pc_alloc(sizeof *job);
    job->loop = loop;
    job->recipe = (struct pc_recipe){.tc = tc, .product = PC_SHARED_OBJECT};
    job->began = pc_now();
    job->done = done;
    job->ctx = ctx;
    for (size_t i = 0; i < spec->n_needs; i++)
        pc_words_add(&job->needs, spec->needs[i]);
    if (!pc_sources_read(&job->sources, &alone, tc->include_dir, err)) {
        job_free(job);
        return NULL;
    }
    job->timer = pc_timer_start(loop, 0, on_begin, job);
    return job;
}

void pc_views_cancel(struct pc_views_job *job)
{
    if (!job)
        return;
    if (job->packages)
        pc_packages_cancel(job->packages);
    job_free(job);
}
