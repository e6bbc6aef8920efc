#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "base/wrap.h"
#include "report/experiment.h"
#include "report/profile_brief.h"

static void add_prose(struct pc_str *out, const char *text, size_t indent, size_t width)
{
    pc_str_addf(out, "%*s", (int)indent, "");
    pc_wrap_add(out, text,
                &(struct pc_wrap){.width = width, .column = indent, .indent = indent});
    pc_str_adds(out, "\n");
}

static void add_prediction(const struct pc_question *p, size_t width, struct pc_str *out)
{
    PC_AUTO(pc_auto_free) char *text = pc_strfmt("predict: %s", p->question);
    pc_str_adds(out, "\n");
    add_prose(out, text, 0, width);
    for (size_t i = 0; i < p->n_choices; i++)
        pc_str_addf(out, "    %zu  %s\n", i + 1, p->choices[i]);
}

void pc_experiment_truth(const char *const *choices, size_t n, unsigned rights,
                         const char *quote, struct pc_str *out)
{
    size_t told = 0;
    for (size_t i = 0; i < n; i++)
        if (rights >> i & 1)
            pc_str_addf(out, "%s%s%s%s", told++ > 0 ? " or " : "", quote, choices[i],
                        quote);
    if (told > 1)
        pc_str_adds(out, ", as far as can be told");
}

static void add_score(const struct pc_question *p, size_t width, struct pc_str *out)
{
    struct pc_str line = {0};
    pc_str_addf(&line, "prediction %zu: ", p->number);
    if (p->chosen)
        pc_str_addf(&line, "%s, you said \"%s\": ", p->chosen == p->right ? "right" : "no",
                    p->choices[p->chosen - 1]);
    pc_str_adds(&line, "it is ");
    pc_experiment_truth(p->choices, p->n_choices, p->rights, "", &line);
    if (isfinite(p->value))
        pc_str_addf(&line, " (measured %.3g)", p->value);
    add_prose(out, line.s, 0, width);
    pc_str_fini(&line);
    if (p->why)
        add_prose(out, p->why, 4, width);
}

static void add_point(const struct pc_experiment_event *e, struct pc_str *out)
{
    char x[PC_UNITS_MAX], y[PC_UNITS_MAX], low[PC_UNITS_MAX], high[PC_UNITS_MAX];
    const char *unit = e->experiment->unit;
    pc_str_addf(out, "%s %s: %s %s", e->experiment->x, pc_format_grouped(e->x, x),
                e->series, pc_format_metric(e->y, unit, y));
    if (isfinite(e->low) && isfinite(e->high))
        pc_str_addf(out, " [%s, %s]", pc_format_metric(e->low, unit, low),
                    pc_format_metric(e->high, unit, high));
    pc_str_adds(out, "\n");
}

static void add_slope(const struct pc_experiment_event *e, struct pc_str *out)
{
    pc_str_addf(out, "slope of %s: %.2f", e->series, e->value);
    if (isfinite(e->low))
        pc_str_addf(out, " [%.2f, %.2f]", e->low, e->high);
    pc_str_addf(out, " (%zu points)\n", e->n_points);
}

void pc_experiment_text(const struct pc_experiment_event *e, size_t width,
                        struct pc_str *out)
{
    switch (e->kind) {
    case PC_EXPERIMENT_STARTED:
        pc_str_addf(out, "experiment %02d %s: %s\n\n", e->topic->number,
                    e->experiment->name, e->experiment->title);
        add_prose(out, e->experiment->question, 0, width);
        pc_str_addf(out, "\n%s; %s\n", e->experiment->x, e->experiment->y);
        break;
    case PC_EXPERIMENT_PREDICT:
        add_prediction(e->prediction, width, out);
        break;
    case PC_EXPERIMENT_SCORED:
        add_score(e->prediction, width, out);
        break;
    case PC_EXPERIMENT_WORKING:
        break;
    case PC_EXPERIMENT_POINT:
        add_point(e, out);
        break;
    case PC_EXPERIMENT_SLOPE:
        add_slope(e, out);
        break;
    case PC_EXPERIMENT_NOTE:
        pc_str_adds(out, "\n");
        add_prose(out, e->text, 0, width);
        break;
    case PC_EXPERIMENT_PROFILE:
        pc_str_adds(out, "\n");
        pc_profile_brief(e->profile, width, false, out);
        break;
    case PC_EXPERIMENT_DONE:
        pc_str_addf(out, "\n%s after %.1f s\n", e->text ? "ended" : "done",
                    (double)e->wall_ns / 1e9);
        break;
    }
}
