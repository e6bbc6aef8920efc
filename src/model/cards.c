#include "model/cards.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* Append the turns of the cards that were, or were not, answered wrong last time. */
static void add_turns(struct pc_card_session *session, const struct pc_card_answers *latest,
                      bool wrong)
{
    for (size_t i = 0; i < session->topic->n_cards; i++) {
        bool was_wrong =
            i < latest->n && latest->items[i].when != 0 && !latest->items[i].right;
        if (was_wrong == wrong)
            session->turns[session->n++].card = &session->topic->cards[i];
    }
}

void pc_card_session_init(struct pc_card_session *session, const struct pc_topic *topic,
                          const struct pc_card_answers *latest)
{
    *session = (struct pc_card_session){.topic = topic};
    session->turns = pc_alloc_array(topic->n_cards + 1, sizeof *session->turns);
    add_turns(session, latest, true);
    add_turns(session, latest, false);
    session->phase = session->n > 0 ? PC_CARD_ASKED : PC_CARDS_DONE;
}

void pc_card_session_fini(struct pc_card_session *session)
{
    free(session->turns);
    *session = (struct pc_card_session){.phase = PC_CARDS_DONE};
}

struct pc_card_turn *pc_card_session_turn(const struct pc_card_session *session)
{
    return session->phase == PC_CARDS_DONE ? NULL : &session->turns[session->at];
}

static void answer(struct pc_card_turn *turn, size_t chosen, bool right)
{
    turn->answer = (struct pc_card_answer){.chosen = chosen, .right = right};
    snprintf(turn->answer.card, sizeof turn->answer.card, "%s", turn->card->key);
    turn->answered = true;
}

bool pc_card_session_choose(struct pc_card_session *session, size_t choice)
{
    struct pc_card_turn *turn = pc_card_session_turn(session);
    if (session->phase != PC_CARD_ASKED || choice < 1 || choice > turn->card->n_choices)
        return false;
    answer(turn, choice, choice == turn->card->right);
    session->phase = PC_CARD_SHOWN;
    return true;
}

bool pc_card_session_show(struct pc_card_session *session)
{
    if (session->phase != PC_CARD_ASKED || session->turns[session->at].card->n_choices > 0)
        return false;
    session->phase = PC_CARD_SHOWN;
    return true;
}

bool pc_card_session_recall(struct pc_card_session *session, bool right)
{
    struct pc_card_turn *turn = pc_card_session_turn(session);
    if (session->phase != PC_CARD_SHOWN || turn->answered)
        return false;
    answer(turn, 0, right);
    return true;
}

bool pc_card_session_rate(struct pc_card_session *session, enum pc_sureness sure)
{
    struct pc_card_turn *turn = pc_card_session_turn(session);
    if (session->phase != PC_CARD_SHOWN || !turn->answered)
        return false;
    turn->answer.sure = sure;
    return true;
}

void pc_card_session_next(struct pc_card_session *session)
{
    if (session->phase == PC_CARDS_DONE)
        return;
    session->at++;
    session->phase = session->at < session->n ? PC_CARD_ASKED : PC_CARDS_DONE;
}

struct pc_card_status pc_card_session_status(const struct pc_card_session *session)
{
    struct pc_card_status status = {.cards = session->n};
    for (size_t i = 0; i < session->n; i++) {
        status.answered += session->turns[i].answered;
        status.right += session->turns[i].answered && session->turns[i].answer.right;
    }
    return status;
}

const char *pc_format_cards(const struct pc_card_status *status,
                            char buf[PC_CARD_STATUS_MAX])
{
    if (status->answered == 0)
        snprintf(buf, PC_CARD_STATUS_MAX, "%zu to answer", status->cards);
    else
        snprintf(buf, PC_CARD_STATUS_MAX, "%zu of %zu right", status->right, status->cards);
    return buf;
}
