#include "tui/stack.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/bars.h"

struct pc_stack {
    struct pc_area area;
    struct pc_view **items;
    size_t n, cap;
};

/* A turn of the wheel. */
enum { WHEEL_LINES = 3 };

bool pc_view_can(const struct pc_view *view, enum pc_action action)
{
    return pc_keymap_action(view->ops->screen, action) &&
           (!view->ops->can || view->ops->can(view, action));
}

struct pc_stack *pc_stack_create(int width, int height)
{
    struct pc_stack *stack = pc_alloc(sizeof *stack);
    stack->area = (struct pc_area){.w = width, .h = height};
    return stack;
}

static void drop_top(struct pc_stack *stack)
{
    struct pc_view *view = stack->items[--stack->n];
    view->ops->free(view);
}

static void pop(struct pc_stack *stack)
{
    drop_top(stack);
    struct pc_view *top = pc_stack_top(stack);
    if (top && top->ops->uncover)
        top->ops->uncover(top);
}

void pc_stack_free(struct pc_stack *stack)
{
    if (!stack)
        return;
    while (stack->n > 0)
        drop_top(stack);
    free(stack->items);
    free(stack);
}

static void set_area(const struct pc_stack *stack, struct pc_view *view)
{
    view->area = stack->area;
    if (view->ops->resize)
        view->ops->resize(view);
}

void pc_stack_push(struct pc_stack *stack, struct pc_view *view)
{
    *PC_PUSH(stack) = view;
    set_area(stack, view);
}

struct pc_view *pc_stack_top(const struct pc_stack *stack)
{
    return stack->n > 0 ? stack->items[stack->n - 1] : NULL;
}

void pc_stack_close(struct pc_stack *stack)
{
    if (stack->n > 0)
        pop(stack);
}

/* The lowest view that can be seen. */
static size_t first_visible(const struct pc_stack *stack)
{
    size_t i = stack->n;
    while (i > 1 && stack->items[i - 1]->ops->is_overlay)
        i--;
    return i > 0 ? i - 1 : 0;
}

struct pc_view *pc_stack_base(const struct pc_stack *stack)
{
    return stack->n > 0 ? stack->items[first_visible(stack)] : NULL;
}

struct pc_view *pc_stack_below(const struct pc_stack *stack, const struct pc_view *view)
{
    for (size_t i = 1; i < stack->n; i++)
        if (stack->items[i] == view)
            return stack->items[i - 1];
    return NULL;
}

void pc_stack_resize(struct pc_stack *stack, int width, int height)
{
    stack->area = (struct pc_area){.w = width, .h = height};
    for (size_t i = 0; i < stack->n; i++)
        set_area(stack, stack->items[i]);
}

void pc_stack_draw(const struct pc_stack *stack, struct pc_canvas *canvas)
{
    pc_canvas_clear(canvas);
    for (size_t i = first_visible(stack); i < stack->n; i++)
        stack->items[i]->ops->draw(stack->items[i], canvas);
}

/* Do what a view asks for; what is left is for the app. */
static enum pc_reaction settle(struct pc_stack *stack, enum pc_reaction reaction,
                               enum pc_action *action)
{
    struct pc_view *view = pc_stack_top(stack), *opens = view->opens;
    bool closes = reaction == PC_CLOSE || reaction == PC_REPLACE || reaction == PC_PASS;
    view->opens = NULL;
    if (reaction == PC_PASS)
        *action = view->passes;
    if (closes)
        pop(stack);
    if (reaction == PC_OPEN || reaction == PC_REPLACE) {
        assert(opens);
        pc_stack_push(stack, opens);
        return PC_REDRAW;
    }
    if (reaction != PC_PASS)
        return closes ? PC_REDRAW : reaction;
    reaction = pc_stack_act(stack, action, PC_KEY_NONE);
    return reaction == PC_HANDLED ? PC_REDRAW : reaction;
}

enum pc_reaction pc_stack_act(struct pc_stack *stack, enum pc_action *action, int key)
{
    struct pc_view *view = pc_stack_top(stack);
    if (!view || !view->ops->act || !pc_view_can(view, *action))
        return PC_IGNORED;
    return settle(stack, view->ops->act(view, *action, key), action);
}

static enum pc_reaction press(struct pc_stack *stack, int key, enum pc_action *action)
{
    struct pc_view *view = pc_stack_top(stack);
    if (!view)
        return PC_QUIT;
    if (view->ops->key) {
        enum pc_reaction reaction = settle(stack, view->ops->key(view, key), action);
        if (reaction != PC_IGNORED)
            return reaction;
    }
    const struct pc_binding *binding = pc_keymap_find(view->ops->screen, key);
    if (!binding || (view->ops->can && !view->ops->can(view, binding->action)))
        return PC_HANDLED;
    *action = binding->action;
    return pc_stack_act(stack, action, key);
}

static enum pc_reaction wheel(struct pc_stack *stack, int key, enum pc_action *action)
{
    enum pc_reaction reaction = PC_HANDLED;
    for (int i = 0; i < WHEEL_LINES; i++) {
        enum pc_reaction one = press(stack, key, action);
        if (one != PC_HANDLED && one != PC_IGNORED)
            reaction = one;
    }
    return reaction;
}

static enum pc_reaction click(struct pc_stack *stack, const struct pc_typed *typed,
                              bool ascii, enum pc_action *action)
{
    struct pc_view *view = pc_stack_top(stack);
    if (typed->y == view->area.h - 1) {
        int key = pc_footer_key(view, ascii, typed->x);
        return key == PC_KEY_NONE ? PC_HANDLED : press(stack, key, action);
    }
    if (!view->ops->click)
        return PC_HANDLED;
    return settle(stack, view->ops->click(view, typed->x, typed->y), action);
}

enum pc_reaction pc_stack_type(struct pc_stack *stack, const struct pc_typed *typed,
                               bool ascii, enum pc_action *action)
{
    struct pc_view *view = pc_stack_top(stack);
    *action = PC_ACT_NONE;
    if (!view)
        return PC_QUIT;
    switch (typed->kind) {
    case PC_TYPED_KEY:
        return press(stack, typed->key, action);
    case PC_TYPED_WHEEL:
        return wheel(stack, typed->key, action);
    case PC_TYPED_CLICK:
        return click(stack, typed, ascii, action);
    case PC_TYPED_PASTE:
        if (!view->ops->paste)
            return PC_HANDLED;
        return settle(stack, view->ops->paste(view, typed->text, typed->n), action);
    }
    return PC_HANDLED;
}

bool pc_stack_event(struct pc_stack *stack, const struct pc_event *event)
{
    bool changed = false;
    size_t visible = first_visible(stack), n = stack->n;
    for (size_t i = 0; i < n; i++) {
        struct pc_view *view = stack->items[i];
        enum pc_action action = PC_ACT_NONE;
        if (!view->ops->event)
            continue;
        enum pc_reaction reaction = view->ops->event(view, event);
        if (i + 1 == n)
            reaction = settle(stack, reaction, &action);
        changed = changed || (reaction == PC_REDRAW && i >= visible);
    }
    return changed;
}
