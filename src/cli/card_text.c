#include "cli/card_text.h"

#include <string.h>

#include "base/mem.h"
#include "base/wrap.h"
#include "cli/shell.h"
#include "engine/page.h"

static void add_markdown(struct pc_str *out, const char *markdown, size_t n)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_page_text(markdown, n, pc_prose_width(), !pc_output_is_live());
    pc_str_adds(out, text);
}

static void add_line(struct pc_str *out, const char *line, size_t indent)
{
    pc_wrap_add(out, line, &(struct pc_wrap){.width = pc_output_width(), .indent = indent});
    pc_str_adds(out, "\n");
}

void pc_card_text_question(struct pc_str *out, const struct pc_card *card, size_t number,
                           size_t all)
{
    pc_str_addf(out, "\ncard %zu of %zu\n", number, all);
    add_markdown(out, card->question, strlen(card->question));
    pc_str_adds(out, "\n");
    for (size_t i = 0; i < card->n_choices; i++) {
        PC_AUTO(pc_auto_free) char *line = pc_strfmt("  %zu  %s", i + 1, card->choices[i]);
        add_line(out, line, 5);
    }
}

void pc_card_text_answer(struct pc_str *out, const struct pc_card_turn *turn)
{
    const struct pc_card *card = turn->card;
    if (card->n_choices == 0) {
        pc_str_adds(out, "answer:\n");
        add_markdown(out, card->answer, strlen(card->answer));
        pc_str_adds(out, "why:\n");
    } else {
        bool right = turn->answer.right;
        PC_AUTO(pc_auto_free) char *line =
            pc_strfmt(right ? "right: %zu, %s" : "not right: it is %zu, %s", card->right,
                      card->answer);
        add_line(out, line, 4);
    }
    add_markdown(out, card->why, strlen(card->why));
}

/* The first paragraph of a question tells which one it was. */
static void add_wrong(struct pc_str *out, const struct pc_card_session *session)
{
    bool headed = false;
    for (size_t i = 0; i < session->n; i++) {
        const struct pc_card_turn *turn = &session->turns[i];
        if (!turn->answered || turn->answer.right)
            continue;
        const char *question = turn->card->question, *end = strstr(question, "\n\n");
        if (!headed)
            pc_str_adds(out, "\nnot right:\n\n");
        else
            pc_str_adds(out, "\n");
        headed = true;
        add_markdown(out, question, end ? (size_t)(end - question) : strlen(question));
    }
}

void pc_card_text_end(struct pc_str *out, const struct pc_card_session *session)
{
    struct pc_card_status status = pc_card_session_status(session);
    char buf[PC_CARD_STATUS_MAX];
    if (status.answered == 0)
        return;
    pc_str_addf(out, "\n%s", pc_format_cards(&status, buf));
    if (status.answered < status.cards)
        pc_str_addf(out, ", %zu not answered", status.cards - status.answered);
    pc_str_adds(out, "\n");
    add_wrong(out, session);
    if (session->topic->n_essence > 0)
        pc_str_adds(out, "\nto remember:\n\n");
    for (size_t i = 0; i < session->topic->n_essence; i++)
        add_line(out, session->topic->essence[i], 4);
}
