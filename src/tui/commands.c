#include "tui/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/key.h"

struct entries {
    struct pc_palette_entry *items;
    size_t n, cap;
};

struct commands {
    struct pc_view view;
    struct entries entries;
    size_t n_actions; /* the first ones; the rest is of `more` */
    struct pc_commands_more more;
    struct pc_palette palette;
};

static void collect(struct commands *commands, const struct pc_view *of)
{
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t i = 0; i < n; i++)
        if (table[i].word && (table[i].screens & of->ops->screen) &&
            pc_view_can(of, table[i].action))
            *PC_PUSH(&commands->entries) =
                (struct pc_palette_entry){.label = table[i].label,
                                          .hint = table[i].shown,
                                          .word = table[i].word,
                                          .id = (int)table[i].action};
    commands->n_actions = commands->entries.n;
    for (size_t i = 0; i < commands->more.n; i++)
        *PC_PUSH(&commands->entries) = commands->more.entries[i];
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct commands *commands = (const struct commands *)view;
    pc_palette_draw(&commands->palette, canvas, view->area);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction key(struct pc_view *view, int pressed)
{
    struct commands *commands = (struct commands *)view;
    return pc_palette_key(&commands->palette, view->area, pressed);
}

static enum pc_reaction paste(struct pc_view *view, const char *text, size_t n)
{
    struct commands *commands = (struct commands *)view;
    return pc_palette_paste(&commands->palette, text, n);
}

static enum pc_reaction choose(struct commands *commands)
{
    const struct pc_palette_entry *entry = pc_palette_chosen(&commands->palette);
    if (!entry)
        return PC_HANDLED;
    size_t i = (size_t)(entry - commands->entries.items);
    if (i < commands->n_actions) {
        commands->view.passes = (enum pc_action)entry->id;
        return PC_PASS;
    }
    commands->view.opens = commands->more.choose(
        commands->more.ctx, &commands->more.entries[i - commands->n_actions]);
    return commands->view.opens ? PC_REPLACE : PC_CLOSE;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int pressed)
{
    (void)pressed;
    if (action == PC_ACT_OPEN)
        return choose((struct commands *)view);
    return action == PC_ACT_BACK ? PC_CLOSE : PC_IGNORED;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    return action != PC_ACT_HELP;
}

static void drop(struct pc_view *view)
{
    struct commands *commands = (struct commands *)view;
    pc_palette_fini(&commands->palette);
    free(commands->entries.items);
    free(commands);
}

static const struct pc_view_ops ops = {
    .name = "commands",
    .screen = PC_SCREEN_PALETTE,
    .is_overlay = true,
    .draw = draw,
    .key = key,
    .act = act,
    .paste = paste,
    .can = can,
    .free = drop,
};

struct pc_view *pc_commands_create(const struct pc_view *of,
                                   const struct pc_commands_more *more)
{
    struct commands *commands = pc_alloc(sizeof *commands);
    commands->view.ops = &ops;
    if (more)
        commands->more = *more;
    collect(commands, of);
    pc_palette_init(&commands->palette, commands->entries.items, commands->entries.n);
    return &commands->view;
}
