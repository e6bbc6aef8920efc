#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/experiment.h"
#include "report/parts.h"

struct pc_experiment_json {
    json_t *head, *predictions, *points, *slopes, *profiles, *notes;
};

struct pc_experiment_json *pc_experiment_json_create(void)
{
    struct pc_experiment_json *report = pc_alloc(sizeof *report);
    *report = (struct pc_experiment_json){
        .head = json_object(),
        .predictions = json_array(),
        .points = json_array(),
        .slopes = json_array(),
        .profiles = json_array(),
        .notes = json_array(),
    };
    return report;
}

static json_t *choice_of(size_t choice)
{
    return choice ? json_integer((json_int_t)choice) : json_null();
}

static json_t *prediction_of(const struct pc_question *p)
{
    json_t *choices = json_array();
    for (size_t i = 0; i < p->n_choices; i++)
        json_array_append_new(choices, pc_json_text(p->choices[i]));
    json_t *rights = json_array();
    for (size_t i = 0; i < p->n_choices; i++)
        if (p->rights >> i & 1)
            json_array_append_new(rights, json_integer((json_int_t)i + 1));
    return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "number", (int)p->number,
                     "question", pc_json_text(p->question), "choices", choices, "chosen",
                     choice_of(p->chosen), "right", choice_of(p->right), "rights", rights,
                     "value", pc_json_number(p->value), "why", pc_json_text(p->why));
}

static json_t *profile_of(const struct pc_shown_profile *shown)
{
    json_t *profile = pc_json_profile(shown->found);
    json_object_set_new(profile, "title", pc_json_text(shown->title));
    return profile;
}

static void add_head(struct pc_experiment_json *report, const struct pc_experiment_event *e)
{
    char number[8], seed[24];
    snprintf(number, sizeof number, "%02d", e->topic->number % 100);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)e->seed);
    const struct pc_experiment *x = e->experiment;
    json_t *head = json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:s}", "topic", number, "experiment",
                             pc_json_text(x->name), "title", pc_json_text(x->title), "x",
                             pc_json_text(x->x), "y", pc_json_text(x->y), "unit",
                             pc_json_text(x->unit), "seed", seed);
    json_object_update(report->head, head);
    json_decref(head);
}

void pc_experiment_json_event(struct pc_experiment_json *report,
                              const struct pc_experiment_event *e)
{
    switch (e->kind) {
    case PC_EXPERIMENT_STARTED:
        add_head(report, e);
        break;
    case PC_EXPERIMENT_SCORED:
        json_array_append_new(report->predictions, prediction_of(e->prediction));
        break;
    case PC_EXPERIMENT_POINT:
        json_array_append_new(
            report->points,
            json_pack("{s:o,s:o,s:o,s:o,s:o}", "series", pc_json_text(e->series), "x",
                      pc_json_number(e->x), "y", pc_json_number(e->y), "low",
                      pc_json_number(e->low), "high", pc_json_number(e->high)));
        break;
    case PC_EXPERIMENT_SLOPE:
        json_array_append_new(
            report->slopes,
            json_pack("{s:o,s:o,s:o,s:o,s:i}", "series", pc_json_text(e->series), "slope",
                      pc_json_number(e->value), "low", pc_json_number(e->low), "high",
                      pc_json_number(e->high), "points", (int)e->n_points));
        break;
    case PC_EXPERIMENT_NOTE:
        json_array_append_new(report->notes, pc_json_text(e->text));
        break;
    case PC_EXPERIMENT_PROFILE:
        json_array_append_new(report->profiles, profile_of(e->profile));
        break;
    case PC_EXPERIMENT_DONE:
        json_object_set_new(report->head, "seconds",
                            pc_json_number((double)e->wall_ns / 1e9));
        json_object_set_new(report->head, "trouble", pc_json_text(e->text));
        break;
    case PC_EXPERIMENT_PREDICT:
    case PC_EXPERIMENT_WORKING:
        break;
    }
}

char *pc_experiment_json_finish(struct pc_experiment_json *report, enum pc_code code)
{
    json_t *root = json_pack("{s:s,s:i}", "perfcourse", PACKAGE_VERSION, "code", (int)code);
    json_object_update(root, report->head);
    json_decref(report->head);
    json_object_set_new(root, "predictions", report->predictions);
    json_object_set_new(root, "points", report->points);
    json_object_set_new(root, "slopes", report->slopes);
    json_object_set_new(root, "profiles", report->profiles);
    json_object_set_new(root, "notes", report->notes);
    free(report);
    return pc_json_dump(root);
}
