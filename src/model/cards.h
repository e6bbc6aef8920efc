/*
 * The cards of a topic, asked one after the other: where one is, without a screen.
 *
 * A card is asked; its answer is shown; the learner may say how sure they were; then comes
 * the next one.  Those that were answered wrong last time are asked first.
 */
#ifndef PC_MODEL_CARDS_H
#define PC_MODEL_CARDS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/attempt.h"
#include "model/course.h"

enum pc_card_phase { PC_CARD_ASKED, PC_CARD_SHOWN, PC_CARDS_DONE };

struct pc_card_turn {
    const struct pc_card *card;
    struct pc_card_answer answer;
    bool answered; /* whether `answer` is one */
};

struct pc_card_session {
    const struct pc_topic *topic;
    struct pc_card_turn *turns; /* in the order in which they are asked */
    size_t n, at;
    enum pc_card_phase phase; /* of turns[at] */
};

/* `latest` holds an answer for each card of the topic, in their order; its `when` is 0 where
 * there is none.  It is not needed afterwards, the topic is. */
void pc_card_session_init(struct pc_card_session *session, const struct pc_topic *topic,
                          const struct pc_card_answers *latest);
void pc_card_session_fini(struct pc_card_session *session);

/* The turn that is on; NULL when all are over. */
struct pc_card_turn *pc_card_session_turn(const struct pc_card_session *session);

/* What the learner does; false when it cannot be done now.  Choose one of the choices, from
 * 1; have the answer shown of a card that has none; say whether it was recalled; say how
 * sure one was. */
bool pc_card_session_choose(struct pc_card_session *session, size_t choice);
bool pc_card_session_show(struct pc_card_session *session);
bool pc_card_session_recall(struct pc_card_session *session, bool right);
bool pc_card_session_rate(struct pc_card_session *session, enum pc_sureness sure);

/* The next card, whether this one was answered or not. */
void pc_card_session_next(struct pc_card_session *session);

struct pc_card_status pc_card_session_status(const struct pc_card_session *session);

/* "7 of 10 right", or "10 to answer" as long as none was. */
enum { PC_CARD_STATUS_MAX = 64 };
const char *pc_format_cards(const struct pc_card_status *status,
                            char buf[PC_CARD_STATUS_MAX]);

#endif
