#include "tui/profile_inner.h"

enum { SIDE_STEP = 8, SIDE_MAX = 400 };

void pc_profile_follow(struct pc_profile_picture *picture)
{
    if (picture->tab == PC_TAB_TOP)
        pc_profile_choose(picture, picture->top.items[picture->tops.cursor].function);
    if (picture->tab == PC_TAB_FLAME)
        pc_profile_choose(picture, picture->tree.items[picture->flame.cursor].function);
    if (picture->tab == PC_TAB_DIFF && picture->changed.n > 0)
        pc_profile_choose(picture,
                          picture->changes.diff.items[picture->changed.cursor].after);
}

/* The tab `by` from this one on, around, that has something to show. */
static enum pc_reaction move_tab(struct pc_profile_picture *picture, int by)
{
    int to = (int)picture->tab;
    do
        to = (to + by + PC_PROFILE_TABS) % PC_PROFILE_TABS;
    while (!pc_profile_has_tab(picture, (enum pc_profile_tab)to));
    pc_profile_picture_open(picture, (enum pc_profile_tab)to, NULL, NULL);
    return PC_REDRAW;
}

static enum pc_reaction switch_tab(struct pc_profile_picture *picture, int to)
{
    if (to < 0 || to >= PC_PROFILE_TABS ||
        !pc_profile_has_tab(picture, (enum pc_profile_tab)to))
        return PC_HANDLED;
    pc_profile_picture_open(picture, (enum pc_profile_tab)to, NULL, NULL);
    return PC_REDRAW;
}

/* Enter goes on to whom it calls or is called by. */
static enum pc_reaction open(struct pc_profile_picture *picture)
{
    bool is_caller;
    if (picture->tab == PC_TAB_TOP || picture->tab == PC_TAB_DIFF)
        return switch_tab(picture, PC_TAB_CALLS);
    if (picture->tab != PC_TAB_CALLS)
        return PC_HANDLED;
    const struct pc_call *call =
        pc_profile_call(picture, picture->called.cursor, &is_caller);
    if (call)
        pc_profile_choose(picture, call->function);
    pc_list_settle(&picture->called, pc_profile_list_rows(picture));
    return PC_REDRAW;
}

static enum pc_reaction slide(struct pc_profile_picture *picture, int by)
{
    int to = picture->side + by * SIDE_STEP;
    picture->side = to < 0 ? 0 : to > SIDE_MAX ? SIDE_MAX : to;
    return PC_REDRAW;
}

enum pc_reaction pc_profile_picture_act(struct pc_profile_picture *picture,
                                        enum pc_action action, int key)
{
    struct pc_list *list = pc_profile_list(picture);
    enum pc_reaction reaction = PC_IGNORED;
    switch (action) {
    case PC_ACT_ANSWER:
        return switch_tab(picture, key - '1');
    case PC_ACT_NEXT_PANE:
        return move_tab(picture, 1);
    case PC_ACT_PREVIOUS_PANE:
        return move_tab(picture, -1);
    case PC_ACT_TABLE:
        return switch_tab(picture,
                          picture->tab == PC_TAB_FLAME ? PC_TAB_TOP : PC_TAB_FLAME);
    case PC_ACT_BY:
        pc_profile_rank_by_next(picture);
        return PC_REDRAW;
    case PC_ACT_FLIP:
        picture->flame.flips = !picture->flame.flips;
        return PC_REDRAW;
    case PC_ACT_SIDE_LEFT:
    case PC_ACT_SIDE_RIGHT:
        return slide(picture, action == PC_ACT_SIDE_RIGHT ? 1 : -1);
    default:
        break;
    }
    if (picture->tab == PC_TAB_FLAME)
        reaction = pc_flame_act(&picture->flame, picture->body, action);
    else if (picture->tab == PC_TAB_ABOUT)
        reaction = pc_sheet_act(&picture->about, picture->body.h, action);
    else if (!list)
        reaction = pc_sheet_act(&picture->compared, picture->body.h, action);
    else if (action == PC_ACT_OPEN)
        reaction = open(picture);
    else
        reaction = pc_list_act(list, pc_profile_list_rows(picture), action);
    pc_profile_follow(picture);
    return reaction;
}

bool pc_profile_picture_can(const struct pc_profile_picture *picture, enum pc_action action)
{
    enum pc_profile_tab tab = picture->tab;
    switch (action) {
    case PC_ACT_ANSWER:
    case PC_ACT_NEXT_PANE:
    case PC_ACT_PREVIOUS_PANE:
        return true;
    case PC_ACT_TABLE:
        return picture->top.n > 0;
    case PC_ACT_BY:
        return picture->columns.n > 1;
    case PC_ACT_FLIP:
        return tab == PC_TAB_FLAME;
    case PC_ACT_SIDE_LEFT:
    case PC_ACT_SIDE_RIGHT:
        return tab == PC_TAB_SOURCE;
    case PC_ACT_OPEN:
        return tab == PC_TAB_TOP || tab == PC_TAB_CALLS ||
               (tab == PC_TAB_DIFF && picture->has_before && picture->top.n > 0) ||
               (tab == PC_TAB_FLAME && pc_flame_can(&picture->flame, action));
    default:
        return tab == PC_TAB_FLAME ? pc_flame_can(&picture->flame, action)
                                   : pc_action_moves_rows(action);
    }
}

enum pc_reaction pc_profile_picture_click(struct pc_profile_picture *picture, int x, int y)
{
    struct pc_list *list = pc_profile_list(picture);
    bool hit = picture->tab == PC_TAB_FLAME
                   ? pc_flame_click(&picture->flame, picture->body, x, y)
                   : list && pc_list_click(list, y - pc_profile_list_top(picture));
    if (!hit)
        return PC_HANDLED;
    pc_profile_follow(picture);
    return PC_REDRAW;
}
