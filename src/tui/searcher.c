#include "tui/searcher.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/key.h"
#include "tui/prompt.h"

/* The overlay that asks for the words; the searcher is part of the view below. */
struct asking {
    struct pc_view view;
    struct pc_prompt prompt;
    struct pc_searcher *searcher;
};

static void look(struct pc_searcher *searcher, const char *words, bool backwards)
{
    switch (searcher->ops->find(searcher->view, words, backwards)) {
    case PC_FOUND:
        searcher->active = true;
        break;
    case PC_FOUND_WRAPPED:
        searcher->active = true;
        pc_app_say(searcher->app,
                   backwards ? "on from the end of the text" : "on from its beginning");
        break;
    case PC_NOT_FOUND:
        if (words)
            pc_app_say(searcher->app, "no match for \"%s\"", words);
        else
            pc_app_say(searcher->app, "no match");
        break;
    }
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct asking *asking = (const struct asking *)view;
    struct pc_area row = pc_area_rows(view->area, view->area.h - 2, 1);
    pc_canvas_blank(canvas, row);
    pc_prompt_draw(&asking->prompt, canvas, pc_area_inset(row, 1, 0), "/");
    pc_footer_draw(canvas, view);
}

static enum pc_reaction key(struct pc_view *view, int pressed)
{
    return pc_prompt_key(&((struct asking *)view)->prompt, pressed);
}

static enum pc_reaction paste(struct pc_view *view, const char *text, size_t n)
{
    return pc_prompt_paste(&((struct asking *)view)->prompt, text, n);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int pressed)
{
    struct asking *asking = (struct asking *)view;
    (void)pressed;
    if (action == PC_ACT_OPEN && asking->prompt.text.len > 0)
        look(asking->searcher, asking->prompt.text.s, false);
    return action == PC_ACT_OPEN || action == PC_ACT_BACK ? PC_CLOSE : PC_IGNORED;
}

static void drop(struct pc_view *view)
{
    struct asking *asking = (struct asking *)view;
    pc_prompt_fini(&asking->prompt);
    free(asking);
}

static enum pc_reaction ask(struct pc_searcher *searcher)
{
    static const struct pc_view_ops ops = {.name = "search",
                                           .screen = PC_SCREEN_PROMPT,
                                           .is_overlay = true,
                                           .draw = draw,
                                           .key = key,
                                           .act = act,
                                           .paste = paste,
                                           .free = drop};
    struct asking *asking = pc_alloc(sizeof *asking);
    asking->view.ops = &ops;
    asking->searcher = searcher;
    searcher->view->opens = &asking->view;
    return PC_OPEN;
}

enum pc_reaction pc_searcher_act(struct pc_searcher *searcher, enum pc_action action,
                                 int pressed)
{
    switch (action) {
    case PC_ACT_SEARCH:
        return ask(searcher);
    case PC_ACT_FIND_NEXT:
    case PC_ACT_FIND_PREVIOUS:
        look(searcher, NULL, action == PC_ACT_FIND_PREVIOUS);
        return PC_REDRAW;
    case PC_ACT_BACK:
        if (!searcher->active || pressed != PC_KEY_ESC)
            return PC_IGNORED;
        searcher->active = false;
        searcher->ops->end(searcher->view);
        return PC_REDRAW;
    default:
        return PC_IGNORED;
    }
}

bool pc_searcher_can(const struct pc_searcher *searcher, enum pc_action action)
{
    switch (action) {
    case PC_ACT_SEARCH:
        return true;
    case PC_ACT_FIND_NEXT:
    case PC_ACT_FIND_PREVIOUS:
        return searcher->active;
    default:
        return false;
    }
}
