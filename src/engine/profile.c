#include "engine/profile.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "engine/internal.h"
#include "hotspots/lines.h"
#include "hotspots/top.h"
#include "profile/allocs.h"
#include "profile/locks.h"
#include "profile/recording.h"

enum {
    WINDOW_MS = 500,
    MOST_MS = 5000,
    LOCK_MS = 1000,
    SETTLED_SAMPLES = 200,
    COUNTED_OPS = 32
};

struct pc_profile_run {
    struct pc_engine *engine;
    struct pc_profile_spec spec;
    void (*done)(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble);
    void *ctx;
    struct pc_waiter *waiter;
    struct pc_build_job *build;
    struct pc_record_job *record;
    struct pc_allocs_job *allocs;
    struct pc_source source;
    struct pc_limits limits;
    struct pc_bench_spec bench;
    char *object;
    int64_t began; /* to record */
};

static void free_run(struct pc_profile_run *run)
{
    pc_waiter_cancel(run->engine, run->waiter);
    if (run->build)
        pc_build_cancel(run->build);
    pc_record_cancel(run->record);
    pc_allocs_cancel(run->allocs);
    pc_source_fini(&run->source);
    pc_limits_fini(&run->limits);
    free(run->object);
    free(run);
}

void pc_profile_cancel(struct pc_profile_run *run)
{
    free_run(run);
}

static void fail(struct pc_profile_run *run, const struct pc_err *err)
{
    run->done(run->ctx, NULL, err);
    free_run(run);
}

/* Whose code is whose; the name of the host is the caller's. */
static struct pc_codemap_spec places_of(const struct pc_profile_run *run, const char *name,
                                        char **host)
{
    *host = pc_path_join(run->engine->libexec, name);
    return (struct pc_codemap_spec){.kernel = run->object,
                                    .source = run->spec.exercise ? run->source.name : NULL,
                                    .host = *host};
}

static bool read_samples(const struct pc_profile_run *run, const void *recording,
                         size_t size, struct pc_profile *profile,
                         struct pc_recording_state *state, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *host = NULL;
    const struct pc_codemap_spec spec = places_of(run, "perfcourse-profile", &host);
    return pc_recording_read(recording, size, &spec, profile, state, err);
}

/* Whether it has had the time that it was given. */
static bool is_late(const struct pc_profile_run *run)
{
    return run->spec.most_ms && pc_now() - run->began >= run->spec.most_ms * 1000000;
}

/* Whether the answer may still change: which function is the first. */
static bool wants_more(void *ctx, const void *recording, size_t size)
{
    const struct pc_profile_run *run = ctx;
    struct pc_profile profile;
    struct pc_recording_state state;
    if (run->spec.ms)
        return true;
    bool settled = false;
    if (read_samples(run, recording, size, &profile, &state, NULL)) {
        struct pc_stacks stacks;
        struct pc_top top;
        const struct pc_look look = {
            .type = profile.main, .hides_host = true, .folds_libraries = true};
        pc_stacks_init(&stacks, &profile, &look);
        pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
        settled = (top.is_settled && profile.taken >= SETTLED_SAMPLES) || state.deaf ||
                  (is_late(run) && pc_stacks_suffice(&stacks));
        pc_top_fini(&top);
        pc_stacks_fini(&stacks);
    }
    pc_profile_fini(&profile);
    return !settled;
}

/* A kernel that never comes back has no crash of its own: its place is where it was seen.
 * Where it allocated is not where it was, but the last word of the host tells that. */
static void place_hang(const struct pc_profile *profile, struct pc_crash *crash)
{
    struct pc_lines lines;
    struct pc_stacks stacks;
    if (crash->ending != PC_ENDING_TIME || !profile->source_name ||
        profile->kind > PC_PROFILE_WALL)
        return;
    const struct pc_look look = {.type = profile->main};
    pc_stacks_init(&stacks, profile, &look);
    pc_lines_make(&lines, &stacks, profile->source_name);
    const struct pc_line_row *most = NULL;
    for (size_t i = 0; i < lines.n; i++)
        if (lines.items[i].line > 0 &&
            (!most || lines.items[i].total.value > most->total.value))
            most = &lines.items[i];
    if (most) {
        crash->place.line = most->line;
        snprintf(crash->place.file, sizeof crash->place.file, "%s", profile->source_name);
    }
    pc_lines_fini(&lines);
    pc_stacks_fini(&stacks);
}

/* Tell what was found, or why there is nothing: `fine`, else `err`. */
static void tell(struct pc_profile_run *run, struct pc_profile *profile,
                 struct pc_profiled *found, bool fine, struct pc_err *err)
{
    profile->when = pc_wall_clock_ms();
    profile->source = pc_strdup(run->source.text);
    profile->source_name = pc_strdup(run->source.name);
    pc_locate_crash(&found->crash, &run->source);
    if (fine)
        place_hang(profile, &found->crash);
    /* What ended before anything could be recorded still has its reason. */
    const struct pc_crash *crash = &found->crash;
    bool unnamed = crash->ending == PC_ENDING_PROTOCOL && !crash->during[0];
    bool is_asked = unnamed && !run->spec.bench && !run->bench.bench[0];
    if (is_asked)
        pc_fail(err, PC_USAGE, "%s: %s: choose one with --bench NAME", run->source.name,
                crash->what);
    if (!is_asked && (fine || crash->ending != PC_ENDING_NONE))
        run->done(run->ctx, found, NULL);
    else
        run->done(run->ctx, NULL, err);
    pc_profile_fini(profile);
    free_run(run);
}

static bool sampled(const struct pc_profile_run *run, const struct pc_record_end *end,
                    struct pc_profile *profile, struct pc_profiled *found,
                    struct pc_err *err)
{
    struct pc_recording_state state = {0};
    bool fine = read_samples(run, end->recording, end->size, profile, &state, err);
    profile->ops = end->ops;
    found->deaf = state.deaf;
    found->unarmed = state.unarmed;
    return fine;
}

/* A kernel that did not come back may still have been waiting when it was stopped: just now. */
static bool waited(const struct pc_profile_run *run, const struct pc_record_end *end,
                   struct pc_profile *profile, struct pc_profiled *found,
                   struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *host = NULL;
    const struct pc_codemap_spec spec = places_of(run, "perfcourse-locks", &host);
    int64_t stopped = end->crash.ending == PC_ENDING_NONE ? 0 : pc_now();
    bool fine = pc_locks_read(end->recording, end->size, &spec, stopped, profile,
                              &found->stuck, err);
    found->unarmed = found->stuck.unwatched;
    return fine;
}

/* What is summed up by places in memory that the kernel can write to must be what was counted
 * where it cannot. */
static void compare_sums(const struct pc_profile *profile, const struct pc_record_end *end,
                         struct pc_crash *crash)
{
    double sum = (double)pc_profile_total(profile, 0);
    if (crash->ending != PC_ENDING_NONE || sum == rint(end->allocs * (double)end->ops))
        return;
    crash->ending = PC_ENDING_REFUSED;
    snprintf(crash->what, sizeof crash->what,
             "its allocations by place are %.0f, and together %.0f: it wrote over memory "
             "that is not its own",
             sum, end->allocs * (double)end->ops);
}

static bool counted(const struct pc_profile_run *run, const struct pc_record_end *end,
                    struct pc_profile *profile, struct pc_profiled *found,
                    struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *host = NULL;
    const struct pc_codemap_spec spec = places_of(run, "perfcourse-count", &host);
    bool fine =
        pc_allocs_read(end->recording, end->size, &spec, profile, &found->leaks, err);
    profile->ops = end->ops;
    profile->wall_ns = end->wall_ns;
    if (fine)
        compare_sums(profile, end, &found->crash);
    return fine;
}

static void recorded(void *ctx, const struct pc_record_end *end)
{
    struct pc_profile_run *run = ctx;
    run->record = NULL;
    run->allocs = NULL;
    struct pc_err err = {0};
    struct pc_profile profile;
    struct pc_profiled found = {.profile = &profile,
                                .bench = end->crash.during,
                                .size = end->at,
                                .crash = end->crash};
    bool fine = run->spec.kind == PC_PROFILE_LOCK ? waited(run, end, &profile, &found, &err)
                : run->spec.kind == PC_PROFILE_ALLOC
                    ? counted(run, end, &profile, &found, &err)
                    : sampled(run, end, &profile, &found, &err);
    tell(run, &profile, &found, fine, &err);
}

static void start_counting(struct pc_profile_run *run)
{
    struct pc_host_spec host = pc_engine_host(run->engine);
    const struct pc_profile_spec *spec = &run->spec;
    struct pc_err err;
    run->allocs = pc_allocs_start(run->engine->spec.loop, &host, run->object, &run->bench,
                                  spec->ops ? spec->ops : COUNTED_OPS, spec->seed, recorded,
                                  run, &err);
    if (!run->allocs)
        fail(run, &err);
}

static void start_recording(struct pc_profile_run *run)
{
    static const struct pc_record_ops samples = {.more = wants_more, .done = recorded};
    static const struct pc_record_ops waits = {.done = recorded};
    const struct pc_profile_spec *spec = &run->spec;
    struct pc_host_spec host = pc_engine_host(run->engine);
    int64_t most = spec->kind == PC_PROFILE_LOCK ? LOCK_MS
                   : spec->most_ms > MOST_MS     ? spec->most_ms
                                                 : MOST_MS;
    int64_t ms = spec->ms ? spec->ms : most;
    int64_t window = spec->most_ms ? WINDOW_MS / 4 : WINDOW_MS;
    run->began = pc_now();
    const struct pc_record_spec record = {
        .locks = spec->kind == PC_PROFILE_LOCK,
        .wall = spec->kind == PC_PROFILE_WALL,
        .hz = spec->hz,
        .window_ms = (int)(ms < window ? ms : window),
        .most_ms = (int)ms,
    };
    struct pc_err err;
    run->record =
        pc_record_start(run->engine->spec.loop, &host, run->object, &run->bench, &record,
                        spec->seed, record.locks ? &waits : &samples, run, &err);
    if (!run->record)
        fail(run, &err);
}

static void built(void *ctx, const char *path, const struct pc_build *build,
                  const struct pc_err *trouble)
{
    struct pc_profile_run *run = ctx;
    struct pc_err err;
    run->build = NULL;
    if (trouble) {
        fail(run, trouble);
    } else if (build->built) {
        run->object = pc_strdup(path);
        if (run->spec.kind == PC_PROFILE_ALLOC)
            start_counting(run);
        else
            start_recording(run);
    } else {
        PC_AUTO(pc_auto_free) char *why = pc_build_reason(build, run->source.name);
        pc_fail(&err, PC_NOBUILD, "%s", why);
        fail(run, &err);
    }
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    struct pc_profile_run *run = ctx;
    run->waiter = NULL;
    if (trouble) {
        fail(run, trouble);
        return;
    }
    const struct pc_exercise *exercise = run->spec.exercise;
    bool framed = run->spec.kind == PC_PROFILE_ALLOC || run->spec.kind == PC_PROFILE_LOCK;
    const struct pc_build_spec spec = {
        .product = framed ? PC_FRAMED_OBJECT : PC_SHARED_OBJECT,
        .kernel_text = run->source.text,
        .kernel_len = run->source.len,
        .kernel_name = run->source.name,
        .header_dir = run->source.header_dir,
        .bench_file = run->source.bench_file,
        .trusted = !exercise,
        .allow = (const char *const *)run->limits.allow,
        .n_allow = run->limits.n_allow,
        .needs = exercise ? (const char *const *)run->limits.needs : run->spec.needs,
        .n_needs = exercise ? run->limits.n_needs : run->spec.n_needs};
    struct pc_err err;
    run->build = pc_build_start(run->engine->spec.loop, run->engine->toolchain, &spec,
                                built, run, &err);
    if (!run->build)
        fail(run, &err);
}

static bool read_all(struct pc_profile_run *run, struct pc_err *err)
{
    const struct pc_profile_spec *spec = &run->spec;
    if (!pc_engine_prepare(run->engine, err))
        return false;
    if (!spec->exercise)
        return pc_source_read_program(spec->file, &run->source, err);
    return pc_engine_limits(run->engine, spec->exercise, &run->limits, err) &&
           pc_source_read(run->engine, spec->exercise, spec->use, spec->file, &run->source,
                          err);
}

struct pc_profile_run *pc_profile_start(
    struct pc_engine *engine, const struct pc_profile_spec *spec,
    void (*done)(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble),
    void *ctx, struct pc_err *err)
{
    struct pc_profile_run *run = pc_alloc(sizeof *run);
    run->engine = engine;
    run->spec = *spec;
    run->done = done;
    run->ctx = ctx;
    if (!read_all(run, err)) {
        free_run(run);
        return NULL;
    }
    const struct pc_speed_limit *speedup = &run->limits.speedup;
    size_t size = spec->exercise ? speedup->at : PC_SIZE_FIRST;
    if (spec->kind == PC_PROFILE_ALLOC && run->limits.count_at)
        size = run->limits.count_at;
    run->bench = (struct pc_bench_spec){.bench = spec->bench ? spec->bench : speedup->bench,
                                        .size = spec->size ? spec->size : size,
                                        .threads = speedup->threads};
    run->waiter = pc_engine_when_ready(engine, true, NULL, ready, run);
    return run;
}
