#include "tui/profile_picture.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"
#include "tui/share_text.h"

enum {
    NARROW = 60, /* below, there is no room for intervals and a second share */
    PERCENT = 8, /* columns of "100.0 %" and a blank */
    INTERVAL = 10,
    ROLE = 10, /* "called by" */
    LINE = 6,  /* a line's number */
    TAB = 4    /* columns between two stops of a tab */
};

static bool is_narrow(struct pc_area area)
{
    return area.w < NARROW;
}

/* A share that ends at `x + PERCENT - 1`; gives where the next column begins. */
static int draw_share(struct pc_canvas *canvas, struct pc_area row, int x,
                      const struct pc_share *share)
{
    char text[PC_SHARE_TEXT];
    pc_canvas_right(canvas, row, x + PERCENT - 1, 0, pc_share_style(share),
                    pc_share_percent(share, text));
    return x + PERCENT;
}

static int draw_interval(struct pc_canvas *canvas, struct pc_area row, int x,
                         const struct pc_share *share)
{
    char text[PC_SHARE_TEXT];
    pc_canvas_text(canvas, row, x + 1, 0, PC_STYLE_FAINT, pc_share_interval(share, text));
    return x + 1 + INTERVAL;
}

static void draw_name(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                      struct pc_area row, int x, uint32_t function)
{
    struct pc_str text = {0};
    pc_str_adds(&text, p->profile.functions.items[function].name);
    if (p->words && strcasestr(text.s, p->words))
        pc_str_adds(&text, " *");
    pc_share_add_place(&text, &p->profile, function);
    pc_canvas_cut(canvas, row, x, 0, row.w - x, PC_STYLE_TEXT, pc_str_get(&text));
    pc_str_fini(&text);
}

static void draw_top_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                         struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    const struct pc_top_row *top = &p->top.items[i];
    int x = draw_share(canvas, row, 0, &top->self);
    if (!is_narrow(row))
        x = draw_interval(canvas, row, x, &top->self);
    x = draw_share(canvas, row, x, &top->total);
    if (top->is_tied && top->self.value > 0)
        pc_canvas_text(canvas, row, x, 0, PC_STYLE_TEXT, "=");
    draw_name(p, canvas, row, x + 2, top->function);
}

static void draw_call_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                          struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    bool is_caller;
    const struct pc_call *call = pc_profile_call(p, i, &is_caller);
    const struct pc_share *share = call ? &call->share : &p->calls.self;
    pc_canvas_text(canvas, row, 0, 0, PC_STYLE_TEXT,
                   !call       ? "itself"
                   : is_caller ? "called by"
                               : "calls");
    int x = draw_share(canvas, row, ROLE, share);
    if (!is_narrow(row))
        x = draw_interval(canvas, row, x, share);
    if (call && call->function == PC_NO_FUNCTION)
        pc_canvas_text(canvas, row, x, 0, PC_STYLE_FAINT, "nobody: it is the outermost");
    else
        draw_name(p, canvas, row, x, call ? call->function : p->function);
}

/* With blanks for tabs. */
static char *expand(const char *text, size_t n)
{
    struct pc_str out = {0};
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\t')
            pc_str_addf(&out, "%*s", (int)(TAB - out.len % TAB), "");
        else
            pc_str_add(&out, &text[i], 1);
    return pc_str_take(&out);
}

static void draw_source_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                            struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    const struct pc_line_row *line = pc_lines_find(&p->lines, (int)i + 1);
    char number[16];
    size_t n;
    int x = PERCENT;
    if (line)
        draw_share(canvas, row, 0, &line->self);
    if (!is_narrow(row)) {
        if (line)
            draw_share(canvas, row, x, &line->total);
        x += PERCENT;
    }
    snprintf(number, sizeof number, "%zu", i + 1);
    pc_canvas_right(canvas, row, x + LINE - 1, 0, PC_STYLE_FAINT, number);
    const char *text = pc_profile_source_line(&p->profile, (int)i + 1, &n);
    PC_AUTO(pc_auto_free) char *all = expand(text ? text : "", n);
    x += LINE + 1;
    size_t length = strlen(all),
           skipped = (size_t)p->side < length ? (size_t)p->side : length;
    /* A cut character would be no character. */
    while (skipped < length && (all[skipped] & 0xc0) == 0x80)
        skipped++;
    pc_canvas_cut(canvas, row, x, 0, row.w - x,
                  line && line->self.value > 0 ? PC_STYLE_STRONG : PC_STYLE_TEXT,
                  all + skipped);
}

/* What the numbers in the rows are. */
static void draw_titles(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                        struct pc_area row)
{
    bool narrow = is_narrow(pc_area_columns(row, 2, row.w - 2));
    int x = 2;
    if (p->tab == PC_TAB_CALLS) {
        pc_canvas_right(canvas, row, x + ROLE + PERCENT - 1, 0, PC_STYLE_FAINT, "share");
        pc_canvas_text(canvas, row, x + ROLE + PERCENT + (narrow ? 0 : 1), 0,
                       PC_STYLE_FAINT, narrow ? "function" : "95 %      function");
        return;
    }
    pc_canvas_right(canvas, row, x + PERCENT - 1, 0, PC_STYLE_FAINT, "here");
    x += PERCENT;
    if (p->tab == PC_TAB_TOP && !narrow) {
        pc_canvas_text(canvas, row, x + 1, 0, PC_STYLE_FAINT, "95 %");
        x += 1 + INTERVAL;
    }
    if (p->tab == PC_TAB_TOP || !narrow) {
        pc_canvas_right(canvas, row, x + PERCENT - 1, 0, PC_STYLE_FAINT, "below");
        x += PERCENT;
    }
    if (p->tab == PC_TAB_TOP)
        pc_canvas_text(canvas, row, x + 2, 0, PC_STYLE_FAINT, "function");
    else
        pc_canvas_printf(canvas, row, x + 1, 0, PC_STYLE_FAINT, "line of %s",
                         p->profile.source_name ? p->profile.source_name : "the kernel");
}

/* The row with the cursor in words, which has the numbers that the rows have no room for. */
static void draw_detail(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                        struct pc_area row)
{
    static const struct pc_share nothing = {0};
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
            pc_str_adds(&text, "not seen");
    } else {
        pc_str_addf(&text, "%s: ", p->profile.functions.items[p->function].name);
    }
    if (narrow && self != &nothing)
        pc_str_fini(&text); /* the row with the cursor has it */
    if (self != &nothing) {
        pc_str_adds(&text, "here ");
        pc_share_add(&text, self, true);
        pc_str_adds(&text, narrow ? ", below " : ", ");
        pc_share_add(&text, total, !narrow);
        pc_str_adds(&text, narrow ? "" : " with all that it calls");
    }
    pc_canvas_cut(canvas, row, 1, 0, row.w - 2, PC_STYLE_STRONG, pc_str_get(&text));
    pc_str_fini(&text);
}

static void draw_list(const struct pc_profile_picture *p, const struct pc_list *list,
                      pc_list_row *row, struct pc_canvas *canvas)
{
    struct pc_area area = p->body;
    draw_titles(p, canvas, pc_area_rows(area, 0, 1));
    pc_list_draw(list, canvas, pc_area_rows(area, 1, area.h - 2), row, p);
    draw_detail(p, canvas, pc_area_rows(area, area.h - 1, 1));
}

/* "[1 flame]  2 top  3 source ...": the one that is shown stands in brackets. */
static void draw_tabs(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                      struct pc_area row)
{
    static const char *const names[] = {[PC_TAB_FLAME] = "flame",
                                        [PC_TAB_TOP] = "top",
                                        [PC_TAB_SOURCE] = "source",
                                        [PC_TAB_CALLS] = "calls",
                                        [PC_TAB_ABOUT] = "about"};
    bool narrow = is_narrow(row);
    int x = 0;
    for (int tab = 0; tab < PC_PROFILE_TABS; tab++) {
        bool shown = p->tab == (enum pc_profile_tab)tab;
        if (p->top.n == 0 && !shown)
            continue;
        x = pc_canvas_printf(canvas, row, x, 0, shown ? PC_STYLE_STRONG : PC_STYLE_TEXT,
                             shown    ? "[%d %s]"
                             : narrow ? " %d %s"
                                      : " %d %s ",
                             tab + 1, names[tab]);
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
        draw_list(p, &p->tops, draw_top_row, canvas);
        break;
    case PC_TAB_SOURCE:
        draw_list(p, &p->sources, draw_source_row, canvas);
        break;
    case PC_TAB_CALLS:
        draw_list(p, &p->called, draw_call_row, canvas);
        break;
    default:
        pc_sheet_show(&p->about, canvas, p->body);
        break;
    }
}
