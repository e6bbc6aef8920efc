#include "tui/sheet.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/wrap.h"
#include "markup/markup.h"

enum {
    BLOCK_MAX = 4000,
    FIRST_ROWS = 32 /* that it begins with; most are shorter than that */
};

void pc_sheet_begin(struct pc_sheet *sheet, int width, bool ascii)
{
    pc_canvas_free(sheet->canvas);
    sheet->canvas = pc_canvas_create(width, FIRST_ROWS, ascii);
    sheet->rows = 0;
}

void pc_sheet_fini(struct pc_sheet *sheet)
{
    pc_canvas_free(sheet->canvas);
    *sheet = (struct pc_sheet){0};
}

struct pc_area pc_sheet_rows(struct pc_sheet *sheet, int rows)
{
    if (sheet->rows + rows > pc_canvas_area(sheet->canvas).h)
        pc_canvas_grow(sheet->canvas, 2 * (sheet->rows + rows));
    struct pc_area all = pc_canvas_area(sheet->canvas);
    int left = all.h - sheet->rows, taken = rows < left ? rows : left;
    struct pc_area area = pc_area_rows(all, sheet->rows, taken);
    sheet->rows += taken;
    return area;
}

static bool is_empty(const struct pc_sheet *sheet, int y)
{
    const struct pc_cell *cells = pc_canvas_row(sheet->canvas, y);
    for (int x = 0; x < pc_canvas_area(sheet->canvas).w; x++)
        if (strcmp(cells[x].text, " ") != 0)
            return false;
    return true;
}

void pc_sheet_gap(struct pc_sheet *sheet)
{
    if (sheet->rows > 0 && !is_empty(sheet, sheet->rows - 1))
        pc_sheet_rows(sheet, 1);
}

void pc_sheet_line(struct pc_sheet *sheet, int indent, enum pc_style style, const char *fmt,
                   ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    struct pc_area area = pc_sheet_rows(sheet, 1);
    pc_canvas_cut(sheet->canvas, area, indent, 0, area.w - indent, style,
                  pc_str_get(&text));
    pc_str_fini(&text);
}

/* Each line of `text`, which is cut into its lines. */
static void add_lines(struct pc_sheet *sheet, int indent, enum pc_style style, char *text)
{
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        if (end || *line)
            pc_sheet_line(sheet, indent, style, "%s", line);
        line = end ? end + 1 : NULL;
    }
}

static int room_for_prose(const struct pc_sheet *sheet, int indent)
{
    int room = pc_canvas_area(sheet->canvas).w - indent - 1;
    return room > PC_MARKUP_MEASURE ? PC_MARKUP_MEASURE : room < 1 ? 1 : room;
}

void pc_sheet_prose(struct pc_sheet *sheet, int indent, enum pc_style style,
                    const char *text)
{
    const struct pc_wrap wrap = {.width = (size_t)room_for_prose(sheet, indent)};
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, strlen(text), BLOCK_MAX);
    struct pc_str broken = {0};
    pc_wrap_add(&broken, harmless, &wrap);
    PC_AUTO(pc_auto_free) char *lines = pc_str_take(&broken);
    add_lines(sheet, indent, style, lines);
}

void pc_sheet_block(struct pc_sheet *sheet, int indent, enum pc_style style,
                    const char *text)
{
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, strlen(text), BLOCK_MAX);
    add_lines(sheet, indent, style, harmless);
}

void pc_sheet_markdown(struct pc_sheet *sheet, const char *markdown)
{
    const struct pc_markup_options options = {
        .width = (size_t)room_for_prose(sheet, 1),
        .ascii = pc_canvas_is_ascii(sheet->canvas),
    };
    struct pc_document *d = pc_markup_render(markdown, strlen(markdown), &options);
    for (size_t i = 0; i < d->n_lines; i++) {
        struct pc_area area = pc_sheet_rows(sheet, 1);
        int x = 1;
        for (size_t k = 0; k < d->lines[i].n_spans; k++) {
            const struct pc_span *span = &d->lines[i].spans[k];
            x = pc_canvas_put(sheet->canvas, area, x, 0, span->style,
                              d->lines[i].text + span->at, span->n);
        }
    }
    pc_document_free(d);
}

static int last_top(const struct pc_sheet *sheet, int visible)
{
    return sheet->rows > visible ? sheet->rows - visible : 0;
}

/* Words where there is room for them, else an arrow: it must not hide a number. */
static void mark_more(struct pc_canvas *canvas, struct pc_area area)
{
    static const char words[] = "  ↓ more ";
    int room = pc_canvas_measure(canvas, words, strlen(words));
    const struct pc_cell *row = pc_canvas_row(canvas, area.y + area.h - 1);
    bool is_free = room < area.w;
    for (int x = area.x + area.w - room; is_free && x < area.x + area.w; x++)
        is_free = strcmp(row[x].text, " ") == 0;
    pc_canvas_right(canvas, area, area.w, area.h - 1, PC_STYLE_KEY, is_free ? words : " ↓");
}

void pc_sheet_show(const struct pc_sheet *sheet, struct pc_canvas *canvas,
                   struct pc_area area)
{
    int last = last_top(sheet, area.h), top = sheet->top < last ? sheet->top : last;
    if (!sheet->canvas)
        return;
    pc_canvas_copy(canvas, area, sheet->canvas, top);
    if (top < last && area.h > 0)
        mark_more(canvas, area);
}

enum pc_reaction pc_sheet_act(struct pc_sheet *sheet, int visible, enum pc_action action)
{
    int last = last_top(sheet, visible);
    int before = sheet->top < last ? sheet->top : last;
    long by;
    if (!pc_action_distance(action, visible, &by))
        return PC_IGNORED;
    long to = before + by;
    sheet->top = to < 0 ? 0 : to > last ? last : (int)to;
    return sheet->top == before ? PC_HANDLED : PC_REDRAW;
}
