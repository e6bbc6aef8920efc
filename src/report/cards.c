#include "report/cards.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/parts.h"

struct pc_cards_json {
    json_t *cards;
};

struct pc_cards_json *pc_cards_json_create(void)
{
    struct pc_cards_json *report = pc_alloc(sizeof *report);
    report->cards = json_array();
    return report;
}

/* What is counted from 1; 0 is none. */
static json_t *number_or_null(size_t number)
{
    return number ? json_integer((json_int_t)number) : json_null();
}

static json_t *latest_of(const struct pc_card_answer *a)
{
    if (a->when == 0)
        return json_null();
    return json_pack("{s:I,s:o,s:b,s:o}", "time", (json_int_t)a->when, "chosen",
                     number_or_null(a->chosen), "right", a->right, "confidence",
                     number_or_null(a->sure));
}

static json_t *choices_of(const struct pc_card *card)
{
    json_t *choices = json_array();
    for (size_t i = 0; i < card->n_choices; i++)
        json_array_append_new(choices, pc_json_text(card->choices[i]));
    return choices;
}

void pc_cards_json_add(struct pc_cards_json *report, const struct pc_topic *topic,
                       const struct pc_card_answers *latest)
{
    char number[16];
    snprintf(number, sizeof number, "%02d", topic->number);
    for (size_t i = 0; i < topic->n_cards; i++) {
        const struct pc_card *c = &topic->cards[i];
        json_array_append_new(
            report->cards,
            json_pack("{s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "topic", number, "name",
                      c->name, "key", c->key, "question", pc_json_text(c->question),
                      "choices", choices_of(c), "correct", number_or_null(c->right),
                      "answer", pc_json_text(c->answer), "why", pc_json_text(c->why),
                      "proof", pc_json_text(c->proof), "latest",
                      latest_of(&latest->items[i])));
    }
}

char *pc_cards_json_finish(struct pc_cards_json *report)
{
    json_t *root =
        json_pack("{s:s,s:o}", "perfcourse", PACKAGE_VERSION, "cards", report->cards);
    free(report);
    return pc_json_dump(root);
}
