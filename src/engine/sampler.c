#include "engine/sampler.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "engine/escape.h"
#include "engine/findings.h"
#include "engine/internal.h"
#include "engine/latency.h"
#include "engine/profile.h"
#include "stats/order.h"

/* A few new processes for each sample: what differs between them is the interval that is
 * shown.  Where one takes long the budget is stretched, so that there are three of them. */
enum { RESTARTS_MIN = 3, RESTARTS_MAX = 25, BUDGET_MS = 150, STRETCH = 8, OPS = 32 };

/* Of a profile, unless one function is surely the first before: shares are then good to five
 * points. */
enum { PROFILE_MS = 2000, LOCK_MS = 1000 };

/* Of each process: ten lie beyond p99. */
enum { TAIL_OPS = 1000 };

/* A file that was built, or could not be. */
struct built {
    char *file, *object, *trouble;
};

struct pc_sampler {
    struct pc_engine *engine;
    const struct pc_experiment *experiment;
    char *dir; /* the topic's folder of lessons/ */
    struct pc_rng rng;
    struct built *items;
    size_t n, cap;
    /* The sample that is being taken. */
    const struct pc_request *request;
    int64_t budget_ms;
    void (*done)(void *ctx, const struct pc_answer *answer);
    void *ctx;
    struct pc_timer *timer;
    struct pc_build_job *build;
    struct pc_pair_job *pair;
    struct pc_count_job *count;
    struct pc_escape_run *escape;
    struct pc_profile_run *profile;
    double ns[RESTARTS_MAX];
    struct pc_latencies latencies[RESTARTS_MAX];
    size_t restarts;
    int64_t began, limit_ns;
    char *text; /* of the file */
};

struct pc_sampler *pc_sampler_create(struct pc_engine *engine, const struct pc_topic *topic,
                                     const struct pc_experiment *experiment, uint64_t seed)
{
    struct pc_sampler *s = pc_alloc(sizeof *s);
    s->engine = engine;
    s->experiment = experiment;
    s->dir = pc_strfmt("%s/lessons/%s", engine->course.dir, topic->folder);
    pc_rng_init(&s->rng, seed);
    return s;
}

void pc_sampler_free(struct pc_sampler *s)
{
    if (!s)
        return;
    pc_timer_free(s->timer);
    if (s->build)
        pc_build_cancel(s->build);
    if (s->pair)
        pc_pair_cancel(s->pair);
    if (s->count)
        pc_count_cancel(s->count);
    if (s->escape)
        pc_escape_cancel(s->escape);
    if (s->profile)
        pc_profile_cancel(s->profile);
    for (size_t i = 0; i < s->n; i++) {
        free(s->items[i].file);
        free(s->items[i].object);
        free(s->items[i].trouble);
    }
    free(s->items);
    free(s->dir);
    free(s->text);
    free(s);
}

static void give(struct pc_sampler *s, const struct pc_answer *answer)
{
    s->done(s->ctx, answer);
}

static void give_up(struct pc_sampler *s, const char *why)
{
    const struct pc_request *r = s->request;
    const char *bench = *r->bench ? r->bench : "its bench";
    PC_AUTO(pc_auto_free) char *text =
        r->size ? pc_strfmt("%s, %s at n = %zu: %s", r->file, bench, r->size, why)
                : pc_strfmt("%s, %s: %s", r->file, bench, why);
    give(s, &(struct pc_answer){.trouble = text});
}

static bool restarted(void *ctx, const struct pc_restart *restart)
{
    struct pc_sampler *s = ctx;
    s->latencies[s->restarts] = restart->candidate;
    s->ns[s->restarts++] = restart->candidate_ns;
    int64_t limit = s->restarts < RESTARTS_MIN ? STRETCH * s->limit_ns : s->limit_ns;
    return s->restarts < RESTARTS_MAX && pc_now() - s->began < limit;
}

static void timed(void *ctx, const struct pc_pair_end *end)
{
    struct pc_sampler *s = ctx;
    s->pair = NULL;
    if (end->crash.ending != PC_ENDING_NONE || s->restarts == 0) {
        give_up(s, end->crash.what[0] ? end->crash.what : "it could not be timed");
        return;
    }
    if (s->request->kind == PC_REQUEST_LATENCY) {
        struct pc_metrics metrics;
        pc_latency_metrics(s->latencies, s->restarts, &metrics);
        give(s, &(struct pc_answer){.metrics = &metrics});
        return;
    }
    pc_sort(s->ns, s->restarts);
    struct pc_interval in = pc_median_interval(s->ns, s->restarts, 0.95);
    bool known = s->restarts > 1;
    give(s, &(struct pc_answer){.value = pc_quantile_sorted(s->ns, s->restarts, 0.5),
                                .low = known ? in.low : NAN,
                                .high = known ? in.high : NAN});
}

/* The object of the file that is asked about; it was built. */
static const char *object_of_request(const struct pc_sampler *s)
{
    size_t i = 0;
    while (strcmp(s->items[i].file, s->request->file) != 0)
        i++;
    return s->items[i].object;
}

static void counted(void *ctx, const struct pc_counts *counts)
{
    struct pc_sampler *s = ctx;
    const struct pc_request *r = s->request;
    struct pc_counts all = *counts;
    s->count = NULL;
    pc_locate_extents(&all, r->code, r->n_code, object_of_request(s));
    if (all.crash.ending != PC_ENDING_NONE)
        give_up(s, all.crash.what);
    else if (all.missing[0])
        give_up(s, all.missing);
    else
        give(s, &(struct pc_answer){.metrics = &all.metrics});
}

/* What the script allows for a sample, or `usual`, capped by whoever runs the experiment. */
static int64_t budget_of(const struct pc_sampler *s, int64_t usual)
{
    int64_t budget = s->request->budget_ms ? s->request->budget_ms : usual;
    return s->budget_ms && budget > s->budget_ms ? s->budget_ms : budget;
}

static void profiled(void *ctx, const struct pc_profiled *found,
                     const struct pc_err *trouble)
{
    struct pc_sampler *s = ctx;
    s->profile = NULL;
    PC_AUTO(pc_auto_free) char *why =
        found ? pc_findings_trouble(found, s->request) : pc_strdup(trouble->msg);
    if (why) {
        give_up(s, why);
        return;
    }
    struct pc_value table;
    pc_findings_make(found, s->request, &table);
    give(s, &(struct pc_answer){.table = &table, .found = found});
    pc_value_fini(&table);
}

static void profile(struct pc_sampler *s)
{
    const struct pc_request *r = s->request;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(s->dir, r->file);
    const struct pc_profile_spec spec = {
        .file = path,
        .kind = r->profile_kind,
        .bench = r->bench,
        .size = r->size,
        .most_ms = budget_of(s, r->profile_kind == PC_PROFILE_LOCK ? LOCK_MS : PROFILE_MS),
        .ops = r->ops,
        .seed = pc_rng_next(&s->rng),
        .needs = (const char *const *)s->experiment->needs,
        .n_needs = s->experiment->n_needs,
    };
    struct pc_err err;
    s->profile = pc_profile_start(s->engine, &spec, profiled, s, &err);
    if (!s->profile)
        give_up(s, err.msg);
}

static void run_host(struct pc_sampler *s, const char *object)
{
    static const struct pc_pair_ops ops = {.restart = restarted, .done = timed};
    const struct pc_request *r = s->request;
    struct pc_host_spec host = pc_engine_host(s->engine);
    struct pc_bench_spec bench = {.bench = r->bench, .size = r->size, .calls = r->calls};
    struct pc_loop *loop = s->engine->spec.loop;
    uint64_t seed = pc_rng_next(&s->rng);
    struct pc_err err;
    if (r->kind == PC_REQUEST_COUNT) {
        s->count = pc_count_start(loop, &host, object, &bench, r->ops ? r->ops : OPS, seed,
                                  counted, s, &err);
    } else {
        int64_t budget = budget_of(s, BUDGET_MS);
        if (r->kind == PC_REQUEST_LATENCY)
            bench.tail_ops = r->ops ? r->ops : TAIL_OPS;
        s->restarts = 0;
        s->began = pc_now();
        s->limit_ns = budget * 1000000;
        s->pair = pc_pair_start(loop, &host, NULL, object, &bench, seed, STRETCH * budget,
                                &ops, s, &err);
    }
    if (!s->count && !s->pair)
        give_up(s, err.msg);
}

static void use(struct pc_sampler *s, const struct built *built)
{
    if (built->trouble)
        give(s, &(struct pc_answer){.trouble = built->trouble});
    else if (s->request->kind == PC_REQUEST_PROFILE)
        profile(s);
    else
        run_host(s, built->object);
}

/* Remember what became of the file, so that it is built and blamed once. */
static void keep(struct pc_sampler *s, const char *object, char *trouble)
{
    struct built *built = PC_PUSH(s);
    built->file = pc_strdup(s->request->file);
    built->object = object ? pc_strdup(object) : NULL;
    built->trouble = trouble;
    use(s, built);
}

static void on_built(void *ctx, const char *path, const struct pc_build *build,
                     const struct pc_err *err)
{
    struct pc_sampler *s = ctx;
    s->build = NULL;
    if (err)
        keep(s, NULL, pc_strdup(err->msg));
    else if (build->built)
        keep(s, path, NULL);
    else if (build->n > 0)
        keep(s, NULL,
             pc_strfmt("%s:%d: %s", s->request->file, build->items[0].place.line,
                       build->items[0].text));
    else
        keep(s, NULL,
             pc_strfmt("%s does not build: %s", s->request->file,
                       build->trouble ? build->trouble : "no reason given"));
}

static void build(struct pc_sampler *s)
{
    const struct pc_experiment *x = s->experiment;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(s->dir, s->request->file);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    struct pc_err err;
    size_t n;
    free(s->text);
    s->text = pc_file_read(path, PC_KERNEL_MAX, &n, &err);
    if (!s->text) {
        keep(s, NULL, pc_strdup(err.msg));
        return;
    }
    struct pc_build_spec spec = {
        .product = PC_SHARED_OBJECT,
        .kernel_text = s->text,
        .kernel_len = n,
        .kernel_name = pc_path_base(s->request->file),
        .header_dir = folder,
        .trusted = true,
        .needs = (const char *const *)x->needs,
        .n_needs = x->n_needs,
    };
    s->build = pc_build_start(s->engine->spec.loop, s->engine->toolchain, &spec, on_built,
                              s, &err);
    if (!s->build)
        keep(s, NULL, pc_strdup(err.msg));
}

static void give_fates(struct pc_sampler *s, const struct pc_escape *escape)
{
    struct pc_fates fates = {0};
    pc_escape_fates(escape, &fates);
    give(s, &(struct pc_answer){.fates = &fates});
    free(fates.items);
}

static void escaped(void *ctx, enum pc_code code, const struct pc_escape *escape)
{
    struct pc_sampler *s = ctx;
    s->escape = NULL;
    if (escape->sides[0].absent && s->request->cc)
        give(s, &(struct pc_answer){0});
    else if (code != PC_PASSED)
        give(s, &(struct pc_answer){.trouble = escape->sides[0].trouble});
    else
        give_fates(s, escape);
}

/* The file is looked at, not run. */
static void look(struct pc_sampler *s)
{
    const struct pc_request *r = s->request;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(s->dir, r->file);
    struct pc_escape_spec spec = {
        .file = path,
        .compilers = {r->cc ? r->cc : s->engine->cc},
        .n_compilers = 1,
        .needs = (const char *const *)s->experiment->needs,
        .n_needs = s->experiment->n_needs,
    };
    struct pc_err err;
    s->escape = pc_escape_start(s->engine, &spec, escaped, s, &err);
    if (!s->escape)
        give(s, &(struct pc_answer){.trouble = err.msg});
}

static void begin(void *ctx)
{
    struct pc_sampler *s = ctx;
    if (s->request->kind == PC_REQUEST_ESCAPE) {
        look(s);
        return;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->items[i].file, s->request->file) == 0) {
            use(s, &s->items[i]);
            return;
        }
    }
    build(s);
}

void pc_sampler_take(struct pc_sampler *s, const struct pc_request *request,
                     int64_t budget_ms,
                     void (*done)(void *ctx, const struct pc_answer *answer), void *ctx)
{
    s->request = request;
    s->budget_ms = budget_ms;
    s->done = done;
    s->ctx = ctx;
    pc_timer_free(s->timer);
    s->timer = pc_timer_start(s->engine->spec.loop, 0, begin, s);
}
