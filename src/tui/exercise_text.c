#include "tui/exercise_text.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

enum { SHOWN_DIAGNOSTICS = 3, SHOWN_FAILURES = 2 };

/* Words that are none of Markdown's: every mark is taken literally. */
static void add_literal(struct pc_str *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (strchr("\\`*_{}[]<>#|~!", *p))
            pc_str_adds(out, "\\");
        pc_str_add(out, p, 1);
    }
}

/* Text from outside as a block of code: harmless to the terminal, nothing to Markdown. */
static void add_block(struct pc_str *out, const char *text)
{
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, strlen(text), 4000);
    pc_str_adds(out, "\n");
    for (const char *line = harmless; *line;) {
        size_t n = strcspn(line, "\n");
        pc_str_addf(out, "    %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
    pc_str_adds(out, "\n");
}

static void add_speed_goal(struct pc_str *out, const struct pc_speed_limit *s)
{
    if (!s->set)
        return;
    pc_str_addf(out, "- at least **%gx** faster than the starter", s->min);
    if (!isnan(s->gold))
        pc_str_addf(out, ", gold %gx", s->gold);
    pc_str_adds(out, "\n");
}

static void add_limit(struct pc_str *out, const struct pc_limit *l)
{
    char buf[PC_UNITS_MAX];
    pc_str_adds(out, "- **");
    add_literal(out, l->metric);
    pc_str_adds(out, "**");
    if (isfinite(l->max))
        pc_str_addf(out, " at most %s", pc_format_metric(l->max, l->metric, buf));
    if (isfinite(l->min))
        pc_str_addf(out, " at least %s", pc_format_metric(l->min, l->metric, buf));
    if (!isnan(l->gold))
        pc_str_addf(out, ", gold %s", pc_format_metric(l->gold, l->metric, buf));
    pc_str_adds(out, "\n");
}

void pc_exercise_text_head(struct pc_str *out, const struct pc_exercise *exercise,
                           const struct pc_limits *limits, const char *kernel)
{
    pc_str_addf(out, "# %s\n\n", exercise->title);
    add_literal(out, exercise->story);
    pc_str_adds(out, "\n\n## Goals\n\n- a right and memory-safe result\n");
    add_speed_goal(out, &limits->speedup);
    for (size_t i = 0; i < limits->n; i++)
        add_limit(out, &limits->items[i]);
    pc_str_adds(out, "\nThe file to edit (`e`); each save is checked:\n");
    add_block(out, kernel);
}

static void add_build(struct pc_str *out, const struct pc_build *build)
{
    pc_str_addf(out, "- build: %s\n", build->built ? "ok" : "**failed**");
    for (size_t i = 0, shown = 0; i < build->n && shown < SHOWN_DIAGNOSTICS; i++) {
        const struct pc_diagnostic *d = &build->items[i];
        if (!build->built && !d->error)
            continue;
        struct pc_str text = {0};
        pc_str_addf(&text, "%s:%d:%d: %s", d->place.file, d->place.line, d->place.column,
                    d->text);
        if (d->source)
            pc_str_addf(&text, "\n%5d | %s", d->place.line, d->source);
        add_block(out, pc_str_get(&text));
        pc_str_fini(&text);
        shown++;
    }
    if (build->trouble)
        add_block(out, build->trouble);
}

static void add_tests(struct pc_str *out, const struct pc_tests *tests)
{
    if (tests->crash.ending != PC_ENDING_NONE)
        pc_str_adds(out, "- tests: **stopped**\n");
    else
        pc_str_addf(out, "- tests: %zu of %zu passed\n", tests->n - tests->failed,
                    tests->n);
    for (size_t i = 0; i < tests->n_items && i < SHOWN_FAILURES; i++) {
        struct pc_str text = {0};
        pc_str_addf(&text, "%s\n%s", tests->items[i].test, tests->items[i].text);
        add_block(out, pc_str_get(&text));
        pc_str_fini(&text);
    }
}

static void add_verdict(struct pc_str *out, const struct pc_event *event)
{
    const struct pc_verdict *v = event->verdict;
    bool wrong = v->code == PC_WRONG || v->code == PC_CRASH || v->code == PC_NOBUILD;
    for (size_t i = 0; !wrong && i < v->n_goals; i++) {
        pc_str_adds(out, "- ");
        add_literal(out, v->goals[i].sentence);
        pc_str_adds(out, "\n");
    }
    pc_str_adds(out, "\n**");
    pc_str_adds(out, v->code == PC_PASSED   ? "Passed"
                     : v->code == PC_UNSURE ? "Unsure"
                                            : "Not yet");
    pc_str_adds(out, "**: ");
    PC_AUTO(pc_auto_free) char *reason = pc_text_harmless(
        v->reason ? v->reason : "", v->reason ? strlen(v->reason) : 0, 600);
    add_literal(out, reason);
    pc_str_adds(out, "\n\n");
    if (v->next) {
        pc_str_adds(out, "Next: ");
        add_literal(out, v->next);
        pc_str_adds(out, "\n\n");
    }
    if (v->code == PC_PASSED && event->exercise->afterword) {
        pc_str_adds(out, "## Afterwards\n\n");
        add_literal(out, event->exercise->afterword);
        pc_str_adds(out, "\n");
    }
}

void pc_exercise_text_event(struct pc_str *out, const struct pc_event *event)
{
    switch (event->kind) {
    case PC_EVENT_PROVING:
        pc_str_adds(out, "- proving this compiler's verdicts with planted faults, once\n");
        break;
    case PC_EVENT_BUILT:
        add_build(out, event->build);
        break;
    case PC_EVENT_TESTED:
        add_tests(out, event->tests);
        break;
    case PC_EVENT_VERDICT:
        add_verdict(out, event);
        break;
    default:
        break;
    }
}

void pc_exercise_text_hints(struct pc_str *out, const struct pc_exercise *exercise,
                            int level)
{
    if (level < 1)
        return;
    pc_str_addf(out, "\n## Hints, %d of %zu\n\n", level, exercise->n_hints);
    for (int i = 0; i < level && i < (int)exercise->n_hints; i++) {
        pc_str_addf(out, "%d. ", i + 1);
        add_literal(out, exercise->hints[i]);
        pc_str_adds(out, "\n");
    }
}
