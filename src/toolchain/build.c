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
#include "toolchain/packages.h"
#include "toolchain/recipe.h"
#include "toolchain/refuse.h"
#include "toolchain/step.h"
#include "toolchain/toolchain.h"
#include "toolchain/unit.h"

enum { UNITS_MAX = 3, OBJECT_MAX = 256 << 20, TROUBLE_MAX = 600 };

struct pc_build_job {
    struct pc_loop *loop;
    struct pc_recipe recipe;
    struct pc_sources sources;
    struct pc_words allow, needs;
    bool trusted;
    struct pc_build build;
    struct pc_err err; /* code 0: none */
    int64_t began;
    struct pc_timer *timer;
    struct pc_packages *packages;
    struct pc_unit units[UNITS_MAX]; /* in the order of linking, the kernel last */
    size_t n_units, running;
    struct pc_step *link;
    char *scratch, *product;
    void (*done)(void *ctx, const char *path, const struct pc_build *build,
                 const struct pc_err *err);
    void *ctx;
};

static void job_free(struct pc_build_job *job)
{
    pc_cache_discard(job->scratch);
    for (size_t i = 0; i < job->n_units; i++)
        pc_unit_fini(&job->units[i]);
    pc_timer_free(job->timer);
    pc_words_fini(&job->recipe.cflags);
    pc_words_fini(&job->recipe.libs);
    pc_words_fini(&job->allow);
    pc_words_fini(&job->needs);
    pc_sources_fini(&job->sources);
    pc_build_fini(&job->build);
    free(job->scratch);
    free(job->product);
    free(job);
}

/* The end of every job that is not cancelled. */
static void finish(struct pc_build_job *job)
{
    struct pc_build *build = &job->build;
    bool failed = job->err.code != PC_PASSED;
    pc_diagnostics_sort(build);
    build->built =
        !failed && job->product && !build->trouble && !pc_diagnostics_have_error(build);
    build->cached = !job->scratch;
    /* Only who adds to the cache cleans it: a build that was cached costs no walk. */
    if (job->scratch)
        pc_cache_prune(job->recipe.tc->cache, &pc_cache_usual);
    build->wall_ns = pc_now() - job->began;
    job->done(job->ctx, build->built ? job->product : NULL, build,
              failed ? &job->err : NULL);
    job_free(job);
}

static struct pc_unit *kernel_of(struct pc_build_job *job)
{
    return &job->units[job->n_units - 1];
}

/* A sentence for words of a compiler or linker that hold no message we know. */
static char *trouble_of(const char *trouble, const char *output)
{
    const char *limit = trouble ? trouble : pc_step_hidden_limit(output);
    if (limit)
        return pc_strdup(limit);
    char *assembler = pc_diagnostics_assembler(output);
    if (assembler)
        return assembler;
    size_t n = strlen(output);
    while (n > 0 && output[n - 1] == '\n')
        n--;
    return n > 0 ? pc_text_harmless(output, n, TROUBLE_MAX)
                 : pc_strdup("the compiler failed and did not say why");
}

static void on_linked(void *ctx, const struct pc_step_end *end)
{
    struct pc_build_job *job = ctx;
    job->link = NULL;
    PC_AUTO(pc_auto_free) char *made = pc_path_join(job->scratch, "product");
    if (end->ok) {
        pc_cache_keep(made, job->product, &job->err);
    } else if (!pc_step_lacked_means(end->output, &job->err)) {
        size_t before = job->build.n;
        pc_diagnostics_link(&job->build, &job->sources, end->output);
        if (job->build.n == before)
            job->build.trouble = trouble_of(end->trouble, end->output);
    }
    finish(job);
}

static void link_objects(struct pc_build_job *job)
{
    struct pc_words objects = {0}, argv = {0};
    for (size_t i = 0; i < job->n_units; i++)
        pc_words_add(&objects, job->units[i].object);
    PC_AUTO(pc_auto_free) char *made = pc_path_join(job->scratch, "product");
    pc_recipe_link(&job->recipe, &objects, made, &argv);
    struct pc_step_spec spec = {.argv = &argv,
                                .cwd = job->scratch,
                                .tmp = job->scratch,
                                .wall_ms = job->recipe.tc->compile_ms,
                                .program = "the linker"};
    job->link = pc_step_start(job->loop, &spec, on_linked, job, &job->err);
    pc_words_fini(&objects);
    pc_words_fini(&argv);
    if (!job->link)
        finish(job);
}

/* The course's own file does not build: nobody can be told but the one who installed it. */
static void blame_course(struct pc_build_job *job, struct pc_unit *unit)
{
    struct pc_build found = {0};
    pc_unit_messages(unit, &job->sources, &found);
    pc_diagnostics_sort(&found);
    const char *name = unit->source->name, *version = job->recipe.tc->version;
    PC_AUTO(pc_auto_free) char *trouble = trouble_of(unit->trouble, unit->output);
    if (found.n > 0)
        pc_fail(&job->err, PC_ENVIRONMENT,
                "the course's %s does not build with %s: %s:%d: %s", name, version,
                found.items[0].place.file, found.items[0].place.line, found.items[0].text);
    else
        pc_fail(&job->err, PC_ENVIRONMENT, "the course's %s does not build with %s: %s",
                name, version, trouble);
    pc_build_fini(&found);
}

/* Whether the kernel's object may be linked. */
static bool inspect(struct pc_build_job *job)
{
    if (job->trusted)
        return true;
    size_t n;
    PC_AUTO(pc_auto_free)
    char *object = pc_file_read(kernel_of(job)->object, OBJECT_MAX, &n, &job->err);
    struct pc_allowed allowed = {.names = job->allow.items, .n = job->allow.n};
    bool sanitized =
        job->recipe.product == PC_SANITIZED_TESTS || job->recipe.product == PC_RACE_TESTS;
    return object &&
           pc_refuse_object(&job->build, object, n, sanitized, &job->sources, &allowed,
                            &job->err) &&
           !pc_diagnostics_have_error(&job->build);
}

/* Every source is an object now, or failed. */
static void on_all_compiled(struct pc_build_job *job)
{
    struct pc_unit *kernel = kernel_of(job);
    pc_unit_messages(kernel, &job->sources, &job->build);
    for (size_t i = 0; i < job->n_units && job->err.code == PC_PASSED; i++)
        job->err = job->units[i].err;
    if (job->err.code == PC_PASSED && kernel->failed) {
        if (kernel->trouble || !pc_diagnostics_have_error(&job->build))
            job->build.trouble = trouble_of(kernel->trouble, kernel->output);
        finish(job);
        return;
    }
    for (size_t i = 0; i + 1 < job->n_units && job->err.code == PC_PASSED; i++)
        if (job->units[i].failed)
            blame_course(job, &job->units[i]);
    if (job->err.code == PC_PASSED && inspect(job))
        link_objects(job);
    else
        finish(job);
}

static void on_compiled(void *ctx)
{
    struct pc_build_job *job = ctx;
    /* Also after an error the others go on: the course's objects are of use to the next
     * build, and the kernel's messages are complete. */
    if (--job->running == 0)
        on_all_compiled(job);
}

static void abandon(struct pc_build_job *job)
{
    for (size_t i = 0; i < job->n_units; i++)
        pc_unit_abandon(&job->units[i]);
    pc_step_abandon(job->link);
    job->link = NULL;
}

/* Start what is not in the cache. */
static void compile_all(struct pc_build_job *job)
{
    job->scratch = pc_cache_scratch(job->recipe.tc->cache, &job->err);
    bool ok = job->scratch && pc_sources_write(&job->sources, job->scratch, &job->err);
    for (size_t i = 0; ok && i < job->n_units; i++)
        if (!pc_cache_holds(job->units[i].object)) {
            ok = pc_unit_compile(&job->units[i], job->loop, job->scratch, on_compiled, job,
                                 &job->err);
            job->running += ok;
        }
    if (!ok) {
        abandon(job);
        finish(job);
    } else if (job->running == 0) {
        on_all_compiled(job);
    }
}

/* The flags are known: what has to be made, and is it there? */
static void on_ready(struct pc_build_job *job)
{
    const struct {
        const struct pc_source *source;
        const char *dir;
    } rows[UNITS_MAX] = {{&job->sources.bench, PC_COURSE_DIR},
                         {&job->sources.test, PC_COURSE_DIR},
                         {&job->sources.kernel, PC_KERNEL_DIR}};
    char keys[UNITS_MAX][PC_HASH_HEX], key[PC_HASH_HEX];
    for (size_t i = 0; i < UNITS_MAX; i++) {
        if (!rows[i].source->name)
            continue;
        size_t n = job->n_units++;
        pc_recipe_object_key(&job->recipe, &job->sources, rows[i].source, keys[n]);
        pc_unit_init(&job->units[n], &job->recipe, rows[i].source, rows[i].dir, keys[n]);
    }
    pc_recipe_product_key(&job->recipe, keys, job->n_units, key);
    job->product =
        pc_cache_path(job->recipe.tc->cache, key, pc_recipe_suffix(&job->recipe));
    /* What is allowed is no part of the key: a product is there only if every rule held or
     * was waived, so the object is asked again. */
    if (pc_cache_holds(job->product) && pc_cache_holds(kernel_of(job)->object)) {
        pc_unit_messages(kernel_of(job), &job->sources, &job->build);
        inspect(job);
        finish(job);
    } else {
        compile_all(job);
    }
}

static void on_packages(void *ctx, const struct pc_words *cflags,
                        const struct pc_words *libs, const struct pc_err *err)
{
    struct pc_build_job *job = ctx;
    job->packages = NULL;
    if (err) {
        job->err = *err;
        finish(job);
        return;
    }
    pc_words_add_list(&job->recipe.cflags, cflags);
    pc_words_add_list(&job->recipe.libs, libs);
    on_ready(job);
}

static void on_begin(void *ctx)
{
    struct pc_build_job *job = ctx;
    struct pc_allowed allowed = {.names = job->allow.items, .n = job->allow.n};
    if (!job->trusted)
        pc_refuse_text(&job->build, &job->sources, &allowed);
    if (pc_diagnostics_have_error(&job->build))
        finish(job);
    else if (job->needs.n == 0)
        on_ready(job);
    else
        job->packages = pc_packages_find(job->loop, &job->needs, job->recipe.tc->cache,
                                         on_packages, job);
}

static bool can_sanitize(const struct pc_toolchain *tc, enum pc_product product,
                         struct pc_err *err)
{
    return tc->sanitizes || product != PC_SANITIZED_TESTS ||
           pc_fail(
               err, PC_ENVIRONMENT,
               "%s cannot build with -fsanitize=address,undefined here: install its "
               "sanitizers (for gcc `apt install libgcc-12-dev`, for clang `apt install "
               "libclang-rt-14-dev`) or choose another compiler with --cc",
               tc->version);
}

struct pc_build_job *pc_build_start(struct pc_loop *loop, const struct pc_toolchain *tc,
                                    const struct pc_build_spec *spec,
                                    void (*done)(void *ctx, const char *path,
                                                 const struct pc_build *build,
                                                 const struct pc_err *err),
                                    void *ctx, struct pc_err *err)
{
    if (!can_sanitize(tc, spec->product, err))
        return NULL;
    struct pc_build_job *job = pc_alloc(sizeof *job);
    job->loop = loop;
    job->recipe = (struct pc_recipe){.tc = tc, .product = spec->product};
    job->trusted = spec->trusted;
    job->began = pc_now();
    job->done = done;
    job->ctx = ctx;
    for (size_t i = 0; i < spec->n_allow; i++)
        pc_words_add(&job->allow, spec->allow[i]);
    for (size_t i = 0; i < spec->n_needs; i++)
        pc_words_add(&job->needs, spec->needs[i]);
    if (!pc_sources_read(&job->sources, spec, tc->include_dir, err)) {
        job_free(job);
        return NULL;
    }
    job->timer = pc_timer_start(loop, 0, on_begin, job);
    return job;
}

void pc_build_cancel(struct pc_build_job *job)
{
    pc_packages_cancel(job->packages);
    abandon(job);
    job_free(job);
}
