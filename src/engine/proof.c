#include "engine/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "model/metric.h"

/* Twice the work is far from any doubt, so this is used up only on a machine that stalls.
 */
enum { PROOF_BUDGET_MS = 10000 };

struct planted {
    const char *file;
    unsigned stages;
    /* Whether the fault was caught; when not, `got` says what was seen instead. */
    bool (*caught)(const struct pc_findings *found, char got[256]);
    const char *fault;
};

struct pc_proof {
    struct pc_engine *engine;
    void (*done)(void *ctx, const struct pc_err *missed);
    void *ctx;
    size_t at;
    struct pc_trial *trial;
    struct pc_limits limits;
    struct pc_source source;
};

static bool overflow_caught(const struct pc_findings *found, char got[256])
{
    const struct pc_tests *tests = found->tests;
    if (tests && tests->crash.ending == PC_ENDING_SANITIZER &&
        strstr(tests->crash.what, "heap-buffer-overflow"))
        return true;
    snprintf(got, 256, "%s",
             !tests                                  ? "the tests did not run"
             : tests->crash.ending == PC_ENDING_NONE ? "the tests found nothing"
                                                     : tests->crash.what);
    return false;
}

static bool miscount_caught(const struct pc_findings *found, char got[256])
{
    const struct pc_metric *allocs =
        found->counts ? pc_metrics_find(&found->counts->metrics, "allocs/op") : NULL;
    if (allocs && allocs->min == 3 && allocs->max == 3)
        return true;
    snprintf(got, 256, "%g to %g allocs/op", allocs ? allocs->min : 0,
             allocs ? allocs->max : 0);
    return false;
}

static bool slow_caught(const struct pc_findings *found, char got[256])
{
    const struct pc_speed *speed = found->speed;
    if (speed && speed->measured && speed->decision == PC_DECIDED_FAIL)
        return true;
    snprintf(got, 256, "%.2fx after %u restarts", speed ? speed->ratio : 0,
             speed ? speed->restarts : 0);
    return false;
}

static const struct planted planted[] = {
    {"overflow.c", PC_STAGE_TESTS, overflow_caught, "a write past the end of a heap block"},
    {"miscount.c", PC_STAGE_COUNTS, miscount_caught, "three allocations in one operation"},
    {"slow.c", PC_STAGE_SPEED, slow_caught, "a kernel that does twice the work"},
};

static void free_proof(struct pc_proof *proof)
{
    if (proof->trial)
        pc_trial_cancel(proof->trial);
    pc_source_fini(&proof->source);
    free(proof);
}

void pc_proof_cancel(struct pc_proof *proof)
{
    free_proof(proof);
}

static void finish(struct pc_proof *proof, const struct pc_err *missed)
{
    void (*done)(void *, const struct pc_err *) = proof->done;
    void *ctx = proof->ctx;
    free_proof(proof);
    done(ctx, missed);
}

static bool next_trial(struct pc_proof *proof, struct pc_err *err);

static const char *why_not_built(const struct pc_build *build)
{
    if (build->n > 0)
        return build->items[0].text;
    return build->trouble ? build->trouble : "the compiler does not say why";
}

/* Why a planted kernel came to nothing, for the message. */
static void describe_miss(const struct pc_findings *found, char got[256])
{
    if (found->counts && found->counts->crash.ending != PC_ENDING_NONE)
        snprintf(got, 256, "%s", found->counts->crash.what);
    else if (found->speed && found->speed->crash.ending != PC_ENDING_NONE)
        snprintf(got, 256, "%s", found->speed->crash.what);
}

static void trial_done(void *ctx, const struct pc_findings *found,
                       const struct pc_err *trouble)
{
    struct pc_proof *proof = ctx;
    struct pc_err err;
    proof->trial = NULL;
    if (trouble) {
        err = *trouble;
        pc_while(&err, "cannot prove the checks");
        finish(proof, &err);
        return;
    }
    const struct planted *p = &planted[proof->at];
    char got[256] = "";
    if (found->build && !found->build->built) {
        pc_fail(&err, PC_ENVIRONMENT,
                "cannot prove the checks: %s does not build: %s; try another compiler with "
                "--cc",
                p->file, why_not_built(found->build));
        finish(proof, &err);
        return;
    }
    if (!p->caught(found, got)) {
        describe_miss(found, got);
        pc_fail(
            &err, PC_ENVIRONMENT,
            "the checks cannot be trusted here: %s (%s) was not caught: %s; try another "
            "compiler with --cc, and see `perfcourse doctor`",
            p->fault, p->file, got);
        finish(proof, &err);
        return;
    }
    proof->at++;
    if (proof->at == PC_COUNT(planted))
        finish(proof, NULL);
    else if (!next_trial(proof, &err))
        finish(proof, &err);
}

static void no_progress(void *ctx, enum pc_event_kind kind, const struct pc_findings *found)
{
    (void)ctx, (void)kind, (void)found;
}

static bool next_trial(struct pc_proof *proof, struct pc_err *err)
{
    static const struct pc_trial_ops ops = {.progress = no_progress, .done = trial_done};
    const struct planted *p = &planted[proof->at];
    struct pc_source *source = &proof->source;
    free(source->path);
    free(source->text);
    source->path = pc_path_join(source->header_dir, p->file);
    source->text = pc_file_read(source->path, PC_KERNEL_MAX, &source->len, err);
    if (!source->text)
        return false;
    struct pc_trial_spec spec = {.source = source,
                                 .limits = &proof->limits,
                                 .stages = p->stages,
                                 .seed = 1 + proof->at,
                                 .budget_ms = PROOF_BUDGET_MS};
    proof->trial = pc_trial_start(proof->engine, &spec, &ops, proof, err);
    return proof->trial != NULL;
}

struct pc_proof *pc_proof_start(struct pc_engine *engine,
                                void (*done)(void *ctx, const struct pc_err *missed),
                                void *ctx, struct pc_err *err)
{
    struct pc_proof *proof = pc_alloc(sizeof *proof);
    proof->engine = engine;
    proof->done = done;
    proof->ctx = ctx;
    proof->limits.speedup = (struct pc_speed_limit){.set = true, .min = 1};
    struct pc_source *source = &proof->source;
    source->name = pc_strdup("selfproof.c");
    source->header_dir = pc_path_join(engine->home, "checks/selfproof");
    source->starter_file = pc_path_join(source->header_dir, "selfproof.c");
    source->bench_file = pc_path_join(source->header_dir, "bench.c");
    source->test_file = pc_path_join(source->header_dir, "test.c");
    if (next_trial(proof, err))
        return proof;
    free_proof(proof);
    return NULL;
}
