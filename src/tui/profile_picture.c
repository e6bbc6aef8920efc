#include "tui/profile_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"

enum { SIDE_STEP = 8, SIDE_MAX = 400 };

void pc_profile_picture_fini(struct pc_profile_picture *picture)
{
    pc_flame_fini(&picture->flame);
    pc_calls_fini(&picture->calls);
    pc_tree_fini(&picture->tree);
    pc_lines_fini(&picture->lines);
    pc_top_fini(&picture->top);
    pc_stacks_fini(&picture->stacks);
    pc_profile_fini(&picture->profile);
    pc_sheet_fini(&picture->heading);
    pc_sheet_fini(&picture->about);
    free(picture->exercise);
    free(picture->guess);
    free(picture->words);
    *picture = (struct pc_profile_picture){0};
}

static size_t source_lines(const struct pc_profile *profile)
{
    size_t n = 0;
    for (const char *s = profile->source; s && *s; n++) {
        s += strcspn(s, "\n");
        s += *s == '\n';
    }
    return n;
}

const struct pc_call *pc_profile_call(const struct pc_profile_picture *picture, size_t i,
                                      bool *is_caller)
{
    const struct pc_calls *calls = &picture->calls;
    *is_caller = i < calls->callers.n;
    if (*is_caller)
        return &calls->callers.items[i];
    i -= calls->callers.n;
    return i < calls->callees.n ? &calls->callees.items[i] : NULL;
}

/* The line of the kernel where the chosen function takes most itself, or is called from. */
static int hottest_line(const struct pc_profile_picture *picture)
{
    const struct pc_profile *profile = &picture->profile;
    int line = 0;
    int64_t most = -1;
    for (size_t i = 0; i < picture->stacks.n; i++) {
        const struct pc_stack *stack = &picture->stacks.items[i];
        for (size_t k = 0; k < stack->n; k++) {
            const struct pc_frame *frame = &profile->frames.items[stack->frames[k]];
            const struct pc_line_row *row = pc_lines_find(&picture->lines, frame->line);
            int64_t value = row ? (k == 0 ? row->self.value : 0) : -1;
            if (frame->function == picture->function && frame->line > 0 && value > most) {
                most = value;
                line = frame->line;
            }
        }
    }
    return line;
}

static bool is_of_source(const struct pc_profile_picture *picture, uint32_t function)
{
    const char *name = picture->profile.source_name;
    return function != PC_NO_FUNCTION && name &&
           strcmp(picture->profile.functions.items[function].file, name) == 0;
}

static void choose(struct pc_profile_picture *picture, uint32_t function)
{
    if (function == picture->function || function == PC_NO_FUNCTION)
        return;
    picture->function = function;
    pc_calls_fini(&picture->calls);
    pc_calls_make(&picture->calls, &picture->stacks, function);
    picture->called =
        (struct pc_list){.n = picture->calls.callers.n + picture->calls.callees.n + 1};
}

/* Each tab opens at the chosen function. */
static void open_tab(struct pc_profile_picture *picture, enum pc_profile_tab tab)
{
    picture->tab = tab;
    for (size_t i = 0; i < picture->top.n; i++)
        if (picture->top.items[i].function == picture->function)
            picture->tops.cursor = i;
    pc_flame_choose(&picture->flame, picture->function);
    if (!is_of_source(picture, picture->function))
        return;
    int line = hottest_line(picture);
    if (line > 0)
        picture->sources.cursor = (size_t)line - 1;
}

void pc_profile_picture_set(struct pc_profile_picture *picture,
                            const struct pc_profiled *found, const char *exercise)
{
    pc_profile_picture_fini(picture);
    pc_profile_copy(&picture->profile, found->profile);
    picture->found = *found;
    picture->found.profile = &picture->profile;
    snprintf(picture->found.crash.during, sizeof picture->found.crash.during, "%s",
             found->bench ? found->bench : "");
    picture->found.bench = picture->found.crash.during;
    picture->exercise = pc_strdup(exercise);
    const struct pc_profile *profile = &picture->profile;
    const struct pc_look look = {
        .type = profile->main, .hides_host = true, .folds_libraries = true};
    pc_stacks_init(&picture->stacks, profile, &look);
    pc_top_make(&picture->top, &picture->stacks, PC_TOP_BY_SELF);
    pc_lines_make(&picture->lines, &picture->stacks,
                  profile->source_name ? profile->source_name : "");
    pc_tree_make(&picture->tree, &picture->stacks, true);
    picture->flame.tree = &picture->tree;
    picture->tops.n = picture->top.n;
    picture->sources.n = source_lines(profile);
    picture->function = PC_NO_FUNCTION;
    if (picture->top.n > 0)
        choose(picture, picture->top.items[0].function);
    open_tab(picture, picture->top.n > 0 ? PC_TAB_FLAME : PC_TAB_ABOUT);
}

static int list_rows(const struct pc_profile_picture *picture)
{
    enum { TITLE = 1, DETAIL = 1 };
    return picture->body.h - TITLE - DETAIL;
}

static struct pc_list *list_of(struct pc_profile_picture *picture)
{
    return picture->tab == PC_TAB_TOP      ? &picture->tops
           : picture->tab == PC_TAB_SOURCE ? &picture->sources
           : picture->tab == PC_TAB_CALLS  ? &picture->called
                                           : NULL;
}

void pc_profile_picture_settle(struct pc_profile_picture *picture, struct pc_area area,
                               bool ascii)
{
    enum { TABS = 1 };
    if (area.w < 1)
        return;
    pc_profile_write_heading(picture, area.w, ascii);
    pc_profile_write_about(picture, area.w, ascii);
    /* Where it would take too much of the screen there is one line in its place. */
    int rows = picture->heading.rows * 4 <= area.h ? picture->heading.rows : 1;
    picture->body = pc_area_rows(area, rows + TABS, area.h - rows - TABS);
    pc_flame_settle(&picture->flame, picture->body);
    if (list_of(picture))
        pc_list_settle(list_of(picture), list_rows(picture));
}

/* The cursor has moved: what it is on is the chosen one, but for the calls, which show those
 * around it. */
static void follow_cursor(struct pc_profile_picture *picture)
{
    if (picture->tab == PC_TAB_TOP)
        choose(picture, picture->top.items[picture->tops.cursor].function);
    if (picture->tab == PC_TAB_FLAME)
        choose(picture, picture->tree.items[picture->flame.cursor].function);
}

static enum pc_reaction switch_tab(struct pc_profile_picture *picture, int to)
{
    if (picture->top.n == 0)
        return PC_HANDLED;
    open_tab(picture, (enum pc_profile_tab)((to + PC_PROFILE_TABS) % PC_PROFILE_TABS));
    pc_flame_settle(&picture->flame, picture->body);
    if (list_of(picture))
        pc_list_settle(list_of(picture), list_rows(picture));
    return PC_REDRAW;
}

/* Enter goes on to whom it calls or is called by. */
static enum pc_reaction open(struct pc_profile_picture *picture)
{
    bool is_caller;
    if (picture->tab == PC_TAB_TOP)
        return switch_tab(picture, PC_TAB_CALLS);
    if (picture->tab != PC_TAB_CALLS)
        return PC_HANDLED;
    const struct pc_call *call =
        pc_profile_call(picture, picture->called.cursor, &is_caller);
    if (call)
        choose(picture, call->function);
    pc_list_settle(&picture->called, list_rows(picture));
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
    struct pc_list *list = list_of(picture);
    enum pc_reaction reaction = PC_IGNORED;
    switch (action) {
    case PC_ACT_ANSWER:
        return key - '1' < PC_PROFILE_TABS ? switch_tab(picture, key - '1') : PC_HANDLED;
    case PC_ACT_NEXT_PANE:
        return switch_tab(picture, (int)picture->tab + 1);
    case PC_ACT_PREVIOUS_PANE:
        return switch_tab(picture, (int)picture->tab - 1);
    case PC_ACT_TABLE:
        return switch_tab(picture,
                          picture->tab == PC_TAB_FLAME ? PC_TAB_TOP : PC_TAB_FLAME);
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
    else if (action == PC_ACT_OPEN)
        reaction = open(picture);
    else if (list)
        reaction = pc_list_act(list, list_rows(picture), action);
    follow_cursor(picture);
    return reaction;
}

bool pc_profile_picture_can(const struct pc_profile_picture *picture, enum pc_action action)
{
    enum pc_profile_tab tab = picture->tab;
    switch (action) {
    case PC_ACT_ANSWER:
    case PC_ACT_NEXT_PANE:
    case PC_ACT_PREVIOUS_PANE:
    case PC_ACT_TABLE:
        return picture->top.n > 0;
    case PC_ACT_SIDE_LEFT:
    case PC_ACT_SIDE_RIGHT:
        return tab == PC_TAB_SOURCE;
    case PC_ACT_OPEN:
        return tab == PC_TAB_TOP || tab == PC_TAB_CALLS ||
               (tab == PC_TAB_FLAME && pc_flame_can(&picture->flame, action));
    default:
        return tab == PC_TAB_FLAME ? pc_flame_can(&picture->flame, action)
                                   : pc_action_moves_rows(action);
    }
}

enum pc_reaction pc_profile_picture_click(struct pc_profile_picture *picture, int x, int y)
{
    struct pc_list *list = list_of(picture);
    bool hit = picture->tab == PC_TAB_FLAME
                   ? pc_flame_click(&picture->flame, picture->body, x, y)
                   : list && pc_list_click(list, y - picture->body.y - 1);
    if (!hit)
        return PC_HANDLED;
    follow_cursor(picture);
    return PC_REDRAW;
}

/* Whether a row of the tab has the words in it, letters in either case. */
static bool row_has(const struct pc_profile_picture *picture, size_t i, const char *words)
{
    const struct pc_profile *profile = &picture->profile;
    size_t n;
    bool is_caller;
    const struct pc_call *call;
    switch (picture->tab) {
    case PC_TAB_TOP:
        return strcasestr(profile->functions.items[picture->top.items[i].function].name,
                          words);
    case PC_TAB_CALLS:
        call = pc_profile_call(picture, i, &is_caller);
        return call && call->function != PC_NO_FUNCTION &&
               strcasestr(profile->functions.items[call->function].name, words);
    default: {
        const char *text = pc_profile_source_line(profile, (int)i + 1, &n);
        PC_AUTO(pc_auto_free) char *line = pc_strndup(text ? text : "", n);
        return strcasestr(line, words);
    }
    }
}

static bool next_row(struct pc_profile_picture *picture, struct pc_list *list,
                     bool backwards, bool *wrapped)
{
    size_t i = list->cursor;
    for (size_t k = 0; k < list->n; k++) {
        *wrapped |= backwards ? i == 0 : i + 1 == list->n;
        i = (i + (backwards ? list->n - 1 : 1)) % list->n;
        if (row_has(picture, i, picture->words)) {
            list->cursor = i;
            pc_list_settle(list, list_rows(picture));
            return true;
        }
    }
    return false;
}

enum pc_find pc_profile_picture_find(struct pc_profile_picture *picture, const char *words,
                                     bool backwards)
{
    struct pc_list *list = list_of(picture);
    bool wrapped = false, found = false;
    if (words) {
        free(picture->words);
        picture->words = pc_strdup(words);
        pc_flame_search(&picture->flame, words);
    }
    if (!picture->words)
        return PC_NOT_FOUND;
    if (list)
        found = next_row(picture, list, backwards, &wrapped);
    else if (picture->tab == PC_TAB_FLAME)
        found = pc_flame_next(&picture->flame, backwards, &wrapped);
    pc_flame_settle(&picture->flame, picture->body);
    follow_cursor(picture);
    return !found ? PC_NOT_FOUND : wrapped && !words ? PC_FOUND_WRAPPED : PC_FOUND;
}

void pc_profile_picture_end_find(struct pc_profile_picture *picture)
{
    free(PC_TAKE(picture->words));
    pc_flame_search(&picture->flame, NULL);
}

int pc_profile_picture_line(const struct pc_profile_picture *picture)
{
    if (picture->tab == PC_TAB_SOURCE && picture->sources.n > 0)
        return (int)picture->sources.cursor + 1;
    return is_of_source(picture, picture->function) ? hottest_line(picture) : 0;
}
