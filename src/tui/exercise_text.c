#include "tui/exercise_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "tui/verdict_sheet.h"

enum { HISTORY_SHOWN = 12 };

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

/* A row of the table of goals; texts of ours, so only names need care. */
static void add_goal(struct pc_str *out, const char *name, const char *bound,
                     const char *beyond, const char *yours)
{
    pc_str_adds(out, "| ");
    add_literal(out, name);
    pc_str_addf(out, " | %s | %s | %s |\n", bound, beyond, yours);
}

static void add_speed_goal(struct pc_str *out, const struct pc_speed_limit *s,
                           const struct pc_attempt *last)
{
    char bound[PC_UNITS_MAX], medal[PC_UNITS_MAX], yours[2 * PC_UNITS_MAX] = "";
    char now[PC_UNITS_MAX], low[PC_UNITS_MAX], high[PC_UNITS_MAX];
    if (!s->set)
        return;
    struct pc_str beyond = {0};
    if (!isnan(s->silver))
        pc_str_addf(&beyond, "silver %s", pc_format_ratio(s->silver, medal));
    if (!isnan(s->gold))
        pc_str_addf(&beyond, "%sgold %s", beyond.len > 0 ? ", " : "",
                    pc_format_ratio(s->gold, medal));
    if (last && isfinite(last->ratio))
        snprintf(yours, sizeof yours, "%s (%s to %s)", pc_format_ratio(last->ratio, now),
                 pc_format_ratio(last->low, low), pc_format_ratio(last->high, high));
    PC_AUTO(pc_auto_free) char *least =
        pc_strfmt("at least %s", pc_format_ratio(s->min, bound));
    add_goal(out, "speedup", least, pc_str_get(&beyond), yours);
    pc_str_fini(&beyond);
}

static void add_growth_goal(struct pc_str *out, const struct pc_growth_limit *g,
                            const struct pc_attempt *last)
{
    char bound[PC_UNITS_MAX], gold[2 * PC_UNITS_MAX] = "", yours[PC_UNITS_MAX] = "";
    const struct pc_metric *m = last ? pc_metrics_find(&last->metrics, "growth") : NULL;
    if (!g->set)
        return;
    if (!isnan(g->gold))
        snprintf(gold, sizeof gold, "gold %s", pc_format_exponent(g->gold, bound));
    if (m)
        pc_format_exponent(m->mean, yours);
    PC_AUTO(pc_auto_free) char *most =
        pc_strfmt("at most %s", pc_format_exponent(g->max, bound));
    add_goal(out, "growth", most, gold, yours);
}

/* Attempts keep no latencies, so these rows end with what is asked for. */
static void add_tail_goals(struct pc_str *out, const struct pc_tail_limit *tail)
{
    for (int q = 0; tail->set && q < PC_QUANTILES; q++) {
        const struct pc_tail_bound *bound = &tail->bounds[q];
        char share[PC_UNITS_MAX], gold[2 * PC_UNITS_MAX] = "";
        if (isnan(bound->max_ratio))
            continue;
        if (!isnan(bound->gold))
            snprintf(gold, sizeof gold, "gold %s", pc_format_ratio(bound->gold, share));
        PC_AUTO(pc_auto_free) char *most =
            pc_strfmt("at most %s the starter's", pc_format_ratio(bound->max_ratio, share));
        add_goal(out, pc_quantiles[q].name, most, gold, "");
    }
}

static void add_limit(struct pc_str *out, const struct pc_limit *l,
                      const struct pc_attempt *last)
{
    char bound[PC_LIMIT_TEXT], gold[2 * PC_UNITS_MAX] = "", yours[PC_UNITS_MAX] = "";
    char value[PC_UNITS_MAX];
    const struct pc_metric *m = last ? pc_metrics_find(&last->metrics, l->metric) : NULL;
    if (!isnan(l->gold))
        snprintf(gold, sizeof gold, "gold %s", pc_format_metric(l->gold, l->metric, value));
    if (m)
        pc_format_metric(pc_limit_value(l, m, isfinite(l->max)), l->metric, yours);
    add_goal(out, l->metric, pc_limit_text(l, bound), gold, yours);
}

static void add_history(struct pc_str *out, const struct pc_exercise_facts *facts)
{
    char when[PC_WHEN_MAX], ratio[PC_UNITS_MAX];
    const struct pc_attempts *h = &facts->history;
    if (h->n == 0) {
        pc_str_addf(out, "Not checked yet: `c` checks%s.\n\n",
                    facts->only_asked ? "" : ", and so does each save");
        return;
    }
    pc_str_addf(out, "Last check %s: **%s**; %zu check%s so far",
                pc_format_when(h->items[0].when, when), pc_attempt_words(&h->items[0]),
                facts->status.attempts, facts->status.attempts == 1 ? "" : "s");
    if (isfinite(facts->status.best))
        pc_str_addf(out, ", best %s", pc_format_ratio(facts->status.best, ratio));
    pc_str_adds(out, "\n\n");
    size_t from = h->n < HISTORY_SHOWN ? h->n : HISTORY_SHOWN, timed = 0;
    for (size_t i = from; i-- > 0;) {
        if (!isfinite(h->items[i].ratio))
            continue;
        pc_str_addf(out, "%s%s", timed++ ? ", " : "Speed-ups: ",
                    pc_format_ratio(h->items[i].ratio, ratio));
    }
    pc_str_adds(out, timed > 0 ? "\n\n" : "");
}

static void add_hints(struct pc_str *out, const struct pc_exercise *exercise, int level)
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

void pc_exercise_text(struct pc_str *out, const struct pc_exercise_facts *facts)
{
    const struct pc_exercise *exercise = facts->exercise;
    const struct pc_attempt *last = facts->history.n > 0 ? &facts->history.items[0] : NULL;
    pc_str_addf(out, "# %s\n\n", exercise->title);
    add_literal(out, exercise->story);
    pc_str_adds(out, "\n\n## Goals\n\nA right and memory-safe result, and\n\n"
                     "| goal | needed | beyond | last check |\n|---|---|---|---|\n");
    add_speed_goal(out, &facts->limits->speedup, last);
    add_growth_goal(out, &facts->limits->growth, last);
    add_tail_goals(out, &facts->limits->tail);
    for (size_t i = 0; i < facts->limits->n; i++)
        add_limit(out, &facts->limits->items[i], last);
    if (facts->limits->hotspot[0])
        add_goal(out, "hotspot", "named right", "", "");
    pc_str_adds(out, "\n");
    add_history(out, facts);
    pc_str_addf(out, "The file to edit (`e`)%s; %s:\n",
                facts->edited ? "" : ", still the starter",
                facts->only_asked ? "saves are not watched" : "each save is checked");
    add_block(out, facts->kernel);
    add_hints(out, exercise, facts->hints);
    if (facts->status.standing == PC_STANDING_PASSED && exercise->afterword) {
        pc_str_adds(out, "\n## Afterwards\n\n");
        add_literal(out, exercise->afterword);
        pc_str_adds(out, "\n");
    }
}
