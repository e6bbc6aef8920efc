#include "tui/checking_sheet.h"

#include "base/units.h"
#include "tui/checks.h"
#include "tui/found.h"

const char *pc_checking_words(const struct pc_result *current)
{
    /* Nothing was told yet. */
    if (!current->exercise)
        return "building";
    switch (current->phase) {
    case PC_EVENT_PROVING:
        return "proving";
    case PC_EVENT_BUILDING:
        return "building";
    case PC_EVENT_BUILT:
        return "testing";
    case PC_EVENT_TESTED:
    case PC_EVENT_COUNTED:
        return current->seen.counts ? "timing" : "counting";
    default:
        return "timing";
    }
}

static void add_timing(struct pc_sheet *sheet, const struct pc_result *current,
                       int64_t budget_ms)
{
    char a[PC_UNITS_MAX], b[PC_UNITS_MAX], c[PC_UNITS_MAX];
    const struct pc_speed *s = &current->speed;
    int64_t left_ms = current->seen.growth ? 0 : budget_ms - s->wall_ns / 1000000;
    if (!current->seen.speed || s->restarts == 0)
        return;
    pc_sheet_gap(sheet);
    pc_sheet_line(sheet, 1, PC_STYLE_TEXT,
                  "%u restart%s; in each, the start and yours take turns", s->restarts,
                  s->restarts == 1 ? "" : "s");
    if (left_ms > 0)
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "at most %.1f s more",
                      (double)left_ms / 1e3);
    pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "time/op: start %s, yours %s",
                  pc_format_ns(s->base_ns, a), pc_format_ns(s->candidate_ns, b));
    if (s->restarts > 1)
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "speedup so far: %s, interval %s to %s",
                      pc_format_ratio(s->ratio, a), pc_format_ratio(s->low, b),
                      pc_format_ratio(s->high, c));
    else
        pc_sheet_line(sheet, 1, PC_STYLE_TEXT, "speedup so far: %s",
                      pc_format_ratio(s->ratio, a));
}

static void add_growth(struct pc_sheet *sheet, const struct pc_result *current)
{
    const struct pc_growth *g = &current->growth;
    char k[PC_UNITS_MAX];
    if (!current->seen.growth || g->rounds == 0)
        return;
    pc_sheet_line(
        sheet, 1, PC_STYLE_TEXT, "growth so far: %s after %u round%s of %zu sizes",
        pc_format_exponent(g->exponent, k), g->rounds, g->rounds == 1 ? "" : "s", g->n);
}

void pc_checking_write(struct pc_sheet *sheet, const struct pc_result *current,
                       int64_t budget_ms, bool output)
{
    bool failed = current->seen.build && !current->build.built;
    if (current->exercise && current->phase == PC_EVENT_PROVING)
        pc_sheet_prose(sheet, 1, PC_STYLE_FAINT,
                       "Once for each compiler, planted faults prove that its verdicts can "
                       "be trusted.");
    if (current->seen.build)
        pc_found_build(sheet, &current->build);
    else
        pc_found_row(sheet, PC_MARK_RUNNING, "builds", "...");
    if (current->seen.tests)
        pc_found_tests(sheet, &current->tests);
    else
        pc_found_row(sheet,
                     current->seen.build && !failed ? PC_MARK_RUNNING : PC_MARK_WAITING,
                     "correct", current->seen.build && !failed ? "..." : "");
    if (current->seen.counts)
        pc_found_row(sheet, PC_MARK_GOOD, "counted", "allocations and bytes");
    else
        pc_found_row(sheet, current->seen.tests ? PC_MARK_RUNNING : PC_MARK_WAITING,
                     "counted", current->seen.tests ? "..." : "");
    pc_found_row(sheet, current->seen.counts ? PC_MARK_RUNNING : PC_MARK_WAITING, "timed",
                 !current->seen.counts            ? ""
                 : budget_ms > PC_CHECK_BUDGET_MS ? "measuring on ..."
                                                  : "...");
    add_timing(sheet, current, budget_ms);
    add_growth(sheet, current);
    if (output && current->seen.build)
        pc_found_diagnostics(sheet, &current->build);
    if (output && current->seen.tests)
        pc_found_failures(sheet, &current->tests);
}
