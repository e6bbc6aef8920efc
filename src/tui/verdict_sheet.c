#include "tui/verdict_sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/units.h"
#include "tui/checks.h"
#include "tui/found.h"
#include "tui/strip.h"

enum { STRIP_ROWS = 4, NARROW = 60 };

static void add_speed_value(struct pc_str *text, const struct pc_speed *speed,
                            const struct pc_goal *goal, bool narrow)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX], c[PC_UNITS_MAX], d[PC_UNITS_MAX];
    pc_str_addf(text, "%-10s %s%-8s", pc_format_ratio(speed->ratio, a),
                narrow ? "≥ " : "needed ≥ ", pc_format_ratio(goal->bound, b));
    if (speed->restarts > 1 && !narrow)
        pc_str_addf(text, " 95 %% interval %s to %s", pc_format_ratio(speed->low, c),
                    pc_format_ratio(speed->high, d));
}

static void add_growth_value(struct pc_str *text, const struct pc_growth *growth,
                             const struct pc_goal *goal, bool narrow)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    if (growth->rounds == 0) {
        pc_str_adds(text, "not known");
        return;
    }
    pc_str_addf(text, "%-10s %s%-8s", pc_format_exponent(growth->exponent, a),
                narrow ? "≤ " : "allowed ≤ ", pc_format_exponent(goal->bound, b));
    if (growth->rounds > 1 && !narrow)
        pc_str_addf(text, " 95 %% interval %.2f to %.2f", growth->low, growth->high);
}

/* The rival is told apart only where that says more than the answer alone. */
static void add_hotspot_value(struct pc_str *text, const struct pc_hotspot *h,
                              const struct pc_goal *goal, bool narrow)
{
    if (h->kind != PC_ANSWER_NAME) {
        pc_str_adds(text, "no function is named");
        return;
    }
    pc_str_adds(text, h->answer);
    if (isnan(goal->value)) {
        pc_str_adds(text, h->is_known ? ": not known" : ": no such function");
        return;
    }
    pc_str_addf(text, " %.*f %%", goal->value < 9.95 ? 1 : 0, goal->value);
    if (!narrow && h->rival.function[0])
        pc_str_addf(text, "   %s %s %.*f %%",
                    goal->kind == PC_VERDICT_PASS ? "next is" : "first is",
                    h->rival.function, goal->bound < 9.95 ? 1 : 0, goal->bound);
}

static void add_metric_value(struct pc_str *text, const struct pc_goal *goal, bool narrow)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    if (isnan(goal->value)) {
        pc_str_adds(text, "not reported");
        return;
    }
    pc_str_addf(text, "%-10s", pc_format_metric(goal->value, goal->metric, a));
    if (isfinite(goal->bound))
        pc_str_addf(text, " %s%s %s",
                    narrow          ? ""
                    : goal->at_most ? "allowed "
                                    : "needed ",
                    goal->at_most ? "≤" : "≥",
                    pc_format_metric(goal->bound, goal->metric, b));
}

static void add_goal_row(struct pc_sheet *sheet, const struct pc_result *r,
                         const struct pc_goal *goal)
{
    static const enum pc_mark kinds[] = {[PC_VERDICT_PASS] = PC_MARK_GOOD,
                                         [PC_VERDICT_FAIL] = PC_MARK_BAD,
                                         [PC_VERDICT_UNSURE] = PC_MARK_DOUBT};
    bool narrow = pc_canvas_area(sheet->canvas).w < NARROW;
    struct pc_str text = {0};
    if (strcmp(goal->metric, "speedup") == 0)
        add_speed_value(&text, &r->speed, goal, narrow);
    else if (strcmp(goal->metric, "growth") == 0 && r->seen.growth)
        add_growth_value(&text, &r->growth, goal, narrow);
    else if (strcmp(goal->metric, "hotspot") == 0 && r->seen.hotspot)
        add_hotspot_value(&text, &r->hotspot, goal, narrow);
    else
        add_metric_value(&text, goal, narrow);
    if (goal->kind == PC_VERDICT_PASS && (goal->gold || goal->silver))
        pc_str_addf(&text, "  %s", goal->gold ? "gold" : "silver");
    pc_found_row(sheet, kinds[goal->kind], goal->metric, pc_str_get(&text));
    pc_str_fini(&text);
}

static struct pc_strip_row strip_row(const char *label, double ratio, double low,
                                     double high, enum pc_style style)
{
    return (struct pc_strip_row){.label = label,
                                 .low = isfinite(low) ? low : ratio,
                                 .middle = isfinite(ratio) ? ratio : 0,
                                 .high = isfinite(high) ? high : ratio,
                                 .style = style};
}

static const struct pc_goal *speed_goal(const struct pc_result *r)
{
    for (size_t i = 0; i < r->verdict.n_goals; i++)
        if (strcmp(r->verdict.goals[i].metric, "speedup") == 0)
            return &r->verdict.goals[i];
    return NULL;
}

static void add_strip(struct pc_sheet *sheet, const struct pc_result *r,
                      const struct pc_verdict_context *context)
{
    struct pc_strip_row rows[STRIP_ROWS];
    const struct pc_goal *goal = speed_goal(r);
    const struct pc_attempt *best = context->best, *before = context->before;
    size_t n = 0;
    if (!goal || !r->seen.speed || !(r->speed.ratio > 0))
        return;
    if (best)
        rows[n++] =
            strip_row("best", best->ratio, best->low, best->high, PC_STYLE_SERIES_2);
    if (before)
        rows[n++] =
            strip_row("before", before->ratio, before->low, before->high, PC_STYLE_FAINT);
    rows[n++] = strip_row("now", r->speed.ratio, r->speed.low, r->speed.high,
                          goal->kind == PC_VERDICT_PASS ? PC_STYLE_GOOD : PC_STYLE_BAD);
    if (context->reference && context->reference->speed.ratio > 0)
        rows[n++] = strip_row("reference", context->reference->speed.ratio,
                              context->reference->speed.low, context->reference->speed.high,
                              PC_STYLE_SERIES_3);
    const struct pc_strip strip = {.rows = rows, .n = n, .target = goal->bound};
    pc_sheet_gap(sheet);
    struct pc_area area = pc_sheet_rows(sheet, (int)n + 1);
    pc_strip_draw(&strip, sheet->canvas, pc_area_columns(area, 1, area.w - 1));
}

/* Two intervals that do not meet are a change; else nobody knows. */
static void add_change(struct pc_sheet *sheet, const struct pc_result *r,
                       const struct pc_attempt *before)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    if (r->seen.speed && r->speed.candidate_ns > 0)
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "time/op: start %s, yours %s",
                      pc_format_ns(r->speed.base_ns, a),
                      pc_format_ns(r->speed.candidate_ns, b));
    if (!before || !isfinite(before->ratio) || !r->seen.speed || !(r->speed.ratio > 0))
        return;
    const char *how = r->speed.low > before->high   ? "faster"
                      : r->speed.high < before->low ? "slower"
                                                    : "no clear change";
    pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "Since the check before: %s", how);
}

static void add_record(struct pc_sheet *sheet, const struct pc_result *r)
{
    char now[PC_UNITS_MAX], before[PC_UNITS_MAX];
    if (!r->seen.record)
        return;
    if (r->record.first_pass)
        pc_sheet_line(sheet, 1, PC_STYLE_GOOD, "Passed for the first time.");
    if (r->record.best)
        pc_sheet_line(sheet, 1, PC_STYLE_GOOD, "Your best: %s after %s.",
                      pc_format_ratio(r->speed.ratio, now),
                      pc_format_ratio(r->record.before, before));
}

/* The goal to begin with, in a sentence with the next step: the first that was not reached, but
 * before all of them the hotspot, which says where the others are lost. */
static void add_first_missed(struct pc_sheet *sheet, const struct pc_verdict *v)
{
    const struct pc_goal *first = NULL;
    for (size_t i = 0; i < v->n_goals; i++) {
        const struct pc_goal *goal = &v->goals[i];
        bool is_first = !first || strcmp(goal->metric, "hotspot") == 0;
        if (goal->kind != PC_VERDICT_PASS && is_first)
            first = goal;
    }
    if (!first)
        return;
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, first->sentence);
}

const char *pc_verdict_words(const struct pc_verdict *verdict)
{
    switch (verdict->code) {
    case PC_PASSED:
        return "passed";
    case PC_MISSED:
        return "not yet";
    case PC_UNSURE:
        return "unsure";
    case PC_WRONG:
        return "wrong result";
    case PC_CRASH:
        return "crash";
    case PC_NOBUILD:
        return "does not build";
    default:
        return "no verdict";
    }
}

const char *pc_attempt_words(const struct pc_attempt *attempt)
{
    const struct pc_verdict verdict = {.code = attempt->code};
    return attempt->quick && attempt->code == PC_PASSED ? "right, not timed"
                                                        : pc_verdict_words(&verdict);
}

static void add_title(struct pc_sheet *sheet, const struct pc_verdict *v)
{
    enum pc_style style = v->code == PC_PASSED   ? PC_STYLE_GOOD
                          : v->code == PC_UNSURE ? PC_STYLE_DOUBT
                                                 : PC_STYLE_BAD;
    struct pc_str text = {0};
    pc_str_adds(&text, pc_verdict_words(v));
    for (char *p = text.s; *p; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    if (v->reason)
        pc_str_addf(&text, "   %s", v->reason);
    pc_sheet_prose(sheet, 1, style, pc_str_get(&text));
    if (v->speed_skipped)
        pc_sheet_line(sheet, 1, PC_STYLE_DOUBT, "A quick run: the time was not judged.");
    pc_str_fini(&text);
}

static void add_ending(struct pc_sheet *sheet, const struct pc_result *r,
                       const struct pc_verdict_context *context)
{
    const struct pc_verdict *v = &r->verdict;
    char id[16];
    if (v->next) {
        PC_AUTO(pc_auto_free) char *next = pc_strfmt("Next: %s", v->next);
        pc_sheet_gap(sheet);
        pc_sheet_prose(sheet, 1, PC_STYLE_STRONG, next);
    }
    if (v->code == PC_UNSURE)
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "c measures on, for up to %d s.",
                      PC_CAREFUL_BUDGET_MS / 1000);
    if (v->code == PC_PASSED && !v->speed_skipped && r->exercise->afterword) {
        pc_sheet_gap(sheet);
        pc_sheet_markdown(sheet, r->exercise->afterword);
    }
    size_t cards = r->exercise->topic->n_cards;
    if (v->code != PC_PASSED || (!context->next && cards == 0))
        return;
    pc_sheet_gap(sheet);
    if (context->next)
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "Then: %s %s",
                      pc_exercise_id(context->next, id), context->next->title);
    else
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "Then: the topic's cards, %zu question%s",
                      cards, cards == 1 ? "" : "s");
}

void pc_verdict_write(struct pc_sheet *sheet, const struct pc_result *r,
                      const struct pc_verdict_context *context)
{
    const struct pc_verdict *v = &r->verdict;
    /* Goals mean something only when the result is right. */
    bool judged = v->code == PC_PASSED || v->code == PC_MISSED || v->code == PC_UNSURE;
    add_title(sheet, v);
    pc_sheet_gap(sheet);
    if (r->seen.build)
        pc_found_build(sheet, &r->build);
    if (r->seen.build && r->build.built && r->seen.tests)
        pc_found_tests(sheet, &r->tests);
    for (size_t i = 0; judged && i < v->n_goals; i++)
        add_goal_row(sheet, r, &v->goals[i]);
    if (r->seen.build)
        pc_found_diagnostics(sheet, &r->build);
    if (r->seen.tests)
        pc_found_failures(sheet, &r->tests);
    if (judged) {
        add_strip(sheet, r, context);
        add_first_missed(sheet, v);
        pc_sheet_gap(sheet);
        add_change(sheet, r, context->before);
        add_record(sheet, r);
    }
    add_ending(sheet, r, context);
}
