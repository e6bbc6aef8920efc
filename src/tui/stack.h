/*
 * A stack of views: it keeps their areas, hands keys and events to them, and does what
 * their reactions ask for.
 */
#ifndef PC_TUI_STACK_H
#define PC_TUI_STACK_H

#include <stdbool.h>

#include "tui/key.h"
#include "tui/view.h"

struct pc_stack;

struct pc_stack *pc_stack_create(int width, int height);

/* Frees the views too, the top one first. */
void pc_stack_free(struct pc_stack *stack);

/* Put a view on top; the stack owns it from now on. */
void pc_stack_push(struct pc_stack *stack, struct pc_view *view);

/* Take the top view off and free it. */
void pc_stack_close(struct pc_stack *stack);

/* The view on top; NULL when the stack is empty, which means that the program ends. */
struct pc_view *pc_stack_top(const struct pc_stack *stack);

/* The topmost view that is no overlay; NULL when there is none. */
struct pc_view *pc_stack_base(const struct pc_stack *stack);

/* The view below `view`, or NULL. */
struct pc_view *pc_stack_below(const struct pc_stack *stack, const struct pc_view *view);

void pc_stack_resize(struct pc_stack *stack, int width, int height);
void pc_stack_draw(const struct pc_stack *stack, struct pc_canvas *canvas);

/* What was typed goes to the top view: raw keys first, then what the keymap makes of them;
 * a click on the footer is the key that stands there.  Gives PC_IGNORED when nobody wanted
 * it and `*action` is what the keymap says, else PC_HANDLED, PC_REDRAW or PC_QUIT. */
enum pc_reaction pc_stack_type(struct pc_stack *stack, const struct pc_typed *typed,
                               bool ascii, enum pc_action *action);

/* An action for the top view, as if `key` had been pressed (0: none in particular).  When
 * it passes on another one, that is in `*action` afterwards. */
enum pc_reaction pc_stack_act(struct pc_stack *stack, enum pc_action *action, int key);

/* To all views; true when one that is visible has changed. */
bool pc_stack_event(struct pc_stack *stack, const struct pc_event *event);

#endif
