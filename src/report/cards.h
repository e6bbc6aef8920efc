/*
 * Cards with their latest answers, for programs.
 */
#ifndef PC_REPORT_CARDS_H
#define PC_REPORT_CARDS_H

#include "model/attempt.h"
#include "model/course.h"

struct pc_cards_json;
struct pc_cards_json *pc_cards_json_create(void);

/* Add the cards of a topic; `latest` has an answer for each, `when` 0 for none. */
void pc_cards_json_add(struct pc_cards_json *report, const struct pc_topic *topic,
                       const struct pc_card_answers *latest);

/* The document (docs/json.md), ended by a newline; the caller owns it.  Frees the report. */
char *pc_cards_json_finish(struct pc_cards_json *report);

#endif
