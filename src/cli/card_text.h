/*
 * Cards as lines for a terminal or a screen reader.
 */
#ifndef PC_CLI_CARD_TEXT_H
#define PC_CLI_CARD_TEXT_H

#include "base/str.h"
#include "model/cards.h"

/* The question of card `number` (from 1) of `all`, with its choices. */
void pc_card_text_question(struct pc_str *out, const struct pc_card *card, size_t number,
                           size_t all);

/* Whether the choice was right, the answer, and why. */
void pc_card_text_answer(struct pc_str *out, const struct pc_card_turn *turn);

/* How many were right, which were not, and what to remember of the topic. */
void pc_card_text_end(struct pc_str *out, const struct pc_card_session *session);

#endif
