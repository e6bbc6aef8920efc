#include "model/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Each event has all that was found before it, so a part is taken when its turn has come. */
static void take_parts(struct pc_result *r, const struct pc_event *event)
{
    if (event->build && !r->seen.build) {
        pc_build_copy(&r->build, event->build);
        r->seen.build = true;
    }
    if (event->tests && !r->seen.tests) {
        pc_tests_copy(&r->tests, event->tests);
        r->seen.tests = true;
    }
    if (event->counts) {
        r->counts = *event->counts;
        r->seen.counts = true;
    }
    if (event->speed) {
        r->speed = *event->speed;
        r->seen.speed = true;
    }
    if (event->growth) {
        r->growth = *event->growth;
        r->seen.growth = true;
    }
    if (event->tails) {
        r->tails = *event->tails;
        r->seen.tails = true;
    }
    if (event->hotspot) {
        r->hotspot = *event->hotspot;
        r->seen.hotspot = true;
    }
    if (event->verdict) {
        pc_verdict_copy(&r->verdict, event->verdict);
        r->seen.verdict = true;
    }
    if (event->record) {
        r->record = *event->record;
        r->seen.record = true;
    }
}

void pc_result_add(struct pc_result *r, const struct pc_event *event, int64_t when)
{
    bool begins = pc_event_begins(event);
    if (begins || r->seen.verdict || r->exercise != event->exercise)
        pc_result_fini(r);
    r->exercise = event->exercise;
    r->phase = event->kind;
    r->wall_ns = event->wall_ns;
    r->seed = event->seed;
    snprintf(r->content, sizeof r->content, "%s", event->content);
    take_parts(r, event);
    if (event->kind == PC_EVENT_TIMING && event->speed)
        *PC_PUSH(&r->trail) = event->speed->ratio;
    if (event->kind == PC_EVENT_VERDICT)
        r->when = when;
}

/* Whether a place is in the kernel, whatever folder was named. */
static bool is_in_kernel(const struct pc_place *place, const struct pc_exercise *exercise)
{
    const char *slash = strrchr(place->file, '/');
    const char *base = slash ? slash + 1 : place->file;
    size_t n = strlen(exercise->name);
    return place->line > 0 && strncmp(base, exercise->name, n) == 0 &&
           strcmp(base + n, ".c") == 0;
}

int pc_result_line(const struct pc_result *r)
{
    const struct pc_place *places[] = {&r->tests.crash.place,    &r->counts.crash.place,
                                       &r->speed.crash.place,    &r->growth.crash.place,
                                       &r->tails.crash.place,    &r->counts.leaks[0].place,
                                       &r->counts.sites[0].place};
    for (size_t i = 0; i < r->build.n; i++)
        if ((r->build.items[i].error || r->build.built) &&
            is_in_kernel(&r->build.items[i].place, r->exercise))
            return r->build.items[i].place.line;
    for (size_t i = 0; i < PC_COUNT(places); i++)
        if (is_in_kernel(places[i], r->exercise))
            return places[i]->line;
    return 0;
}

void pc_result_fini(struct pc_result *r)
{
    pc_build_fini(&r->build);
    pc_tests_fini(&r->tests);
    pc_verdict_fini(&r->verdict);
    free(r->trail.items);
    *r = (struct pc_result){0};
}
