/*
 * The rows of a profile's tabs, and what stands above them.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"
#include "report/values.h"
#include "tui/profile_counted.h"
#include "tui/profile_inner.h"
#include "tui/share_text.h"

enum {
    PERCENT = 8, /* columns of "100.0 %" and a blank */
    INTERVAL = 10,
    COUNT = 11,
    ROLE = 10, /* "called by" */
    LINE = 6,  /* a line's number */
    TAB = 4    /* columns between two stops of a tab */
};

static bool is_narrow(struct pc_area area)
{
    return area.w < PC_PROFILE_NARROW;
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

void pc_profile_draw_top(const void *ctx, size_t i, struct pc_canvas *canvas,
                         struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    const struct pc_top_row *top = &p->top.items[i];
    if (p->columns.n > 0) {
        int behind = pc_profile_draw_function(p, canvas, row, top->function);
        draw_name(p, canvas, row, behind + 1, top->function);
        return;
    }
    int x = draw_share(canvas, row, 0, &top->self);
    if (!is_narrow(row))
        x = draw_interval(canvas, row, x, &top->self);
    x = draw_share(canvas, row, x, &top->total);
    if (top->is_tied && top->self.value > 0)
        pc_canvas_text(canvas, row, x, 0, PC_STYLE_TEXT, "=");
    draw_name(p, canvas, row, x + 2, top->function);
}

/* What stands for the interval of a share that is exact. */
static int draw_count(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                      struct pc_area row, int x, const struct pc_share *share)
{
    char text[PC_UNITS_MAX];
    pc_canvas_right(canvas, row, x + COUNT - 1, 0, PC_STYLE_TEXT,
                    pc_value_format(&p->profile, p->type, (double)share->value, text));
    return x + COUNT;
}

void pc_profile_draw_call(const void *ctx, size_t i, struct pc_canvas *canvas,
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
    if (p->columns.n > 0)
        x = draw_count(p, canvas, row, x, share) + 1;
    else if (!is_narrow(row))
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

/* The shares of a line, and its allocations when they are known. */
static int draw_heat(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                     struct pc_area row, const struct pc_line_row *line, int number)
{
    int x = PERCENT;
    if (line)
        draw_share(canvas, row, 0, &line->self);
    if (is_narrow(row))
        return x;
    if (line)
        draw_share(canvas, row, x, &line->total);
    return pc_profile_draw_allocs(p, canvas, row, x + PERCENT, number);
}

void pc_profile_draw_source(const void *ctx, size_t i, struct pc_canvas *canvas,
                            struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    const struct pc_line_row *line = pc_lines_find(&p->lines, (int)i + 1);
    char number[16];
    size_t n;
    int x = p->columns.n > 0 ? pc_profile_draw_line(p, canvas, row, (int)i + 1)
                             : draw_heat(p, canvas, row, line, (int)i + 1);
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

static void draw_call_titles(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                             struct pc_area row)
{
    char title[PC_UNITS_MAX];
    int x = ROLE + PERCENT;
    pc_canvas_right(canvas, row, x - 1, 0, PC_STYLE_FAINT, "share");
    if (p->columns.n > 0) {
        pc_canvas_right(canvas, row, x + COUNT - 1, 0, PC_STYLE_FAINT,
                        pc_value_title(&p->profile, p->type, title));
        x += COUNT + 1;
    } else if (!is_narrow(row)) {
        pc_canvas_text(canvas, row, x + 1, 0, PC_STYLE_FAINT, "95 %");
        x += 1 + INTERVAL;
    }
    pc_canvas_text(canvas, row, x, 0, PC_STYLE_FAINT, "function");
}

/* Of the shares of functions, or of lines; gives the column behind them. */
static int draw_share_titles(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                             struct pc_area row)
{
    bool is_top = p->tab == PC_TAB_TOP;
    int x = PERCENT;
    pc_canvas_right(canvas, row, x - 1, 0, PC_STYLE_FAINT, "here");
    if (is_top && !is_narrow(row)) {
        pc_canvas_text(canvas, row, x + 1, 0, PC_STYLE_FAINT, "95 %");
        x += 1 + INTERVAL;
    }
    if (is_top || !is_narrow(row)) {
        pc_canvas_right(canvas, row, x + PERCENT - 1, 0, PC_STYLE_FAINT, "below");
        x += PERCENT;
    }
    return is_top ? x + 2 : pc_profile_draw_allocs_title(p, canvas, row, x);
}

/* What the numbers in the rows are. */
void pc_profile_draw_titles(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                            struct pc_area area)
{
    struct pc_area row = pc_area_columns(area, 2, area.w - 2);
    if (p->tab == PC_TAB_CALLS) {
        draw_call_titles(p, canvas, row);
        return;
    }
    if (p->tab == PC_TAB_DIFF) {
        struct pc_str text = {0};
        pc_profile_changes_titles(&p->changes, (size_t)area.w, &text);
        pc_canvas_cut(canvas, row, 0, 0, row.w, PC_STYLE_FAINT, pc_str_get(&text));
        pc_str_fini(&text);
        return;
    }
    int x = p->columns.n > 0 ? pc_profile_draw_counted_titles(p, canvas, row)
                             : draw_share_titles(p, canvas, row);
    if (p->tab == PC_TAB_TOP)
        pc_canvas_text(canvas, row, x + (p->columns.n > 0), 0, PC_STYLE_FAINT, "function");
    else
        pc_canvas_printf(canvas, row, x + 1, 0, PC_STYLE_FAINT, "line of %s",
                         p->profile.source_name ? p->profile.source_name : "the kernel");
}
