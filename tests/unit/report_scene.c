#include "report_scene.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The model owns its texts; these are never freed. */
static char *lent(const char *text)
{
    return (char *)text;
}

void scene_init(struct scene *s)
{
    static char first[] = "first", second[] = "second", *hints[] = {first, second};
    *s = (struct scene){
        .topic = {.number = 7, .folder = lent("07_strings"), .title = lent("Strings")},
        .exercises = {{.name = lent("join_names"),
                       .title = lent("Join names"),
                       .hints = hints,
                       .n_hints = 2,
                       .afterword = lent("What was\nlearnt."),
                       .number = 1},
                      {.name = lent("csv_sum"),
                       .title = lent("Add up a column"),
                       .number = 2}},
        .build = {.built = true, .wall_ns = 250000000},
        .tests = {.ran = true, .n = 9, .seed = 4711},
        .counts = {.ran = true,
                   .agree = true,
                   .metrics = {.n = 1,
                               .items = {{"allocs/op", .min = 1, .max = 1, .mean = 1}}}},
        .speed = {.measured = true,
                  .decision = PC_DECIDED_PASS,
                  .ratio = 18.25,
                  .low = 18,
                  .high = 18.5,
                  .restarts = 5},
        .verdict = {.code = PC_PASSED,
                    .n_goals = 1,
                    .goals = {{.metric = "allocs/op",
                               .kind = PC_VERDICT_PASS,
                               .value = 1,
                               .bound = 24,
                               .at_most = true,
                               .gold = true,
                               .sentence =
                                   lent("allocs/op: 1, at most 24 allowed: passed")}},
                    .reason = lent("all limits are met")},
    };
    s->topic.exercises = s->exercises;
    s->topic.n_exercises = 2;
    for (int i = 0; i < 2; i++)
        s->exercises[i].topic = &s->topic;
    s->build.items = s->diagnostics;
    s->tests.items = s->failures;
}

void scene_misses_a_limit(struct scene *s)
{
    s->counts.metrics.items[0].max = 1000;
    s->counts.n_sites = 1;
    s->counts.sites[0].allocs = 1000;
    s->counts.sites[0].bytes = NAN;
    s->counts.sites[0].place =
        (struct pc_place){.file = "join_names.c", .line = 9, .function = "append"};
    s->verdict.code = PC_MISSED;
    s->verdict.goals[0].kind = PC_VERDICT_FAIL;
    s->verdict.goals[0].gold = false;
    s->verdict.goals[0].value = 1000;
    s->verdict.goals[0].sentence =
        lent("allocs/op: 1000, at most 24 allowed: 976 too many");
    s->verdict.reason = lent("the limit is missed: allocs/op");
    s->verdict.next = lent("begin with allocs/op, at join_names.c:9");
}

void scene_does_not_build(struct scene *s)
{
    s->build.built = false;
    s->build.n = 5;
    for (int i = 0; i < 5; i++)
        s->diagnostics[i] = (struct pc_diagnostic){
            .place = {.file = "join_names.c", .line = 9 + i, .column = 12},
            .error = i < 4,
            .text = lent("expected ';'"),
            .source = lent("\treturn 1 +")};
    s->verdict = (struct pc_verdict){.code = PC_NOBUILD,
                                     .reason = lent("does not build"),
                                     .next = lent("fix the first error")};
}

void scene_fails_tests(struct scene *s)
{
    s->tests.failed = 4;
    s->tests.n_items = 4;
    for (int i = 0; i < 4; i++)
        s->failures[i] =
            (struct pc_failure){.test = lent("separators_stand_between"),
                                .text = lent("expected: \"a, b\"\ngot:      \"ab\""),
                                .place = {.file = "test.c", .line = 51}};
    s->tests.output = lent("1\n2\n3\n4\n5\n6\n");
    s->verdict = (struct pc_verdict){
        .code = PC_WRONG, .reason = lent("wrong result"), .next = lent("look")};
}

void scene_crashes(struct scene *s)
{
    s->tests.ran = false;
    s->tests.crash = (struct pc_crash){.ending = PC_ENDING_CRASH,
                                       .signal = 11,
                                       .what = "Segmentation fault",
                                       .place = {.file = "join_names.c", .line = 3},
                                       .during = "an_exact_fit"};
    s->verdict = (struct pc_verdict){.code = PC_CRASH, .reason = lent("crashed")};
}

struct pc_event scene_event(struct scene *s, enum pc_event_kind kind)
{
    bool built = s->build.built;
    bool tested = built && s->tests.ran && s->tests.failed == 0;
    return (struct pc_event){
        .kind = kind,
        .exercise = &s->exercises[0],
        .kernel = "/home/ada/join_names.c",
        .content = "0123456789abcdef0123456789abcdef",
        .build = kind >= PC_EVENT_BUILT ? &s->build : NULL,
        .tests = kind >= PC_EVENT_TESTED && built ? &s->tests : NULL,
        .counts = kind >= PC_EVENT_COUNTED && tested ? &s->counts : NULL,
        .speed = kind >= PC_EVENT_TIMING && tested ? &s->speed : NULL,
        .growth = kind >= PC_EVENT_GROWING && s->growth.rounds > 0 ? &s->growth : NULL,
        .hotspot = s->hotspot.answer[0] ? &s->hotspot : NULL,
        .verdict = kind == PC_EVENT_VERDICT ? &s->verdict : NULL,
        .wall_ns = 1500000000,
        .seed = 18446744073709551615u,
    };
}
