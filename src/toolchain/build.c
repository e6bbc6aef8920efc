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

enum { UNITS_MAX = 3, OBJECT_MAX = 256 << 20, TROUBLE_MAX = 600 };

/* One source on its way to an object in the cache. */
struct unit {
    struct pc_build_job *job;
    const struct pc_source *source;
    const char *dir;      /* below the scratch folder */
    char *object;         /* in the cache */
    char *log;            /* beside it: what the compiler said about the kernel */
    struct pc_step *step; /* while it is compiled */
    bool failed;
    char *output, *trouble; /* of the compiler */
    size_t n_output;
};

struct pc_build_job {
    struct pc_loop *loop;
    struct pc_recipe recipe;
    struct pc_sources sources;
    struct pc_args allow, needs;
    struct pc_build build;
    struct pc_err err; /* code 0: none */
    int64_t began;
    struct pc_timer *timer;
    struct pc_packages *packages;
    struct unit units[UNITS_MAX]; /* in the order of linking, the kernel last */
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
    for (size_t i = 0; i < job->n_units; i++) {
        free(job->units[i].object);
        free(job->units[i].log);
        free(job->units[i].output);
        free(job->units[i].trouble);
    }
    pc_timer_free(job->timer);
    pc_args_fini(&job->recipe.cflags);
    pc_args_fini(&job->recipe.libs);
    pc_args_fini(&job->allow);
    pc_args_fini(&job->needs);
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
    if (job->scratch)
        pc_cache_prune(job->recipe.tc->cache, &pc_cache_usual);
    build->wall_ns = pc_now() - job->began;
    job->done(job->ctx, build->built ? job->product : NULL, build,
              failed ? &job->err : NULL);
    job_free(job);
}

static struct unit *kernel_of(struct pc_build_job *job)
{
    return &job->units[job->n_units - 1];
}

static void read_messages(struct pc_build *build, const struct pc_build_job *job,
                          const char *output, size_t n)
{
    if (job->recipe.tc->json)
        pc_diagnostics_json(build, &job->sources, output, n);
    else
        pc_diagnostics_text(build, &job->sources, output);
}

/* The messages about the kernel, also when its object was in the cache. */
static void read_kernel_messages(struct pc_build_job *job)
{
    struct unit *kernel = kernel_of(job);
    if (!kernel->output)
        kernel->output = pc_cache_text(kernel->log, &kernel->n_output);
    if (kernel->output)
        read_messages(&job->build, job, kernel->output, kernel->n_output);
}

/* A sentence for words of a compiler or linker that hold no message we know. */
static char *trouble_of(const char *trouble, const char *output)
{
    const char *limit = trouble ? trouble : pc_step_hidden_limit(output);
    if (limit)
        return pc_strdup(limit);
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
    } else if (!pc_step_lacked_disk(end->output, &job->err)) {
        size_t before = job->build.n;
        pc_diagnostics_link(&job->build, &job->sources, end->output);
        if (job->build.n == before)
            job->build.trouble = trouble_of(end->trouble, end->output);
    }
    finish(job);
}

static void link_objects(struct pc_build_job *job)
{
    struct pc_args objects = {0}, argv = {0};
    for (size_t i = 0; i < job->n_units; i++)
        pc_args_add(&objects, job->units[i].object);
    PC_AUTO(pc_auto_free) char *made = pc_path_join(job->scratch, "product");
    pc_recipe_link(&job->recipe, &objects, made, &argv);
    struct pc_step_spec spec = {
        .argv = &argv, .cwd = job->scratch, .tmp = job->scratch, .program = "the linker"};
    job->link = pc_step_start(job->loop, &spec, on_linked, job, &job->err);
    pc_args_fini(&objects);
    pc_args_fini(&argv);
    if (!job->link)
        finish(job);
}

/* The course's own file does not build: nobody can be told but the one who installed it. */
static void blame_course(struct pc_build_job *job, const struct unit *unit)
{
    struct pc_build found = {0};
    read_messages(&found, job, unit->output, unit->n_output);
    pc_diagnostics_sort(&found);
    if (found.n > 0)
        pc_fail(&job->err, PC_ENVIRONMENT,
                "the course's %s does not build with %s: %s:%d: %s", unit->source->name,
                job->recipe.tc->version, found.items[0].place.file,
                found.items[0].place.line, found.items[0].text);
    else
        pc_fail(&job->err, PC_ENVIRONMENT, "the course's %s does not build with %s: %s",
                unit->source->name, job->recipe.tc->version,
                unit->trouble ? unit->trouble : unit->output);
    pc_build_fini(&found);
}

/* Whether the kernel's object may be linked. */
static bool inspect(struct pc_build_job *job)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *object =
        pc_file_read(kernel_of(job)->object, OBJECT_MAX, &n, &job->err);
    struct pc_allowed allowed = {.names = job->allow.items, .n = job->allow.n};
    bool sanitized = job->recipe.product == PC_SANITIZED_TESTS;
    return object &&
           pc_refuse_object(&job->build, object, n, sanitized, &job->sources, &allowed,
                            &job->err) &&
           !pc_diagnostics_have_error(&job->build);
}

/* Every source is an object now, or failed. */
static void on_all_compiled(struct pc_build_job *job)
{
    struct unit *kernel = kernel_of(job);
    for (size_t i = 0; i < job->n_units; i++)
        if (job->units[i].failed && pc_step_lacked_disk(job->units[i].output, &job->err))
            break;
    if (job->err.code != PC_PASSED) {
        finish(job);
        return;
    }
    read_kernel_messages(job);
    if (kernel->failed) {
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

static void on_compiled(void *ctx, const struct pc_step_end *end)
{
    struct unit *unit = ctx;
    struct pc_build_job *job = unit->job;
    unit->step = NULL;
    unit->failed = !end->ok;
    unit->output = pc_strndup(end->output, end->n);
    unit->n_output = strlen(unit->output);
    unit->trouble = end->trouble ? pc_strdup(end->trouble) : NULL;
    if (end->ok) {
        PC_AUTO(pc_auto_free) char *made =
            pc_strfmt("%s/%s.o", job->scratch, unit->source->name);
        /* The log goes first: an object in the cache has its warnings beside it. */
        if (unit->n_output > 0 && unit == kernel_of(job))
            pc_file_write_cache(unit->log, unit->output, unit->n_output, &job->err);
        if (job->err.code == PC_PASSED)
            pc_cache_keep(made, unit->object, &job->err);
    }
    if (--job->running == 0)
        on_all_compiled(job);
}

static bool compile(struct unit *unit)
{
    struct pc_build_job *job = unit->job;
    struct pc_args argv = {0};
    pc_recipe_compile(&job->recipe, unit->source, job->scratch, unit->dir, &argv);
    PC_AUTO(pc_auto_free) char *cwd = pc_path_join(job->scratch, unit->dir);
    struct pc_step_spec spec = {
        .argv = &argv, .cwd = cwd, .tmp = job->scratch, .program = "the compiler"};
    unit->step = pc_step_start(job->loop, &spec, on_compiled, unit, &job->err);
    pc_args_fini(&argv);
    job->running += unit->step != NULL;
    return unit->step != NULL;
}

static void abandon(struct pc_build_job *job)
{
    for (size_t i = 0; i < job->n_units; i++) {
        pc_step_abandon(job->units[i].step);
        job->units[i].step = NULL;
    }
    pc_step_abandon(job->link);
    job->link = NULL;
}

/* Start what is not in the cache. */
static void compile_all(struct pc_build_job *job)
{
    job->scratch = pc_cache_scratch(job->recipe.tc->cache, &job->err);
    bool ok = job->scratch && pc_sources_write(&job->sources, job->scratch, &job->err);
    for (size_t i = 0; ok && i < job->n_units; i++)
        if (!pc_cache_holds(job->units[i].object))
            ok = compile(&job->units[i]);
    if (!ok) {
        abandon(job);
        finish(job);
    } else if (job->running == 0) {
        on_all_compiled(job);
    }
}

static void add_unit(struct pc_build_job *job, const struct pc_source *source,
                     const char *dir)
{
    if (source->name)
        job->units[job->n_units++] =
            (struct unit){.job = job, .source = source, .dir = dir};
}

/* The flags are known: what has to be made, and is it there? */
static void on_ready(struct pc_build_job *job)
{
    char keys[UNITS_MAX][PC_HASH_HEX], key[PC_HASH_HEX];
    const char *cache = job->recipe.tc->cache;
    add_unit(job, &job->sources.bench, PC_COURSE_DIR);
    add_unit(job, &job->sources.test, PC_COURSE_DIR);
    add_unit(job, &job->sources.kernel, PC_KERNEL_DIR);
    for (size_t i = 0; i < job->n_units; i++) {
        struct unit *unit = &job->units[i];
        pc_recipe_object_key(&job->recipe, &job->sources, unit->source, keys[i]);
        unit->object = pc_cache_path(cache, keys[i], ".o");
        unit->log = pc_cache_path(cache, keys[i], ".log");
    }
    pc_recipe_product_key(&job->recipe, keys, job->n_units, key);
    job->product = pc_cache_path(cache, key, pc_recipe_suffix(&job->recipe));
    /* What is allowed is no part of the key: a product is there only if every rule held or
     * was waived, so the object is asked again. */
    if (pc_cache_holds(job->product) && pc_cache_holds(kernel_of(job)->object)) {
        read_kernel_messages(job);
        inspect(job);
        finish(job);
    } else {
        compile_all(job);
    }
}

static void on_packages(void *ctx, const struct pc_args *cflags, const struct pc_args *libs,
                        const struct pc_err *err)
{
    struct pc_build_job *job = ctx;
    job->packages = NULL;
    if (err) {
        job->err = *err;
        finish(job);
        return;
    }
    pc_args_add_list(&job->recipe.cflags, cflags);
    pc_args_add_list(&job->recipe.libs, libs);
    on_ready(job);
}

static void on_begin(void *ctx)
{
    struct pc_build_job *job = ctx;
    struct pc_allowed allowed = {.names = job->allow.items, .n = job->allow.n};
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
    job->began = pc_now();
    job->done = done;
    job->ctx = ctx;
    for (size_t i = 0; i < spec->n_allow; i++)
        pc_args_add(&job->allow, spec->allow[i]);
    for (size_t i = 0; i < spec->n_needs; i++)
        pc_args_add(&job->needs, spec->needs[i]);
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
