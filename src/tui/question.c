#include "tui/question.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/sheet.h"

enum { WIDTH = 60, MARGIN = 2 };

struct question {
    struct pc_view view;
    char *text;
    struct pc_view *(*yes)(void *ctx);
    void *ctx;
};

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct question *question = (const struct question *)view;
    struct pc_sheet sheet = {0};
    int width = view->area.w - 4 < WIDTH ? view->area.w - 4 : WIDTH;
    pc_sheet_begin(&sheet, width - 2, pc_canvas_is_ascii(canvas));
    pc_sheet_prose(&sheet, 1, PC_STYLE_TEXT, question->text);
    pc_sheet_gap(&sheet);
    pc_sheet_line(&sheet, 1, PC_STYLE_STRONG, "y yes   n no");
    struct pc_area box = {.x = view->area.x + (view->area.w - width) / 2,
                          .y = view->area.y + (view->area.h - sheet.rows - MARGIN) / 3,
                          .w = width,
                          .h = sheet.rows + 2};
    pc_sheet_show(&sheet, canvas, pc_canvas_box(canvas, box));
    pc_sheet_fini(&sheet);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct question *question = (struct question *)view;
    (void)key;
    if (action == PC_ACT_NO)
        return PC_CLOSE;
    if (action != PC_ACT_YES)
        return PC_IGNORED;
    view->opens = question->yes(question->ctx);
    return view->opens ? PC_REPLACE : PC_CLOSE;
}

static void drop(struct pc_view *view)
{
    struct question *question = (struct question *)view;
    free(question->text);
    free(question);
}

struct pc_view *pc_question_create(const char *text, struct pc_view *(*yes)(void *ctx),
                                   void *ctx)
{
    static const struct pc_view_ops ops = {.name = "question",
                                           .screen = PC_SCREEN_QUESTION,
                                           .is_overlay = true,
                                           .draw = draw,
                                           .act = act,
                                           .free = drop};
    struct question *question = pc_alloc(sizeof *question);
    question->view.ops = &ops;
    question->text = pc_strdup(text);
    question->yes = yes;
    question->ctx = ctx;
    return &question->view;
}
