#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"
#include "report/values.h"
#include "tui/profile_counted.h"
#include "tui/profile_inner.h"
#include "tui/share_text.h"

static bool is_narrow(struct pc_area area)
{
    return area.w < PC_PROFILE_NARROW;
}

/* The row with the cursor in words, which has the numbers that the rows have no room for. */
static void draw_detail(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                        struct pc_area row)
{
    static const struct pc_share nothing = {0};
    char value[PC_UNITS_MAX];
    struct pc_str text = {0};
    const struct pc_share *self = &p->calls.self, *total = &p->calls.total;
    bool narrow = is_narrow(row);
    if (p->tab == PC_TAB_SOURCE) {
        int line = (int)p->sources.cursor + 1;
        const struct pc_line_row *at = pc_lines_find(&p->lines, line);
        self = at ? &at->self : &nothing;
        total = at ? &at->total : &nothing;
        pc_str_addf(&text, "line %d: ", line);
        if (!at)
            pc_str_adds(&text, p->columns.n > 0 ? "nothing" : "not seen");
    } else {
        pc_str_addf(&text, "%s: ", p->profile.functions.items[p->function].name);
    }
    if (narrow && self != &nothing)
        pc_str_fini(&text); /* the row with the cursor has it */
    if (self != &nothing) {
        pc_str_adds(&text, "here ");
        pc_share_say(&text, &p->profile, p->type, self, true);
        pc_str_adds(&text, narrow ? ", below " : ", ");
        /* Of what is counted the unit is said once. */
        if (p->columns.n > 0)
            pc_str_adds(&text,
                        pc_value_format(&p->profile, p->type, (double)total->value, value));
        else
            pc_share_add(&text, total, !narrow);
        pc_str_adds(&text, narrow ? "" : " with all that it calls");
    }
    pc_canvas_cut(canvas, row, 1, 0, row.w - 2, PC_STYLE_STRONG, pc_str_get(&text));
    pc_str_fini(&text);
}

static void draw_list(const struct pc_profile_picture *p, const struct pc_list *list,
                      pc_list_row *row, struct pc_canvas *canvas)
{
    struct pc_area area = p->body, last = pc_area_rows(area, area.h - 1, 1);
    int top = pc_profile_list_top(p) - area.y;
    if (top > 1)
        pc_sheet_show(&p->compared, canvas, pc_area_rows(area, 0, top - 1));
    pc_profile_draw_titles(p, canvas, pc_area_rows(area, top - 1, 1));
    pc_list_draw(list, canvas, pc_area_rows(area, top, area.h - 1 - top), row, p);
    if (p->tab == PC_TAB_DIFF)
        pc_profile_draw_change_detail(p, canvas, last);
    else
        draw_detail(p, canvas, last);
}

/* "[1 flame]  2 top  3 source ...": the one that is shown stands in brackets.  Where it is
 * narrow they share the blanks: "[1flame]2top 3source". */
static void draw_tabs(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                      struct pc_area row)
{
    static const char *const names[] = {
        [PC_TAB_FLAME] = "flame", [PC_TAB_TOP] = "top",     [PC_TAB_SOURCE] = "source",
        [PC_TAB_CALLS] = "calls", [PC_TAB_ABOUT] = "about", [PC_TAB_DIFF] = "diff"};
    bool narrow = is_narrow(row), first = true;
    int x = 0;
    for (int tab = 0; tab < PC_PROFILE_TABS; tab++) {
        bool shown = p->tab == (enum pc_profile_tab)tab;
        if (!pc_profile_has_tab(p, (enum pc_profile_tab)tab))
            continue;
        /* A bracket before it takes the place of the blank. */
        if (narrow && shown && !first)
            x--;
        x = pc_canvas_printf(canvas, row, x, 0, shown ? PC_STYLE_STRONG : PC_STYLE_TEXT,
                             narrow && shown ? "[%d%s]"
                             : narrow        ? "%d%s "
                             : shown         ? "[%d %s]"
                                             : " %d %s ",
                             tab + 1, names[tab]);
        first = false;
    }
}

/* "1000 allocs/op, 4043425.9 B/op" */
static void add_totals(const struct pc_profile_picture *p, struct pc_str *out)
{
    char value[PC_UNITS_MAX], title[PC_UNITS_MAX];
    for (size_t i = 0; i < p->columns.n; i++) {
        size_t type = p->columns.items[i].type;
        double total = (double)pc_profile_total(&p->profile, type);
        pc_str_addf(out, "%s%s %s", i > 0 ? ", " : "",
                    pc_value_format(&p->profile, type, total, value),
                    pc_value_title(&p->profile, type, title));
    }
}

/* One line in the place of the heading. */
static void draw_brief(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                       struct pc_area row)
{
    const struct pc_crash *crash = &p->found.crash;
    double points = pc_profile_precision(&p->stacks);
    struct pc_str text = {0};
    if (p->found.deaf)
        pc_str_adds(&text, "It blocks SIGPROF: see 5 about");
    else if (crash->ending != PC_ENDING_NONE && crash->place.line > 0)
        pc_str_addf(&text, "It did not end: seen at %s:%d", crash->place.file,
                    crash->place.line);
    else if (crash->ending != PC_ENDING_NONE)
        pc_str_adds(&text, "It did not end: see 5 about");
    else if (points > 0 && !pc_stacks_suffice(&p->stacks))
        pc_str_addf(&text, "%.0f samples are too few: see 5 about", p->stacks.whole.taken);
    else if (points > 0)
        pc_str_addf(&text, "%.0f samples, ±%.1f points (95 %%)", p->stacks.whole.taken,
                    points);
    else if (p->columns.n > 0)
        add_totals(p, &text);
    pc_canvas_cut(canvas, row, 1, 0, row.w - 2, PC_STYLE_STRONG, pc_str_get(&text));
    pc_str_fini(&text);
}

void pc_profile_picture_draw(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                             struct pc_area area)
{
    enum { TABS = 1 };
    int head = p->body.y - area.y - TABS;
    if (p->heading.rows == head)
        pc_sheet_show(&p->heading, canvas, pc_area_rows(area, 0, head));
    else
        draw_brief(p, canvas, pc_area_rows(area, 0, 1));
    draw_tabs(p, canvas, pc_area_rows(area, head, TABS));
    switch (p->tab) {
    case PC_TAB_FLAME:
        pc_flame_draw(&p->flame, canvas, p->body);
        break;
    case PC_TAB_TOP:
        draw_list(p, &p->tops, pc_profile_draw_top, canvas);
        break;
    case PC_TAB_SOURCE:
        draw_list(p, &p->sources, pc_profile_draw_source, canvas);
        break;
    case PC_TAB_CALLS:
        draw_list(p, &p->called, pc_profile_draw_call, canvas);
        break;
    case PC_TAB_DIFF:
        if (p->has_before)
            draw_list(p, &p->changed, pc_profile_draw_change, canvas);
        else
            pc_sheet_show(&p->compared, canvas, p->body);
        break;
    default:
        pc_sheet_show(&p->about, canvas, p->body);
        break;
    }
}
