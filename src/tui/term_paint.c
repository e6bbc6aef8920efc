#include "tui/term_paint.h"

#include <string.h>

/* Fewer cells than this between two that differ are written again: moving costs more. */
enum { GAP = 5 };

struct painter {
    struct pc_str *out;
    const struct pc_caps *caps;
    const struct pc_style_look *looks;
    struct pc_style_look pen;
    int x, y; /* of the cursor; -1 when only the terminal knows */
};

static const struct pc_style_look plain = {.colour = -1};

static void move(struct painter *p, int x, int y)
{
    if (p->y == y && p->x >= 0 && p->x < x && *p->caps->right)
        pc_caps_add(p->out, p->caps->right, x - p->x, 0);
    else if (p->x != x || p->y != y)
        pc_caps_add(p->out, p->caps->move, y, x);
    p->x = x;
    p->y = y;
}

/* The look as the terminal can show it: some drop attributes where there is a colour. */
static struct pc_style_look possible(const struct pc_caps *caps, struct pc_style_look look)
{
    unsigned not = look.colour >= 0 ? caps->not_with_colour : 0;
    return (struct pc_style_look){
        .bold = look.bold && !(not &PC_NCV_BOLD) && *caps->bold,
        .faint = look.faint && !(not &PC_NCV_FAINT) && *caps->faint,
        .underlined = look.underlined && !(not &PC_NCV_UNDERLINED) && *caps->underlined,
        .reversed = look.reversed && !(not &PC_NCV_REVERSED) && *caps->reversed,
        .colour = look.colour};
}

static void turn_on(struct painter *p, bool *pen, bool wanted, const char *capability)
{
    if (wanted && !*pen)
        pc_str_adds(p->out, capability);
    *pen = wanted;
}

/* Attributes are left together only, because not every terminal can leave one. */
static void take_pen(struct painter *p, struct pc_style_look wanted)
{
    struct pc_style_look *pen = &p->pen, to = possible(p->caps, wanted);
    bool leaves = (pen->bold && !to.bold) || (pen->faint && !to.faint) ||
                  (pen->underlined && !to.underlined) || (pen->reversed && !to.reversed) ||
                  (pen->colour >= 0 && to.colour < 0);
    if (leaves) {
        pc_str_adds(p->out, p->caps->plain);
        *pen = plain;
    }
    turn_on(p, &pen->bold, to.bold, p->caps->bold);
    turn_on(p, &pen->faint, to.faint, p->caps->faint);
    turn_on(p, &pen->underlined, to.underlined, p->caps->underlined);
    turn_on(p, &pen->reversed, to.reversed, p->caps->reversed);
    if (to.colour != pen->colour)
        pc_caps_add(p->out, p->caps->colour, to.colour, 0);
    pen->colour = to.colour;
}

static bool is_blank(const struct pc_cell *cell)
{
    return cell->style == 0 && !cell->marked && strcmp(cell->text, " ") == 0;
}

static bool is_same(const struct pc_cell *a, const struct pc_cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* A blank takes whatever pen there is, when that leaves no trace. */
static void write_cell(struct painter *p, const struct pc_cell *cell)
{
    struct pc_style_look look = p->looks[cell->style];
    look.reversed ^= cell->marked;
    if (!is_blank(cell) || p->pen.underlined || p->pen.reversed)
        take_pen(p, look);
    pc_str_adds(p->out, cell->text);
    p->x += cell->width;
}

/* The end of the stretch of cells from `x` on that are written in one go. */
static int stretch_end(const struct pc_cell *old, const struct pc_cell *next, int x,
                       int width)
{
    int end = x + 1;
    for (int at = end; at < width && at < end + GAP; at++)
        if (!is_same(&old[at], &next[at]))
            end = at + 1;
    return end;
}

/* False when the row is what it shall be. */
static bool paint_row(struct painter *p, int y, const struct pc_cell *old,
                      const struct pc_cell *next, int width)
{
    int tail = width;
    bool painted = false;
    while (tail > 0 && *p->caps->erase && is_blank(&next[tail - 1]))
        tail--;
    for (int x = 0; x < width;) {
        if (is_same(&old[x], &next[x])) {
            x++;
            continue;
        }
        painted = true;
        if (x >= tail) {
            move(p, x, y);
            take_pen(p, plain);
            pc_str_adds(p->out, p->caps->erase);
            return true;
        }
        int end = stretch_end(old, next, x, tail);
        /* The right half of a wide character comes with its left one. */
        int begin = next[x].width == 0 && x > 0 ? x - 1 : x;
        move(p, begin, y);
        for (x = begin; x < end; x++)
            if (next[x].width > 0)
                write_cell(p, &next[x]);
        if (p->x >= width)
            p->x = -1;
    }
    return painted;
}

/* The region stays: the next scroll is most often one of the same rows.  Not where a row that
 * is filled to its end would scroll it. */
static void set_region(struct painter *p, struct pc_picture *old, struct pc_scroll s)
{
    if (old->top == s.top && old->bottom == s.bottom)
        return;
    pc_caps_add(p->out, p->caps->region, s.top, s.bottom);
    old->top = s.top;
    old->bottom = s.bottom;
}

static void leave_region(struct pc_str *out, struct pc_picture *old)
{
    pc_str_adds(out, "\033[r");
    old->top = old->bottom = 0;
}

static void scroll(struct painter *p, struct pc_picture *old, struct pc_scroll s)
{
    const struct pc_caps *caps = p->caps;
    const char *many = s.by > 0 ? caps->up_n : caps->down_n;
    const char *one = s.by > 0 ? caps->up : caps->down;
    int n = s.by > 0 ? s.by : -s.by;
    set_region(p, old, s);
    if (*many && n == 1) {
        pc_str_adds(p->out, s.by > 0 ? "\033[S" : "\033[T");
    } else if (*many) {
        pc_caps_add(p->out, many, n, 0);
    } else {
        pc_caps_add(p->out, caps->move, s.by > 0 ? s.bottom : s.top, 0);
        for (int i = 0; i < n; i++)
            pc_str_adds(p->out, one);
    }
    if (!caps->fills_corner)
        leave_region(p->out, old);
    pc_picture_scroll(old, s);
}

void pc_paint_nothing(struct pc_str *out, const struct pc_caps *caps,
                      struct pc_picture *shown)
{
    pc_str_adds(out, caps->plain);
    if (*caps->region)
        leave_region(out, shown);
    pc_str_adds(out, caps->clear);
    pc_picture_clear(shown);
}

int pc_paint(struct pc_str *out, const struct pc_caps *caps,
             const struct pc_style_look *looks, struct pc_picture *old,
             const struct pc_picture *next)
{
    struct painter p = {
        .out = out, .caps = caps, .looks = looks, .pen = plain, .x = -1, .y = -1};
    struct pc_scroll s = {0};
    int painted = 0;
    if (*caps->region && *caps->up && *caps->down)
        s = pc_picture_find_scroll(old, next);
    if (s.by != 0)
        scroll(&p, old, s);
    for (int y = 0; y < old->height; y++) {
        bool corner = y == old->height - 1 && !caps->fills_corner;
        painted += paint_row(&p, y, pc_picture_row(old, y), pc_picture_row(next, y),
                             old->width - corner);
    }
    take_pen(&p, plain);
    memcpy(old->cells, next->cells,
           (size_t)old->width * (size_t)old->height * sizeof *old->cells);
    return painted;
}
