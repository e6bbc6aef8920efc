#include "tui/view_card.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/card_sheet.h"

struct card {
    struct pc_view view;
    struct pc_card_spec spec;
    struct pc_card_session session;
    struct pc_sheet sheet;
};

/* Where the answer does not fit below the question, it is what is shown. */
static void write_sheet(struct card *card)
{
    if (card->view.area.w > 0)
        card->sheet.top = pc_card_sheet_write(&card->sheet, &card->session,
                                              card->view.area.w, card->spec.ascii);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct card *card = (const struct card *)view;
    const struct pc_topic *topic = card->spec.topic;
    const struct pc_card_session *s = &card->session;
    char title[48];
    PC_AUTO(pc_auto_free) char *facts = pc_strfmt("%02d %s", topic->number, topic->title);
    if (pc_card_session_turn(s))
        snprintf(title, sizeof title, "Cards › %zu of %zu", s->at + 1, s->n);
    else
        snprintf(title, sizeof title, "Cards › done");
    if (card->spec.ops->header)
        card->spec.ops->header(card->spec.ctx, canvas, view, title, facts);
    else
        pc_header_draw(canvas, view->area, title, facts);
    pc_sheet_show(&card->sheet, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

static enum pc_reaction next(struct card *card)
{
    if (!pc_card_session_turn(&card->session))
        return PC_CLOSE;
    pc_card_session_next(&card->session);
    write_sheet(card);
    return PC_REDRAW;
}

static void keep(struct card *card, struct pc_card_turn *turn)
{
    card->spec.ops->answered(card->spec.ctx, &turn->answer);
}

/* After the answer a digit says how sure one was; what had to be recalled was not, at 1. */
static enum pc_reaction rate(struct card *card, size_t digit)
{
    struct pc_card_turn *turn = pc_card_session_turn(&card->session);
    if (digit < PC_GUESSED || digit > PC_TOO_EASY)
        return PC_HANDLED;
    bool known = digit > PC_GUESSED;
    if (!turn->answered && pc_card_session_recall(&card->session, known) && !known)
        digit = PC_NOT_TOLD;
    pc_card_session_rate(&card->session, (enum pc_sureness)digit);
    keep(card, turn);
    return next(card);
}

static enum pc_reaction answer(struct card *card, size_t digit)
{
    if (card->session.phase == PC_CARD_SHOWN)
        return rate(card, digit);
    if (!pc_card_session_choose(&card->session, digit))
        return PC_HANDLED;
    keep(card, pc_card_session_turn(&card->session));
    write_sheet(card);
    return PC_REDRAW;
}

static enum pc_reaction prove(struct card *card)
{
    const struct pc_card_turn *turn = pc_card_session_turn(&card->session);
    card->view.opens = card->spec.ops->proof(card->spec.ctx, card->spec.topic, turn->card);
    return card->view.opens ? PC_OPEN : PC_HANDLED;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct card *card = (struct card *)view;
    switch (action) {
    case PC_ACT_ANSWER:
        return answer(card, key > '0' ? (size_t)(key - '0') : 0);
    case PC_ACT_SHOW_ANSWER:
        pc_card_session_show(&card->session);
        write_sheet(card);
        return PC_REDRAW;
    case PC_ACT_OPEN:
        return next(card);
    case PC_ACT_EXPERIMENT:
        return prove(card);
    default:
        return pc_sheet_act(&card->sheet, pc_body(view->area).h, action);
    }
}

/* A proof before the answer would give it away. */
static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct card *card = (const struct card *)view;
    const struct pc_card_turn *turn = pc_card_session_turn(&card->session);
    bool shown = card->session.phase == PC_CARD_SHOWN;
    switch (action) {
    case PC_ACT_ANSWER:
        return turn && (shown || turn->card->n_choices > 0);
    case PC_ACT_SHOW_ANSWER:
        return turn && !shown && turn->card->n_choices == 0;
    case PC_ACT_EXPERIMENT:
        return shown && turn->card->proof && card->spec.ops->proof;
    case PC_ACT_OPEN:
        return true;
    case PC_ACT_SIDE_LEFT:
    case PC_ACT_SIDE_RIGHT:
        return false;
    default:
        return pc_action_moves(action) || pc_action_is_everywhere(action);
    }
}

static void resize(struct pc_view *view)
{
    write_sheet((struct card *)view);
}

static void free_card(struct pc_view *view)
{
    struct card *card = (struct card *)view;
    pc_card_session_fini(&card->session);
    pc_sheet_fini(&card->sheet);
    free(card);
}

struct pc_view *pc_card_view_create(const struct pc_card_spec *spec)
{
    static const struct pc_view_ops ops = {.name = "card",
                                           .screen = PC_SCREEN_CARD,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .resize = resize,
                                           .free = free_card};
    struct card *card = pc_alloc(sizeof *card);
    card->view.ops = &ops;
    card->spec = *spec;
    pc_card_session_init(&card->session, spec->topic, spec->latest);
    return &card->view;
}
