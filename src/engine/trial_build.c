#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/trial.h"

/* The kernel does not build: the other builds are of no use any more. */
static void build_failed(struct pc_trial *t, const struct pc_build *build)
{
    pc_build_copy(&t->build, build);
    t->build.wall_ns = pc_now() - t->began;
    t->found.build = &t->build;
    pc_trial_tell(t, PC_EVENT_BUILT);
    pc_trial_finish(t, NULL);
}

static void base_failed(struct pc_trial *t, const struct pc_build *build)
{
    pc_fail(&t->trouble, PC_ENVIRONMENT,
            "the starter of this exercise does not build here: %s:%d: %s",
            build->n ? build->items[0].place.file : "?",
            build->n ? build->items[0].place.line : 0,
            build->n         ? build->items[0].text
            : build->trouble ? build->trouble
                             : "no reason given");
    pc_trial_finish(t, &t->trouble);
}

/* What builds with one sanitizer and not with the other is not to blame for it. */
static void races_failed(struct pc_trial *t, const struct pc_build *build)
{
    pc_fail(&t->trouble, PC_ENVIRONMENT,
            "%s cannot build with -fsanitize=thread here (%s): install its sanitizers, or "
            "choose another compiler with --cc",
            pc_toolchain_version(t->engine->toolchain),
            build->trouble ? build->trouble
            : build->n     ? build->items[0].text
                           : "no reason given");
    pc_trial_finish(t, &t->trouble);
}

static void built(struct pc_trial *t, enum pc_build_of which, const char *path,
                  const struct pc_build *build, const struct pc_err *err)
{
    t->builds[which] = NULL;
    if (err) {
        t->trouble = *err;
        pc_trial_finish(t, &t->trouble);
        return;
    }
    /* The starter that is judged itself is a kernel like any other. */
    if (!build->built && which == PC_BUILD_BASE &&
        strcmp(t->base_text, t->spec.source->text) != 0) {
        base_failed(t, build);
        return;
    }
    if (!build->built && which == PC_BUILD_RACES && t->products[PC_BUILD_TESTS]) {
        races_failed(t, build);
        return;
    }
    if (!build->built) {
        build_failed(t, build);
        return;
    }
    t->products[which] = pc_strdup(path);
    if (which == PC_BUILD_CANDIDATE || (which == PC_BUILD_TESTS && !t->build.built)) {
        pc_build_fini(&t->build);
        pc_build_copy(&t->build, build);
    }
    bool all = true;
    for (int i = 0; i < PC_BUILDS; i++)
        all = all && !t->builds[i];
    if (all) {
        t->build.wall_ns = pc_now() - t->began;
        t->found.build = &t->build;
        pc_trial_tell(t, PC_EVENT_BUILT);
    }
    pc_trial_advance(t);
}

static void candidate_built(void *ctx, const char *path, const struct pc_build *build,
                            const struct pc_err *err)
{
    built(ctx, PC_BUILD_CANDIDATE, path, build, err);
}

static void base_built(void *ctx, const char *path, const struct pc_build *build,
                       const struct pc_err *err)
{
    built(ctx, PC_BUILD_BASE, path, build, err);
}

static void tests_built(void *ctx, const char *path, const struct pc_build *build,
                        const struct pc_err *err)
{
    built(ctx, PC_BUILD_TESTS, path, build, err);
}

static void races_built(void *ctx, const char *path, const struct pc_build *build,
                        const struct pc_err *err)
{
    built(ctx, PC_BUILD_RACES, path, build, err);
}

bool pc_trial_build(struct pc_trial *t, enum pc_build_of which)
{
    static void (*const done[PC_BUILDS])(void *, const char *, const struct pc_build *,
                                         const struct pc_err *) = {
        [PC_BUILD_CANDIDATE] = candidate_built,
        [PC_BUILD_BASE] = base_built,
        [PC_BUILD_TESTS] = tests_built,
        [PC_BUILD_RACES] = races_built};
    const struct pc_source *s = t->spec.source;
    const struct pc_limits *limits = t->spec.limits;
    bool tests = which == PC_BUILD_TESTS || which == PC_BUILD_RACES;
    struct pc_build_spec spec = {
        .product = which == PC_BUILD_TESTS   ? PC_SANITIZED_TESTS
                   : which == PC_BUILD_RACES ? PC_RACE_TESTS
                                             : PC_SHARED_OBJECT,
        .kernel_text = which == PC_BUILD_BASE ? t->base_text : s->text,
        .kernel_len = which == PC_BUILD_BASE ? strlen(t->base_text) : s->len,
        .kernel_name = s->name,
        .header_dir = s->header_dir,
        .bench_file = tests ? NULL : s->bench_file,
        .test_file = tests ? s->test_file : NULL,
        .allow = (const char *const *)limits->allow,
        .n_allow = limits->n_allow,
        .needs = (const char *const *)limits->needs,
        .n_needs = limits->n_needs,
    };
    t->builds[which] = pc_build_start(t->engine->spec.loop, t->engine->toolchain, &spec,
                                      done[which], t, &t->trouble);
    return t->builds[which] != NULL;
}
