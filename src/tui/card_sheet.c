#include "tui/card_sheet.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "markup/markup.h"

enum { ITEM_GAP = 3 };

static const char good[] = "✓", bad[] = "✗", open[] = "○";

/* The column behind a mark: in ASCII they are wider. */
static int behind_mark(const struct pc_sheet *sheet)
{
    return 2 + pc_canvas_measure(sheet->canvas, good, strlen(good));
}

/* A sentence with a mark in front of its first row. */
static void add_marked(struct pc_sheet *sheet, const char *mark, int indent,
                       enum pc_style style, const char *text)
{
    int row = sheet->rows;
    pc_sheet_prose(sheet, indent, style, text);
    struct pc_area all = pc_canvas_area(sheet->canvas);
    pc_canvas_text(sheet->canvas, pc_area_rows(all, row, 1), 1, 0, style, mark);
}

/* The answer is marked and the learner's choice named: colour says nothing by itself. */
static void add_choice(struct pc_sheet *sheet, const struct pc_card_turn *turn, size_t i)
{
    const struct pc_card *card = turn->card;
    bool chosen = turn->answered && turn->answer.chosen == i + 1;
    bool right = turn->answered && card->right == i + 1;
    enum pc_style style = right ? PC_STYLE_GOOD : chosen ? PC_STYLE_BAD : PC_STYLE_TEXT;
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt(chosen ? "%s   ← your answer" : "%s", card->choices[i]);
    int row = sheet->rows, at = behind_mark(sheet);
    add_marked(sheet, right ? good : chosen ? bad : "", at + 3, style, text);
    pc_canvas_printf(sheet->canvas, pc_area_rows(pc_canvas_area(sheet->canvas), row, 1), at,
                     0, style, "%zu", i + 1);
}

/* Keys with what they mean, as many in a row as fit. */
static void add_items(struct pc_sheet *sheet, const char *question,
                      const char *const *items, size_t n)
{
    struct pc_area row = pc_sheet_rows(sheet, 1);
    int x = pc_canvas_text(sheet->canvas, row, 1, 0, PC_STYLE_STRONG, question) + ITEM_GAP;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(items[i]);
        if (x + pc_canvas_measure(sheet->canvas, items[i], len) > row.w) {
            row = pc_sheet_rows(sheet, 1);
            x = 1;
        }
        x = pc_canvas_put(sheet->canvas, row, x, 0, PC_STYLE_KEY, items[i], 1);
        x = pc_canvas_put(sheet->canvas, row, x, 0, PC_STYLE_TEXT, items[i] + 1, len - 1) +
            ITEM_GAP;
    }
}

static void add_rating(struct pc_sheet *sheet, const struct pc_card *card)
{
    static const char *const chosen[] = {"1 guessed", "2 unsure", "3 sure", "4 too easy"};
    static const char *const recalled[] = {"1 no", "2 yes, unsure", "3 yes", "4 too easy"};
    pc_sheet_gap(sheet);
    if (card->n_choices > 0)
        add_items(sheet, "How sure were you?", chosen, PC_COUNT(chosen));
    else
        add_items(sheet, "Did you know it?", recalled, PC_COUNT(recalled));
}

static void add_answer(struct pc_sheet *sheet, const struct pc_card_turn *turn)
{
    const struct pc_card *card = turn->card;
    if (card->n_choices == 0) {
        pc_sheet_line(sheet, 1, PC_STYLE_STRONG, "Answer");
        pc_sheet_markdown(sheet, card->answer);
        pc_sheet_gap(sheet);
    } else if (turn->answer.right) {
        pc_sheet_line(sheet, 1, PC_STYLE_GOOD, "%s Right.", good);
    } else {
        pc_sheet_line(sheet, 1, PC_STYLE_BAD, "%s Not right: it is %zu.", bad, card->right);
    }
    pc_sheet_markdown(sheet, card->why);
    add_rating(sheet, card);
}

static int write_turn(struct pc_sheet *sheet, const struct pc_card_turn *turn, bool shown)
{
    pc_sheet_gap(sheet);
    pc_sheet_markdown(sheet, turn->card->question);
    pc_sheet_gap(sheet);
    for (size_t i = 0; i < turn->card->n_choices; i++)
        add_choice(sheet, turn, i);
    if (!shown)
        return 0;
    pc_sheet_gap(sheet);
    int row = sheet->rows;
    add_answer(sheet, turn);
    return row;
}

/* The first paragraph of a question, in one line, tells which one it was. */
static char *in_one_line(const char *question, bool ascii)
{
    const struct pc_markup_options options = {.width = PC_MARKUP_MEASURE, .ascii = ascii};
    struct pc_document *d = pc_markup_render(question, strlen(question), &options);
    struct pc_str line = {0};
    for (size_t i = 0; i < d->n_lines && d->lines[i].n > 0; i++)
        pc_str_addf(&line, "%s%s", i > 0 ? " " : "", d->lines[i].text);
    pc_document_free(d);
    return pc_str_take(&line);
}

static void write_end(struct pc_sheet *sheet, const struct pc_card_session *session)
{
    struct pc_card_status status = pc_card_session_status(session);
    char buf[PC_CARD_STATUS_MAX];
    pc_sheet_line(sheet, 1, PC_STYLE_STRONG, "%s", pc_format_cards(&status, buf));
    pc_sheet_gap(sheet);
    for (size_t i = 0; i < session->n; i++) {
        const struct pc_card_turn *turn = &session->turns[i];
        bool answered = turn->answered, right = answered && turn->answer.right;
        PC_AUTO(pc_auto_free) char *line =
            in_one_line(turn->card->question, pc_canvas_is_ascii(sheet->canvas));
        pc_sheet_line(sheet, 1,
                      right      ? PC_STYLE_GOOD
                      : answered ? PC_STYLE_BAD
                                 : PC_STYLE_FAINT,
                      "%s %s",
                      right      ? good
                      : answered ? bad
                                 : open,
                      line);
    }
    if (session->topic->n_essence == 0)
        return;
    pc_sheet_gap(sheet);
    pc_sheet_line(sheet, 1, PC_STYLE_HEADING, "To remember");
    for (size_t i = 0; i < session->topic->n_essence; i++)
        add_marked(sheet, "•", 3, PC_STYLE_TEXT, session->topic->essence[i]);
}

int pc_card_sheet_write(struct pc_sheet *sheet, const struct pc_card_session *session,
                        int width, bool ascii)
{
    const struct pc_card_turn *turn = pc_card_session_turn(session);
    pc_sheet_begin(sheet, width, ascii);
    if (turn)
        return write_turn(sheet, turn, session->phase == PC_CARD_SHOWN);
    write_end(sheet, session);
    return 0;
}
