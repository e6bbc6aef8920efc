#include "tui/experiment_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/wrap.h"
#include "report/experiment.h"
#include "report/profile_brief.h"

enum { INDENT = 3, GAP = 3 };

void pc_experiment_lines_put(struct pc_experiment_lines *lines, enum pc_style style,
                             const char *text, size_t n)
{
    *PC_PUSH(lines) = (struct pc_experiment_line){.text = pc_strndup(text, n),
                                                  .span = {.end = n, .style = style}};
}

static void add_blank(struct pc_experiment_lines *lines)
{
    if (lines->n > 0 && *lines->items[lines->n - 1].text)
        pc_experiment_lines_put(lines, PC_STYLE_TEXT, "", 0);
}

/* `head`, then `text` broken at words; what follows its first line is indented. */
static void add_prose(struct pc_experiment_lines *lines, enum pc_style style,
                      const char *head, const char *text, size_t indent, size_t width)
{
    struct pc_str out = {0};
    pc_str_adds(&out, head);
    size_t column = pc_text_width(head, strlen(head));
    PC_AUTO(pc_auto_free) char *joined = pc_strdup(text);
    for (char *c = joined; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    pc_wrap_add(&out, joined,
                &(struct pc_wrap){.width = width, .column = column, .indent = indent});
    for (const char *line = out.s; line;) {
        const char *end = strchr(line, '\n');
        pc_experiment_lines_put(lines, style, line,
                                end ? (size_t)(end - line) : strlen(line));
        line = end ? end + 1 : NULL;
    }
    pc_str_fini(&out);
}

static void add_question(struct pc_experiment_lines *lines, const struct pc_asked *asked,
                         size_t width)
{
    add_prose(lines, PC_STYLE_STRONG, "Predict: ", asked->question, INDENT, width);
    for (size_t i = 0; i < asked->choices.n; i++) {
        PC_AUTO(pc_auto_free) char *head = pc_strfmt("   %zu  ", i + 1);
        add_prose(lines, PC_STYLE_TEXT, head, asked->choices.items[i], strlen(head), width);
    }
    if (asked->first) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("\"%s\"; the first answer counts.", asked->first);
        add_prose(lines, PC_STYLE_FAINT, "You have said before: ", text, INDENT, width);
    }
    PC_AUTO(pc_auto_free) char *keys =
        pc_strfmt("Press 1%s%zu, or Enter to go on without.",
                  asked->choices.n == 2 ? " or " : " to ", asked->choices.n);
    add_prose(lines, PC_STYLE_FAINT, "", keys, 0, width);
    add_blank(lines);
}

static void add_phase(struct pc_experiment_lines *lines,
                      const struct pc_experiment_state *state, size_t width)
{
    static const char cancelled[] =
        "Cancelled. What was measured so far stays; r runs it again.";
    if (state->phase == PC_EXPERIMENT_CANCELLED)
        add_prose(lines, PC_STYLE_DOUBT, "", cancelled, 0, width);
    else if (state->phase == PC_EXPERIMENT_FAILED)
        add_prose(lines, PC_STYLE_BAD, "It ended early: ", state->working, INDENT, width);
    else if (state->phase == PC_EXPERIMENT_RUNNING && state->working)
        add_prose(lines, PC_STYLE_FAINT, "", state->working, INDENT, width);
    else if (state->phase == PC_EXPERIMENT_PREPARING)
        add_prose(lines, PC_STYLE_FAINT, "", "getting ready", 0, width);
}

/* "right: you predicted ..., measured 9.87": in words, the mark only repeats them. */
static void add_score(struct pc_experiment_lines *lines, const struct pc_asked *asked,
                      size_t width)
{
    struct pc_str text = {0};
    bool right = asked->chosen == asked->right;
    struct pc_str truth = {0};
    pc_experiment_truth(pc_words_argv(&asked->choices), asked->choices.n, asked->rights,
                        "\"", &truth);
    if (asked->chosen == 0)
        pc_str_addf(&text, "You did not predict; it is %s", truth.s);
    else if (right)
        pc_str_addf(&text, "Right: you predicted \"%s\"",
                    asked->choices.items[asked->chosen - 1]);
    else
        pc_str_addf(&text, "You predicted \"%s\"; it is %s",
                    asked->choices.items[asked->chosen - 1], truth.s);
    if (right && (asked->rights & (asked->rights - 1)))
        pc_str_addf(&text, "; it is %s", truth.s);
    pc_str_fini(&truth);
    if (isfinite(asked->value))
        pc_str_addf(&text, "; measured %.3g", asked->value);
    pc_str_adds(&text, ".");
    if (asked->first)
        pc_str_addf(&text, " The first answer counts, and was %s: \"%s\".",
                    asked->first_right ? "right" : "not right", asked->first);
    enum pc_style style = asked->chosen == 0 ? PC_STYLE_TEXT
                          : right            ? PC_STYLE_GOOD
                                             : PC_STYLE_BAD;
    const char *head = asked->chosen == 0 ? "○ " : right ? "✓ " : "✗ ";
    add_prose(lines, style, head, text.s, INDENT, width);
    if (asked->why)
        add_prose(lines, PC_STYLE_TEXT, "   ", asked->why, INDENT, width);
    pc_str_fini(&text);
}

static size_t fitted_points(const struct pc_experiment_state *state)
{
    size_t n = 0;
    for (size_t i = 0; i < state->series.n; i++)
        if (state->series.items[i].n_fitted > n)
            n = state->series.items[i].n_fitted;
    return n;
}

/* Slopes side by side, as many as fit into a line. */
static void add_slopes(struct pc_experiment_lines *lines,
                       const struct pc_experiment_state *state, size_t width)
{
    struct pc_str line = {0};
    size_t last = fitted_points(state);
    if (last == 0)
        return;
    pc_str_addf(&line, "slopes of the last %zu points", last);
    pc_experiment_lines_put(lines, PC_STYLE_STRONG, line.s, line.len);
    pc_str_fini(&line);
    for (size_t i = 0; i < state->series.n; i++) {
        const struct pc_line_of_points *s = &state->series.items[i];
        struct pc_str item = {0};
        if (s->n_fitted == 0)
            continue;
        pc_str_addf(&item, "%s %.2f", s->name, s->slope);
        if (isfinite(s->slope_low))
            pc_str_addf(&item, " [%.2f, %.2f]", s->slope_low, s->slope_high);
        if (s->n_fitted != last)
            pc_str_addf(&item, " (%zu points)", s->n_fitted);
        if (line.len > 0 &&
            pc_text_width(line.s, line.len) + GAP + pc_text_width(item.s, item.len) >
                width) {
            pc_experiment_lines_put(lines, PC_STYLE_TEXT, line.s, line.len);
            pc_str_fini(&line);
        }
        pc_str_addf(&line, "%*s%s", line.len > 0 ? GAP : 1, "", item.s);
        pc_str_fini(&item);
    }
    pc_experiment_lines_put(lines, PC_STYLE_TEXT, line.s, line.len);
    pc_str_fini(&line);
}

/* Tables are never broken; each begins with how it was measured. */
static void add_profiles(struct pc_experiment_lines *lines,
                         const struct pc_experiment_state *state, size_t width)
{
    for (size_t i = 0; i < state->profiles.n; i++) {
        struct pc_str text = {0};
        pc_profile_brief(&state->profiles.items[i].shown, width, true, &text);
        add_blank(lines);
        for (const char *line = text.s; line && *line;) {
            size_t n = strcspn(line, "\n");
            pc_experiment_lines_put(lines, PC_STYLE_TEXT, line, n);
            line += n + (line[n] == '\n');
        }
        pc_experiment_lines_put(lines, PC_STYLE_TEXT, "", 0);
        pc_str_fini(&text);
    }
}

void pc_experiment_lines_add(struct pc_experiment_lines *lines,
                             const struct pc_experiment_text *text)
{
    const struct pc_experiment_state *state = text->state;
    const struct pc_asked *question = pc_experiment_state_question(state);
    if (question)
        add_question(lines, question, text->width);
    add_phase(lines, state, text->width);
    if (text->table_width > 0)
        pc_experiment_lines_add_table(lines, text);
    add_profiles(lines, state, text->width);
    add_slopes(lines, state, text->width);
    for (size_t i = 0; i < state->asked.n; i++)
        if (state->asked.items[i].right > 0)
            add_score(lines, &state->asked.items[i], text->width);
    for (size_t i = 0; i < state->notes.n; i++) {
        add_blank(lines);
        add_prose(lines, PC_STYLE_TEXT, "", state->notes.items[i], 0, text->width);
    }
    add_blank(lines);
    add_prose(lines, PC_STYLE_FAINT, "", text->experiment->question, 0, text->width);
}

struct pc_pager_line *pc_experiment_lines_paged(const struct pc_experiment_lines *lines)
{
    struct pc_pager_line *paged = pc_alloc_array(lines->n + 1, sizeof *paged);
    for (size_t i = 0; i < lines->n; i++)
        paged[i] = (struct pc_pager_line){.text = lines->items[i].text,
                                          .n = strlen(lines->items[i].text),
                                          .spans = &lines->items[i].span,
                                          .n_spans = 1};
    return paged;
}

void pc_experiment_lines_fini(struct pc_experiment_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        free(lines->items[i].text);
    free(lines->items);
    *lines = (struct pc_experiment_lines){0};
}
