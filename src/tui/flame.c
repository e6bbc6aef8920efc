#include "tui/flame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/share_text.h"

/* Boxes without a share beside their name get it when so many cells stay free. */
enum { SHARE_ROOM = 8 };

/* Below this width there is room for one interval. */
enum { NARROW = 60 };

/* Columns of a box: from `begin` up to `end`, none when both are equal. */
struct box {
    int begin, end;
};

void pc_flame_fini(struct pc_flame *flame)
{
    free(flame->zooms.items);
    free(flame->words);
    pc_tree_matches_fini(&flame->matches);
    *flame = (struct pc_flame){0};
}

static struct box box_of(const struct pc_flame *flame, uint32_t node, int width)
{
    double begin, wide;
    if (!pc_tree_zoom(flame->tree, flame->focus, node, &begin, &wide))
        return (struct box){0};
    return (struct box){.begin = (int)lround(begin * width),
                        .end = (int)lround((begin + wide) * width)};
}

static bool is_drawn(const struct pc_flame *flame, uint32_t node, int width)
{
    struct box box = box_of(flame, node, width);
    return box.end > box.begin;
}

static int picture_rows(struct pc_area area)
{
    return area.h > PC_FLAME_DETAILS ? area.h - PC_FLAME_DETAILS : area.h;
}

/* The row of the screen for one from the top, and the reverse. */
static int row_of(const struct pc_flame *flame, struct pc_area area, int row)
{
    return flame->flips ? picture_rows(area) - 1 - row : row;
}

void pc_flame_settle(struct pc_flame *flame, struct pc_area area)
{
    unsigned rows = (unsigned)(picture_rows(area) > 0 ? picture_rows(area) : 1);
    unsigned depth = flame->tree->items[flame->cursor].depth, deepest = 0;
    for (uint32_t i = 0; i < flame->tree->n; i++)
        if (flame->tree->items[i].depth > deepest)
            deepest = flame->tree->items[i].depth;
    if (depth < flame->top)
        flame->top = depth;
    if (depth >= flame->top + rows)
        flame->top = depth + 1 - rows;
    if (flame->top + rows > deepest + 1)
        flame->top = deepest + 1 > rows ? deepest + 1 - rows : 0;
}

/* The widest box below, which is the next node. */
static bool go_down(struct pc_flame *flame, int width)
{
    uint32_t below = flame->cursor + 1;
    bool there = below < flame->tree->items[flame->cursor].end;
    /* From above the focus the way leads to it. */
    if (there && flame->focus > flame->cursor)
        while (flame->tree->items[below].end <= flame->focus)
            below = flame->tree->items[below].end;
    if (!there || !is_drawn(flame, below, width))
        return false;
    flame->cursor = below;
    return true;
}

static bool go_up(struct pc_flame *flame)
{
    uint32_t before = flame->cursor;
    flame->cursor = flame->tree->items[before].parent;
    return flame->cursor != before;
}

static bool go_rows(struct pc_flame *flame, int width, long by)
{
    bool moved = false;
    for (; by > 0 && go_down(flame, width); by--)
        moved = true;
    for (; by < 0 && go_up(flame); by++)
        moved = true;
    return moved;
}

/* The next box of the same depth, whoever it belongs to. */
static bool go_beside(struct pc_flame *flame, int width, int by)
{
    const struct pc_tree *tree = flame->tree;
    unsigned depth = tree->items[flame->cursor].depth;
    for (long i = (long)flame->cursor + by; i >= 0 && i < (long)tree->n; i += by)
        if (tree->items[i].depth == depth && is_drawn(flame, (uint32_t)i, width)) {
            flame->cursor = (uint32_t)i;
            return true;
        }
    return false;
}

static bool zoom_in(struct pc_flame *flame)
{
    if (flame->cursor == flame->focus)
        return false;
    *PC_PUSH(&flame->zooms) = flame->focus;
    flame->focus = flame->cursor;
    return true;
}

static bool zoom_out(struct pc_flame *flame)
{
    if (flame->zooms.n == 0)
        return false;
    flame->focus = flame->zooms.items[--flame->zooms.n];
    return true;
}

/* The first and the last one are ends of the way, not directions. */
static bool is_step(enum pc_action action)
{
    return action != PC_ACT_FIRST && action != PC_ACT_LAST;
}

enum pc_reaction pc_flame_act(struct pc_flame *flame, struct pc_area area,
                              enum pc_action action)
{
    bool changed;
    long by;
    if (pc_action_distance(action, picture_rows(area), &by))
        changed = go_rows(flame, area.w, flame->flips && is_step(action) ? -by : by);
    else if (action == PC_ACT_NEXT || action == PC_ACT_PREVIOUS)
        changed = go_beside(flame, area.w, action == PC_ACT_NEXT ? 1 : -1);
    else if (action == PC_ACT_OPEN)
        changed = zoom_in(flame);
    else if (action == PC_ACT_UNZOOM)
        changed = zoom_out(flame);
    else
        return PC_IGNORED;
    pc_flame_settle(flame, area);
    return changed ? PC_REDRAW : PC_HANDLED;
}

bool pc_flame_can(const struct pc_flame *flame, enum pc_action action)
{
    switch (action) {
    case PC_ACT_OPEN:
        return flame->cursor != flame->focus;
    case PC_ACT_UNZOOM:
        return flame->zooms.n > 0;
    case PC_ACT_NEXT:
    case PC_ACT_PREVIOUS:
        return true;
    default:
        return pc_action_moves_rows(action);
    }
}

/* Zoom out as far as it needs for the box to be seen. */
static void go_to(struct pc_flame *flame, uint32_t node)
{
    double begin, width;
    flame->cursor = node;
    while (!pc_tree_zoom(flame->tree, flame->focus, node, &begin, &width) &&
           zoom_out(flame))
        continue;
}

void pc_flame_choose(struct pc_flame *flame, uint32_t function)
{
    const struct pc_tree *tree = flame->tree;
    uint32_t widest = 0;
    if (tree->items[flame->cursor].function == function)
        return;
    for (uint32_t i = 1; i < tree->n; i++)
        if (tree->items[i].function == function &&
            (!widest || tree->items[i].total > tree->items[widest].total))
            widest = i;
    if (widest)
        go_to(flame, widest);
}

size_t pc_flame_search(struct pc_flame *flame, const char *words)
{
    pc_tree_matches_fini(&flame->matches);
    free(PC_TAKE(flame->words));
    if (!words)
        return 0;
    flame->words = pc_strdup(words);
    pc_tree_search(&flame->matches, flame->tree, words);
    return flame->matches.n;
}

bool pc_flame_next(struct pc_flame *flame, bool backwards, bool *wrapped)
{
    uint32_t n = (uint32_t)flame->tree->n, node = flame->cursor;
    *wrapped = false;
    if (flame->matches.n == 0)
        return false;
    do {
        *wrapped |= backwards ? node == 0 : node + 1 == n;
        node = (node + (backwards ? n - 1 : 1)) % n;
    } while (!flame->matches.nodes[node]);
    go_to(flame, node);
    return true;
}

bool pc_flame_click(struct pc_flame *flame, struct pc_area area, int x, int y)
{
    if (y < area.y || y >= area.y + picture_rows(area))
        return false;
    unsigned depth = flame->top + (unsigned)row_of(flame, area, y - area.y);
    for (uint32_t i = 0; i < flame->tree->n; i++) {
        struct box box = box_of(flame, i, area.w);
        if (flame->tree->items[i].depth == depth && area.x + box.begin <= x &&
            x < area.x + box.end) {
            flame->cursor = i;
            return true;
        }
    }
    return false;
}

/* "│name 57.4 % ────": the name is cut to fit, and the share is left out first. */
static void draw_box(const struct pc_flame *flame, uint32_t node, struct box box,
                     struct pc_canvas *canvas, struct pc_area row)
{
    struct pc_area area = pc_area_columns(row, box.begin, box.end - box.begin);
    const struct pc_tree_node *n = &flame->tree->items[node];
    bool chosen = node == flame->cursor;
    bool found = flame->matches.nodes && flame->matches.nodes[node];
    struct pc_share here = pc_share_of(n->self, &flame->tree->whole);
    enum pc_style style = found ? PC_STYLE_STRONG : pc_share_style(&here);
    struct pc_str name = {0};
    pc_str_adds(&name, found ? "*" : "");
    pc_tree_name(flame->tree, node, &name);
    int wide = pc_canvas_measure(canvas, name.s, name.len);
    if (wide + SHARE_ROOM < area.w)
        pc_str_addf(&name, " %.0f %%", 100 * n->width);
    const char *fill = !chosen ? "─" : pc_canvas_is_ascii(canvas) ? "=" : "═";
    pc_canvas_repeat(canvas, area, 1, 0, area.w - 1, PC_STYLE_FAINT, fill);
    pc_canvas_text(canvas, area, 0, 0, PC_STYLE_FAINT, "│");
    int end = pc_canvas_cut(canvas, area, 1, 0, area.w - 1, style, pc_str_get(&name));
    if (end < area.w)
        pc_canvas_text(canvas, area, end, 0, style, " ");
    if (chosen)
        pc_canvas_mark(canvas, area);
    pc_str_fini(&name);
}

/* What the box with the cursor is; the matches of a search take the first row's end. */
static void draw_details(const struct pc_flame *flame, struct pc_canvas *canvas,
                         struct pc_area area)
{
    const struct pc_tree *tree = flame->tree;
    const struct pc_tree_node *node = &tree->items[flame->cursor];
    struct pc_share all = pc_share_of(node->total, &tree->whole);
    struct pc_share here = pc_share_of(node->self, &tree->whole);
    struct pc_str text = {0};
    int room = area.w - 2;
    if (flame->words) {
        struct pc_share matched = pc_share_of(flame->matches.value, &tree->whole);
        pc_str_addf(&text, "/%s: %zu box%s, ", flame->words, flame->matches.n,
                    flame->matches.n == 1 ? "" : "es");
        pc_share_say(&text, tree->profile, flame->type, &matched, true);
        pc_canvas_cut(canvas, area, 1, 0, room, PC_STYLE_STRONG, pc_str_get(&text));
        area = pc_area_rows(area, 1, area.h - 1);
        pc_str_fini(&text);
    }
    pc_tree_name(tree, flame->cursor, &text);
    if (node->function != PC_NO_FUNCTION)
        pc_share_add_place(&text, tree->profile, node->function);
    int end = pc_canvas_cut(canvas, area, 1, 0, room, PC_STYLE_STRONG, pc_str_get(&text));
    pc_str_fini(&text);
    pc_share_say(&text, tree->profile, flame->type, &all, true);
    pc_str_adds(&text, ", here ");
    pc_share_say(&text, tree->profile, flame->type, &here, area.w >= NARROW);
    if (area.h > 1)
        pc_canvas_cut(canvas, area, 1, 1, room, PC_STYLE_TEXT, pc_str_get(&text));
    else if (end + 2 < room)
        pc_canvas_cut(canvas, area, end + 2, 0, room - end - 1, PC_STYLE_TEXT,
                      pc_str_get(&text));
    pc_str_fini(&text);
}

void pc_flame_draw(const struct pc_flame *flame, struct pc_canvas *canvas,
                   struct pc_area area)
{
    const struct pc_tree *tree = flame->tree;
    int rows = picture_rows(area);
    for (uint32_t i = 0; i < tree->n; i++) {
        unsigned depth = tree->items[i].depth;
        struct box box = box_of(flame, i, area.w);
        if (depth >= flame->top && depth - flame->top < (unsigned)rows &&
            box.end > box.begin)
            draw_box(flame, i, box, canvas,
                     pc_area_rows(area, row_of(flame, area, (int)(depth - flame->top)), 1));
    }
    draw_details(flame, canvas, pc_area_rows(area, rows, area.h - rows));
}
