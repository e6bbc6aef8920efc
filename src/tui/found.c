#include "tui/found.h"

#include <stdio.h>

#include "base/str.h"
#include "report/excerpt.h"

enum {
    NAME_AT = 3, /* columns */
    VALUE_AT = 17,
    SHOWN_DIAGNOSTICS = 5,
    SHOWN_FAILURES = 3,
    NARROW = 60, /* below it words are left out */
};

static const struct {
    const char *sign;
    enum pc_style style;
} marks[] = {
    [PC_MARK_GOOD] = {"✓", PC_STYLE_GOOD},      [PC_MARK_BAD] = {"✗", PC_STYLE_BAD},
    [PC_MARK_DOUBT] = {"~", PC_STYLE_DOUBT},    [PC_MARK_WAITING] = {" ", PC_STYLE_FAINT},
    [PC_MARK_RUNNING] = {"▸", PC_STYLE_STRONG},
};

void pc_found_row(struct pc_sheet *sheet, enum pc_mark mark, const char *name,
                  const char *value)
{
    struct pc_area row = pc_sheet_rows(sheet, 1);
    struct pc_canvas *canvas = sheet->canvas;
    int x = pc_canvas_text(canvas, row, 1, 0, marks[mark].style, marks[mark].sign) + 1;
    x = pc_canvas_text(canvas, row, x > NAME_AT ? x : NAME_AT, 0, PC_STYLE_TEXT, name);
    if (x + 1 < VALUE_AT)
        x = VALUE_AT - 1;
    pc_canvas_cut(canvas, row, x + 1, 0, row.w - x - 1, marks[mark].style, value);
}

static const char *failure_name(const struct pc_failure *failure, struct pc_str *text)
{
    pc_str_adds(text, failure->test);
    if (failure->place.line > 0)
        pc_str_addf(text, " (%s:%d)", failure->place.file, failure->place.line);
    return pc_str_get(text);
}

void pc_found_build(struct pc_sheet *sheet, const struct pc_build *build)
{
    size_t errors = 0;
    for (size_t i = 0; i < build->n; i++)
        errors += build->items[i].error;
    size_t warnings = build->n - errors;
    char text[48] = "failed";
    if (!build->built && errors > 0)
        snprintf(text, sizeof text, "%zu error%s", errors, errors == 1 ? "" : "s");
    else if (build->built && warnings > 0)
        snprintf(text, sizeof text, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
    else if (build->built)
        snprintf(text, sizeof text, "no warnings, %.2f s", (double)build->wall_ns / 1e9);
    pc_found_row(sheet,
                 !build->built  ? PC_MARK_BAD
                 : warnings > 0 ? PC_MARK_DOUBT
                                : PC_MARK_GOOD,
                 "builds", text);
}

void pc_found_tests(struct pc_sheet *sheet, const struct pc_tests *tests)
{
    struct pc_str text = {0};
    bool narrow = pc_canvas_area(sheet->canvas).w < NARROW;
    bool stopped = tests->crash.ending != PC_ENDING_NONE;
    if (stopped)
        pc_str_addf(&text, "stopped in %s",
                    tests->crash.during[0] ? tests->crash.during : "their beginning");
    else
        pc_str_addf(&text, "%zu of %zu tests%s", tests->n - tests->failed, tests->n,
                    tests->failed ? ""
                    : narrow      ? ", clean"
                                  : " passed, no memory error (ASan, UBSan)");
    pc_found_row(sheet, stopped || tests->failed ? PC_MARK_BAD : PC_MARK_GOOD, "correct",
                 pc_str_get(&text));
    pc_str_fini(&text);
}

void pc_found_diagnostics(struct pc_sheet *sheet, const struct pc_build *build)
{
    struct pc_str text = {0};
    size_t shown = 0, left = 0;
    int width = pc_canvas_area(sheet->canvas).w;
    for (size_t i = 0; i < build->n; i++) {
        if (!build->built && !build->items[i].error)
            continue;
        if (shown < SHOWN_DIAGNOSTICS)
            pc_excerpt_add(&text, &build->items[i], (size_t)width);
        shown++;
    }
    left = shown > SHOWN_DIAGNOSTICS ? shown - SHOWN_DIAGNOSTICS : 0;
    if (left > 0)
        pc_str_addf(&text, "    and %zu more\n", left);
    if (text.len > 0 || build->trouble)
        pc_sheet_gap(sheet);
    pc_sheet_block(sheet, 0, PC_STYLE_TEXT, pc_str_get(&text));
    if (build->trouble)
        pc_sheet_block(sheet, 4, PC_STYLE_TEXT, build->trouble);
    pc_str_fini(&text);
}

void pc_found_failures(struct pc_sheet *sheet, const struct pc_tests *tests)
{
    for (size_t i = 0; i < tests->n_items && i < SHOWN_FAILURES; i++) {
        struct pc_str name = {0};
        pc_sheet_gap(sheet);
        pc_sheet_line(sheet, 3, PC_STYLE_STRONG, "%s",
                      failure_name(&tests->items[i], &name));
        pc_sheet_block(sheet, 5, PC_STYLE_TEXT, tests->items[i].text);
        pc_str_fini(&name);
    }
    if (tests->n_items > SHOWN_FAILURES)
        pc_sheet_line(sheet, 3, PC_STYLE_FAINT, "and %zu more",
                      tests->n_items - SHOWN_FAILURES);
    if (tests->output && tests->output[0]) {
        pc_sheet_gap(sheet);
        pc_sheet_line(sheet, 1, PC_STYLE_FAINT, "Printed by the kernel:");
        pc_sheet_block(sheet, 3, PC_STYLE_TEXT, tests->output);
    }
}
