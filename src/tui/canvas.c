#include "tui/canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/glyph.h"

struct pc_canvas {
    int width, height;
    bool ascii;
    struct pc_cell *cells;
};

/* One step through a text: the bytes to show and the cells they take. */
struct glyph {
    const char *s;
    size_t n;
    int width;
};

static struct glyph next_glyph(const struct pc_canvas *canvas, const char **s, size_t *n)
{
    uint32_t c = 0;
    size_t len = pc_text_decode(*s, *n, &c);
    struct glyph glyph = {.s = *s, .n = len, .width = 1};
    *s += len ? len : 1;
    *n -= len ? len : 1;
    if (len == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0))
        return (struct glyph){.s = "?", .n = 1, .width = 1};
    if (c < 0x80)
        return glyph;
    int width = wcwidth((wchar_t)c);
    if (canvas->ascii && width != 0) {
        glyph.s = pc_glyph_ascii(c);
        glyph.n = strlen(glyph.s);
        glyph.width = (int)glyph.n;
    } else if (canvas->ascii) {
        glyph = (struct glyph){.s = "", .n = 0, .width = 0};
    } else if (width >= 0) {
        glyph.width = width;
    }
    return glyph;
}

static void set_cell(struct pc_cell *cell, const char *s, size_t n, int width,
                     enum pc_style style)
{
    *cell = (struct pc_cell){.width = (uint8_t)width, .style = (uint8_t)style};
    memcpy(cell->text, s, n < PC_CELL_MAX ? n : PC_CELL_MAX - 1);
}

static void set_blank(struct pc_cell *cell)
{
    set_cell(cell, " ", 1, 1, PC_STYLE_TEXT);
}

static struct pc_area meet(struct pc_area a, struct pc_area b)
{
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct pc_area){.x = left, .y = top, .w = right - left, .h = bottom - top};
}

/* Make way for a character in `cell`: when it is half of a wide one the other half goes. */
static void break_wide(struct pc_cell *row, int width, int x)
{
    if (row[x].width == 0 && x > 0)
        set_blank(&row[x - 1]);
    if (row[x].width == 2 && x + 1 < width)
        set_blank(&row[x + 1]);
}

static void join(struct pc_cell *cell, const char *s, size_t n)
{
    size_t used = strlen(cell->text);
    if (used + n < PC_CELL_MAX)
        memcpy(cell->text + used, s, n);
}

static void place(struct pc_canvas *canvas, struct pc_cell *row, int x, struct glyph glyph,
                  enum pc_style style)
{
    for (int i = 0; i < glyph.width; i++)
        break_wide(row, canvas->width, x + i);
    if (canvas->ascii) {
        for (int i = 0; i < glyph.width; i++)
            set_cell(&row[x + i], glyph.s + i, 1, 1, style);
        return;
    }
    set_cell(&row[x], glyph.s, glyph.n, glyph.width, style);
    if (glyph.width == 2)
        set_cell(&row[x + 1], "", 0, 0, style);
}

struct pc_canvas *pc_canvas_create(int width, int height, bool ascii)
{
    struct pc_canvas *canvas = pc_alloc(sizeof *canvas);
    canvas->width = width < 1 ? 1 : width > PC_CANVAS_MAX ? PC_CANVAS_MAX : width;
    canvas->height = height < 1 ? 1 : height > PC_CANVAS_MAX ? PC_CANVAS_MAX : height;
    canvas->ascii = ascii;
    size_t cells = (size_t)canvas->width * (size_t)canvas->height;
    canvas->cells = pc_alloc_array(cells, sizeof *canvas->cells);
    pc_canvas_clear(canvas);
    return canvas;
}

void pc_canvas_grow(struct pc_canvas *canvas, int height)
{
    int before = canvas->height, width = canvas->width;
    canvas->height = height > PC_CANVAS_MAX ? PC_CANVAS_MAX : height;
    if (canvas->height <= before) {
        canvas->height = before;
        return;
    }
    canvas->cells = pc_realloc(canvas->cells, (size_t)width * (size_t)canvas->height *
                                                  sizeof *canvas->cells);
    for (int i = before * width; i < canvas->height * width; i++)
        set_blank(&canvas->cells[i]);
}

void pc_canvas_free(struct pc_canvas *canvas)
{
    if (!canvas)
        return;
    free(canvas->cells);
    free(canvas);
}

void pc_canvas_clear(struct pc_canvas *canvas)
{
    size_t cells = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < cells; i++)
        set_blank(&canvas->cells[i]);
}

struct pc_area pc_canvas_area(const struct pc_canvas *canvas)
{
    return (struct pc_area){.w = canvas->width, .h = canvas->height};
}

bool pc_canvas_is_ascii(const struct pc_canvas *canvas)
{
    return canvas->ascii;
}

static struct pc_cell *row_of(const struct pc_canvas *canvas, int y)
{
    return canvas->cells + (size_t)y * (size_t)canvas->width;
}

const struct pc_cell *pc_canvas_row(const struct pc_canvas *canvas, int y)
{
    return row_of(canvas, y);
}

char *pc_canvas_dump(const struct pc_canvas *canvas)
{
    struct pc_str out = {0};
    for (int y = 0; y < canvas->height; y++) {
        const struct pc_cell *row = pc_canvas_row(canvas, y);
        int end = canvas->width;
        while (end > 0 && strcmp(row[end - 1].text, " ") == 0)
            end--;
        for (int x = 0; x < end; x++)
            pc_str_adds(&out, row[x].text);
        pc_str_adds(&out, "\n");
    }
    return pc_str_take(&out);
}

int pc_canvas_measure(const struct pc_canvas *canvas, const char *s, size_t n)
{
    int width = 0;
    while (n > 0)
        width += next_glyph(canvas, &s, &n).width;
    return width;
}

/* Columns are those of the canvas here.  A glyph that the area cuts leaves blanks. */
static int put_clipped(struct pc_canvas *canvas, struct pc_area clip, int x, int y,
                       enum pc_style style, const char *s, size_t n)
{
    struct pc_cell *row = row_of(canvas, y);
    struct pc_cell *last = NULL;
    while (n > 0) {
        struct glyph glyph = next_glyph(canvas, &s, &n);
        if (glyph.width == 0) {
            if (last)
                join(last, glyph.s, glyph.n);
            continue;
        }
        last = NULL;
        if (x >= clip.x && x + glyph.width <= clip.x + clip.w) {
            place(canvas, row, x, glyph, style);
            last = &row[x];
        } else {
            struct glyph blank = {.s = " ", .n = 1, .width = 1};
            for (int i = x; i < x + glyph.width; i++)
                if (i >= clip.x && i < clip.x + clip.w)
                    place(canvas, row, i, blank, style);
        }
        x += glyph.width;
    }
    return x;
}

int pc_canvas_put(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                  enum pc_style style, const char *s, size_t n)
{
    struct pc_area clip = meet(area, pc_canvas_area(canvas));
    int row = area.y + y;
    if (clip.w < 1 || row < clip.y || row >= clip.y + clip.h)
        return x + pc_canvas_measure(canvas, s, n);
    return put_clipped(canvas, clip, area.x + x, row, style, s, n) - area.x;
}

int pc_canvas_text(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                   enum pc_style style, const char *s)
{
    return pc_canvas_put(canvas, area, x, y, style, s, strlen(s));
}

int pc_canvas_printf(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                     enum pc_style style, const char *fmt, ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    int end = pc_canvas_put(canvas, area, x, y, style, pc_str_get(&text), text.len);
    pc_str_fini(&text);
    return end;
}

void pc_canvas_right(struct pc_canvas *canvas, struct pc_area area, int end, int y,
                     enum pc_style style, const char *s)
{
    size_t n = strlen(s);
    pc_canvas_put(canvas, area, end - pc_canvas_measure(canvas, s, n), y, style, s, n);
}

int pc_canvas_cut(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  enum pc_style style, const char *s)
{
    size_t n = strlen(s);
    if (pc_canvas_measure(canvas, s, n) <= width)
        return pc_canvas_put(canvas, area, x, y, style, s, n);
    struct pc_area part = meet(area, pc_area_columns(area, x, width - 1));
    pc_canvas_put(canvas, part, area.x + x - part.x, y, style, s, n);
    if (width > 0)
        pc_canvas_text(canvas, area, x + width - 1, y, style, "›");
    return x + (width > 0 ? width : 0);
}

int pc_canvas_repeat(struct pc_canvas *canvas, struct pc_area area, int x, int y, int count,
                     enum pc_style style, const char *character)
{
    for (int i = 0; i < count; i++)
        x = pc_canvas_text(canvas, area, x, y, style, character);
    return x;
}

void pc_canvas_rule(struct pc_canvas *canvas, struct pc_area area, int y)
{
    pc_canvas_repeat(canvas, area, 0, y, area.w, PC_STYLE_FAINT, "─");
}

void pc_canvas_bar(struct pc_canvas *canvas, struct pc_area area, int x)
{
    for (int y = 0; y < area.h; y++)
        pc_canvas_text(canvas, area, x, y, PC_STYLE_FAINT, "│");
}

struct pc_area pc_canvas_box(struct pc_canvas *canvas, struct pc_area area)
{
    pc_canvas_blank(canvas, area);
    pc_canvas_rule(canvas, area, 0);
    pc_canvas_rule(canvas, area, area.h - 1);
    pc_canvas_bar(canvas, area, 0);
    pc_canvas_bar(canvas, area, area.w - 1);
    pc_canvas_text(canvas, area, 0, 0, PC_STYLE_FAINT, "┌");
    pc_canvas_text(canvas, area, area.w - 1, 0, PC_STYLE_FAINT, "┐");
    pc_canvas_text(canvas, area, 0, area.h - 1, PC_STYLE_FAINT, "└");
    pc_canvas_text(canvas, area, area.w - 1, area.h - 1, PC_STYLE_FAINT, "┘");
    return pc_area_inset(area, 1, 1);
}

void pc_canvas_copy(struct pc_canvas *canvas, struct pc_area area,
                    const struct pc_canvas *from, int top)
{
    struct pc_area part = meet(area, pc_canvas_area(canvas));
    int columns = part.w < from->width ? part.w : from->width;
    for (int y = 0; y < part.h && top + y < from->height; y++)
        for (int x = 0; x < columns; x++)
            canvas->cells[(part.y + y) * canvas->width + part.x + x] =
                from->cells[(top + y) * from->width + x];
}

void pc_canvas_blank(struct pc_canvas *canvas, struct pc_area area)
{
    struct pc_area clip = meet(area, pc_canvas_area(canvas));
    for (int y = clip.y; y < clip.y + clip.h; y++)
        for (int x = clip.x; x < clip.x + clip.w; x++) {
            break_wide(row_of(canvas, y), canvas->width, x);
            set_blank(&row_of(canvas, y)[x]);
        }
}

void pc_canvas_mark(struct pc_canvas *canvas, struct pc_area area)
{
    struct pc_area clip = meet(area, pc_canvas_area(canvas));
    for (int y = clip.y; y < clip.y + clip.h; y++)
        for (int x = clip.x; x < clip.x + clip.w; x++)
            row_of(canvas, y)[x].marked = true;
}

void pc_canvas_restyle(struct pc_canvas *canvas, struct pc_area area, enum pc_style style)
{
    struct pc_area clip = meet(area, pc_canvas_area(canvas));
    for (int y = clip.y; y < clip.y + clip.h; y++)
        for (int x = clip.x; x < clip.x + clip.w; x++)
            row_of(canvas, y)[x].style = (uint8_t)style;
}

struct pc_area pc_area_rows(struct pc_area area, int y, int h)
{
    return meet(area, (struct pc_area){.x = area.x, .y = area.y + y, .w = area.w, .h = h});
}

struct pc_area pc_area_columns(struct pc_area area, int x, int w)
{
    return meet(area, (struct pc_area){.x = area.x + x, .y = area.y, .w = w, .h = area.h});
}

struct pc_area pc_area_inset(struct pc_area area, int columns, int rows)
{
    return (struct pc_area){.x = area.x + columns,
                            .y = area.y + rows,
                            .w = area.w - 2 * columns,
                            .h = area.h - 2 * rows};
}

bool pc_area_has(struct pc_area area, int x, int y)
{
    return x >= area.x && x < area.x + area.w && y >= area.y && y < area.y + area.h;
}
