#include "engine/hotspot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "engine/internal.h"
#include "hotspots/answer.h"
#include "profile/names.h"
#include "profile/recording.h"

/* A window has some sixty samples; with fewer than a hundred the shares that are shown would
 * be rougher than they need be. */
enum { WINDOW_MS = 250, SETTLED_SAMPLES = 100 };

struct pc_hotspot_job {
    struct pc_engine *engine;
    struct pc_hotspot_spec spec;
    struct pc_record_job *record;
    struct pc_hotspot found;
    void (*done)(void *ctx, const struct pc_hotspot *found);
    void *ctx;
};

/* Whether a function can have this name; all bytes but the first may be digits. */
static bool is_name(const char *s)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    size_t n = strspn(s, letters);
    if (n == 0)
        return false;
    while (s[n]) {
        size_t more = strspn(s + n, letters) + strspn(s + n, "0123456789");
        if (more == 0)
            return false;
        n += more;
    }
    return true;
}

bool pc_hotspot_read(const char *kernel, const char *constant, struct pc_hotspot *hotspot)
{
    char text[256] = "";
    *hotspot = (struct pc_hotspot){.kind = PC_ANSWER_MISSING};
    snprintf(hotspot->constant, sizeof hotspot->constant, "%s", constant);
    struct pc_symbols *symbols = pc_symbols_open(kernel, NULL);
    enum pc_text_found found =
        symbols ? pc_names_text(symbols, constant, text, sizeof text) : PC_TEXT_ABSENT;
    pc_symbols_free(symbols);
    if (found == PC_TEXT_ABSENT)
        return false;
    bool fits = strlen(text) < sizeof hotspot->answer;
    pc_text_copy_line(hotspot->answer, sizeof hotspot->answer, text, strlen(text));
    if (found == PC_TEXT_UNREADABLE || !fits || (text[0] && !is_name(text)))
        hotspot->kind = PC_ANSWER_UNREADABLE;
    else
        hotspot->kind = text[0] ? PC_ANSWER_NAME : PC_ANSWER_EMPTY;
    return hotspot->kind == PC_ANSWER_NAME;
}

/* Complete what is known by all that was recorded so far. */
static void weigh(const struct pc_hotspot_job *job, const void *recording, size_t size,
                  struct pc_hotspot *found)
{
    PC_AUTO(pc_auto_free) char *host =
        pc_path_join(job->engine->libexec, "perfcourse-profile");
    const struct pc_codemap_spec spec = {
        .kernel = job->spec.base, .source = job->spec.source->name, .host = host};
    struct pc_profile profile;
    struct pc_recording_state state;
    if (pc_recording_read(recording, size, &spec, &profile, &state, NULL))
        pc_answer_weigh(&profile, found);
    pc_profile_fini(&profile);
}

static bool wants_more(void *ctx, const void *recording, size_t size)
{
    const struct pc_hotspot_job *job = ctx;
    struct pc_hotspot so_far = job->found;
    weigh(job, recording, size, &so_far);
    return !so_far.is_settled || so_far.samples < SETTLED_SAMPLES;
}

/* What no sample was taken in may still be a function of the starter. */
static bool is_function(const struct pc_hotspot_job *job)
{
    struct pc_symbols *symbols = pc_symbols_open(job->spec.base, NULL);
    bool is = symbols && pc_names_function(symbols, job->found.answer);
    pc_symbols_free(symbols);
    return is;
}

static void recorded(void *ctx, const struct pc_record_end *end)
{
    struct pc_hotspot_job *job = ctx;
    job->record = NULL;
    job->found.crash = end->crash;
    job->found.wall_ns = end->wall_ns;
    if (end->crash.ending == PC_ENDING_NONE)
        weigh(job, end->recording, end->size, &job->found);
    if (!job->found.is_known)
        job->found.is_known = is_function(job);
    job->done(job->ctx, &job->found);
    pc_hotspot_cancel(job);
}

struct pc_hotspot_job *
pc_hotspot_start(struct pc_engine *engine, const struct pc_hotspot_spec *spec,
                 const struct pc_hotspot *read,
                 void (*done)(void *ctx, const struct pc_hotspot *found), void *ctx,
                 struct pc_err *err)
{
    static const struct pc_record_ops ops = {.more = wants_more, .done = recorded};
    struct pc_hotspot_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_hotspot_job){
        .engine = engine, .spec = *spec, .found = *read, .done = done, .ctx = ctx};
    struct pc_host_spec host = pc_engine_host(engine);
    const struct pc_record_spec record = {.window_ms = WINDOW_MS,
                                          .most_ms = (int)spec->budget_ms};
    job->record = pc_record_start(engine->spec.loop, &host, spec->base, &spec->bench,
                                  &record, spec->seed, &ops, job, err);
    if (job->record)
        return job;
    free(job);
    return NULL;
}

void pc_hotspot_cancel(struct pc_hotspot_job *job)
{
    if (!job)
        return;
    pc_record_cancel(job->record);
    free(job);
}
