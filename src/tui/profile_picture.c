#include "tui/profile_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/alloc_counts.h"
#include "tui/profile_inner.h"

static const struct pc_look plain = {.hides_host = true, .folds_libraries = true};

/* What depends on the type that it is ranked by. */
static void forget_look(struct pc_profile_picture *picture)
{
    pc_profile_changes_fini(&picture->changes);
    pc_flame_fini(&picture->flame);
    pc_calls_fini(&picture->calls);
    pc_tree_fini(&picture->tree);
    pc_lines_fini(&picture->lines);
    pc_top_fini(&picture->top);
    pc_stacks_fini(&picture->stacks);
}

void pc_profile_picture_fini(struct pc_profile_picture *picture)
{
    forget_look(picture);
    pc_profile_columns_fini(&picture->columns);
    pc_profile_fini(&picture->profile);
    pc_profile_fini(&picture->before);
    pc_sheet_fini(&picture->heading);
    pc_sheet_fini(&picture->about);
    pc_sheet_fini(&picture->compared);
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

void pc_profile_choose(struct pc_profile_picture *picture, uint32_t function)
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
    for (size_t i = 0; i < picture->changes.diff.n; i++)
        if (picture->function != PC_NO_FUNCTION &&
            picture->changes.diff.items[i].after == picture->function)
            picture->changed.cursor = i;
    pc_flame_choose(&picture->flame, picture->function);
    if (!is_of_source(picture, picture->function))
        return;
    int line = hottest_line(picture);
    if (line > 0)
        picture->sources.cursor = (size_t)line - 1;
}

bool pc_profile_has_tab(const struct pc_profile_picture *picture, enum pc_profile_tab tab)
{
    return picture->top.n > 0 || tab == PC_TAB_ABOUT || tab == PC_TAB_DIFF;
}

/* What is compared is ranked by the same value. */
static void compare(struct pc_profile_picture *picture)
{
    const struct pc_profile_view view = {.by = picture->type};
    picture->has_before =
        picture->has_before && pc_profile_changes_make(&picture->changes, &picture->before,
                                                       &picture->profile, &view, NULL);
    picture->changed.n = picture->changes.diff.n;
}

/* Rank by a value: everything but the numbers themselves is made anew. */
static void look_at(struct pc_profile_picture *picture, size_t type)
{
    const struct pc_profile *profile = &picture->profile;
    struct pc_look look = plain;
    bool flips = picture->flame.flips;
    uint32_t function = picture->function;
    forget_look(picture);
    look.type = picture->type = type;
    pc_stacks_init(&picture->stacks, profile, &look);
    pc_top_make(&picture->top, &picture->stacks, PC_TOP_BY_SELF);
    pc_lines_make(&picture->lines, &picture->stacks,
                  profile->source_name ? profile->source_name : "");
    pc_tree_make(&picture->tree, &picture->stacks, true);
    picture->flame.tree = &picture->tree;
    picture->flame.type = type;
    picture->flame.flips = flips;
    picture->tops.n = picture->top.n;
    picture->function = PC_NO_FUNCTION;
    if (picture->top.n > 0)
        pc_profile_choose(picture, picture->top.items[0].function);
    for (size_t i = 0; i < picture->top.n; i++)
        if (picture->top.items[i].function == function)
            pc_profile_choose(picture, function);
    compare(picture);
}

/* Allocations are ranked by their number first, as the shell does. */
static size_t first_type(const struct pc_profile *profile)
{
    return pc_alloc_is_counted(profile) ? (size_t)PC_ALLOC_OBJECTS : profile->main;
}

void pc_profile_picture_set(struct pc_profile_picture *picture,
                            const struct pc_profiled *found, struct pc_profile *before,
                            const char *exercise)
{
    pc_profile_picture_fini(picture);
    pc_profile_copy(&picture->profile, found->profile);
    picture->found = *found;
    picture->found.profile = &picture->profile;
    snprintf(picture->found.crash.during, sizeof picture->found.crash.during, "%s",
             found->bench ? found->bench : "");
    picture->found.bench = picture->found.crash.during;
    picture->exercise = pc_strdup(exercise);
    if (before)
        picture->before = *before;
    picture->has_before = before != NULL;
    const struct pc_profile *profile = &picture->profile;
    picture->sources.n = source_lines(profile);
    picture->function = PC_NO_FUNCTION;
    look_at(picture, first_type(profile));
    if (picture->stacks.whole.certainty == PC_SHARES_EXACT)
        pc_profile_columns_make(&picture->columns, profile, &plain);
    open_tab(picture, picture->top.n > 0 ? PC_TAB_FLAME : PC_TAB_ABOUT);
}

static void settle_tab(struct pc_profile_picture *picture)
{
    struct pc_list *list = pc_profile_list(picture);
    pc_flame_settle(&picture->flame, picture->body);
    if (list)
        pc_list_settle(list, pc_profile_list_rows(picture));
}

void pc_profile_picture_open(struct pc_profile_picture *picture, enum pc_profile_tab tab,
                             const char *function, const char *file)
{
    for (size_t i = 0; function && i < picture->top.n; i++) {
        uint32_t k = picture->top.items[i].function;
        const struct pc_function *f = &picture->profile.functions.items[k];
        if (strcmp(f->name, function) == 0 && strcmp(f->file, file) == 0)
            pc_profile_choose(picture, k);
    }
    open_tab(picture, pc_profile_has_tab(picture, tab) ? tab : PC_TAB_ABOUT);
    /* It speaks of the chosen function. */
    if (picture->about.canvas)
        pc_profile_write_about(picture, pc_canvas_area(picture->about.canvas).w,
                               pc_canvas_is_ascii(picture->about.canvas));
    settle_tab(picture);
}

void pc_profile_rank_by_next(struct pc_profile_picture *picture)
{
    enum pc_profile_tab tab = picture->tab;
    look_at(picture, pc_profile_columns_next(&picture->columns, picture->type));
    open_tab(picture, tab);
    settle_tab(picture);
}

int pc_profile_compared_rows(const struct pc_profile_picture *picture)
{
    bool shown = picture->tab == PC_TAB_DIFF && picture->has_before &&
                 picture->compared.rows * 3 <= picture->body.h;
    return shown ? picture->compared.rows : 0;
}

int pc_profile_list_top(const struct pc_profile_picture *picture)
{
    enum { TITLE = 1 };
    return picture->body.y + pc_profile_compared_rows(picture) + TITLE;
}

int pc_profile_list_rows(const struct pc_profile_picture *picture)
{
    enum { DETAIL = 1 };
    return picture->body.y + picture->body.h - DETAIL - pc_profile_list_top(picture);
}

struct pc_list *pc_profile_list(struct pc_profile_picture *picture)
{
    return picture->tab == PC_TAB_TOP                           ? &picture->tops
           : picture->tab == PC_TAB_SOURCE                      ? &picture->sources
           : picture->tab == PC_TAB_CALLS                       ? &picture->called
           : picture->tab == PC_TAB_DIFF && picture->has_before ? &picture->changed
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
    pc_profile_write_compared(picture, area.w, ascii);
    /* Where it would take too much of the screen there is one line in its place. */
    int rows = picture->heading.rows * 4 <= area.h ? picture->heading.rows : 1;
    picture->body = pc_area_rows(area, rows + TABS, area.h - rows - TABS);
    settle_tab(picture);
}

int pc_profile_picture_line(const struct pc_profile_picture *picture)
{
    if (picture->tab == PC_TAB_SOURCE && picture->sources.n > 0)
        return (int)picture->sources.cursor + 1;
    return is_of_source(picture, picture->function) ? hottest_line(picture) : 0;
}
