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
    bool begins = event->kind == PC_EVENT_PROVING || event->kind == PC_EVENT_BUILDING;
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

void pc_result_fini(struct pc_result *r)
{
    pc_build_fini(&r->build);
    pc_tests_fini(&r->tests);
    pc_verdict_fini(&r->verdict);
    free(r->trail.items);
    *r = (struct pc_result){0};
}
