/* cards: the questions of a topic, asked on a terminal or line by line. */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/card_text.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "report/cards.h"

enum { KEY_JSON = 256, LINE = 64 };

struct cards_options {
    struct pc_words words;
    bool json;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct cards_options *o = state->input;
    switch (key) {
    case KEY_JSON:
        o->json = true;
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    case ARGP_KEY_END:
        if (o->words.n > 1)
            argp_error(state,
                       "name one topic, such as 07, or none for all that were begun");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

struct topics {
    const struct pc_topic **items;
    size_t n, cap;
};

/* Whether there is something to ask about: a page was read, an exercise tried. */
static bool was_begun(struct pc_engine *engine, const struct pc_topic *topic)
{
    for (size_t i = 0; i < topic->n_pages; i++)
        if (pc_engine_page_was_read(engine, topic->pages[i].key))
            return true;
    for (size_t i = 0; i < topic->n_exercises; i++)
        if (pc_engine_status(engine, &topic->exercises[i]).attempts > 0)
            return true;
    return pc_engine_card_status(engine, topic).answered > 0;
}

/* The named topic, or all that have cards and were begun. */
static bool choose(struct pc_shell *shell, const struct pc_words *words,
                   struct topics *topics, struct pc_err *err)
{
    const struct pc_course *course = shell->course;
    if (words->n > 0) {
        const struct pc_topic *topic = pc_choose_topic(shell, words->items[0], err);
        if (topic && topic->n_cards == 0)
            return pc_fail(err, PC_USAGE, "topic %02d has no cards", topic->number);
        if (topic)
            *PC_PUSH(topics) = topic;
        return topic != NULL;
    }
    for (size_t i = 0; i < course->n_topics; i++)
        if (course->topics[i].n_cards > 0 && was_begun(shell->engine, &course->topics[i]))
            *PC_PUSH(topics) = &course->topics[i];
    return true;
}

struct quiz {
    struct pc_shell *shell;
    struct pc_card_session session;
    bool asks;    /* somebody can answer */
    bool is_over; /* the learner has enough, or the input is at its end */
    bool lost;    /* standard output cannot be written */
    int ahead;    /* a byte of the input that was looked at, or EOF */
    struct pc_err *err;
};

/* One byte at a time: what stands behind an answer may be for whoever reads after us. */
static int next_byte(void)
{
    unsigned char c;
    ssize_t n;
    do
        n = read(STDIN_FILENO, &c, 1);
    while (n < 0 && errno == EINTR);
    return n == 1 ? c : EOF;
}

/* Questions that nobody can answer are only printed: to a file, or when the input is at its
 * end.  For a screen reader, an input that is still silent is somebody who thinks. */
static bool can_ask(struct quiz *quiz)
{
    bool plain = pc_is_plain();
    if (isatty(STDIN_FILENO))
        return plain || isatty(STDOUT_FILENO);
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    if (plain && poll(&in, 1, 0) == 0)
        return true;
    quiz->ahead = next_byte();
    return quiz->ahead != EOF;
}

/* Frees `out`. */
static bool show(struct quiz *quiz, struct pc_str *out)
{
    if (!quiz->lost && !pc_print(pc_str_get(out), quiz->err))
        quiz->lost = quiz->is_over = true;
    pc_str_fini(out);
    return !quiz->lost;
}

/* A line of the input without its blanks; what is too long to be an answer is cut. */
static bool read_line(struct quiz *quiz, char line[LINE])
{
    size_t n = 0;
    int c = quiz->ahead != EOF ? quiz->ahead : next_byte();
    quiz->ahead = EOF;
    for (; c != EOF && c != '\n'; c = next_byte())
        if (n + 1 < LINE && !isspace(c))
            line[n++] = (char)c;
    line[n] = '\0';
    return c != EOF || n > 0;
}

/* Ask for a line; false when it is over. */
static bool ask(struct quiz *quiz, char line[LINE], const char *prompt)
{
    struct pc_str out = {0};
    pc_str_adds(&out, prompt);
    if (!show(quiz, &out))
        return false;
    bool there = read_line(quiz, line);
    /* A terminal has shown the line already; a log shall read well, too. */
    if (!there || !isatty(STDIN_FILENO)) {
        PC_AUTO(pc_auto_free) char *shown = pc_text_harmless(line, strlen(line), LINE);
        pc_str_addf(&out, "%s\n", shown);
    }
    if (!there || strcmp(line, "q") == 0)
        quiz->is_over = true;
    return show(quiz, &out) && !quiz->is_over;
}

/* Ask until the answer is a number up to `most`; 0 for an empty line. */
static bool ask_number(struct quiz *quiz, const char *prompt, size_t most, size_t *number)
{
    char line[LINE], *end;
    do {
        if (!ask(quiz, line, prompt))
            return false;
        *number = strtoul(line, &end, 10);
    } while (line[0] && (end == line || *end || *number < 1 || *number > most));
    return true;
}

static void keep(struct quiz *quiz, struct pc_card_turn *turn)
{
    pc_engine_answered(quiz->shell->engine, &turn->answer);
}

static bool show_answer(struct quiz *quiz, const struct pc_card_turn *turn)
{
    struct pc_str out = {0};
    pc_card_text_answer(&out, turn);
    return show(quiz, &out);
}

static bool ask_choice(struct quiz *quiz, struct pc_card_turn *turn)
{
    PC_AUTO(pc_auto_free) char *prompt =
        pc_strfmt("your answer (1-%zu, Enter skips, q ends): ", turn->card->n_choices);
    size_t choice;
    if (!ask_number(quiz, prompt, turn->card->n_choices, &choice) ||
        !pc_card_session_choose(&quiz->session, choice))
        return false;
    keep(quiz, turn);
    return show_answer(quiz, turn);
}

static bool ask_recall(struct quiz *quiz, struct pc_card_turn *turn)
{
    char line[LINE];
    if (!ask(quiz, line, "Enter shows the answer, q ends: "))
        return false;
    pc_card_session_show(&quiz->session);
    if (!show_answer(quiz, turn))
        return false;
    do
        if (!ask(quiz, line, "did you know it (y/n, Enter skips)? "))
            return false;
    while (line[0] && strcmp(line, "y") != 0 && strcmp(line, "n") != 0);
    if (!line[0])
        return false;
    pc_card_session_recall(&quiz->session, line[0] == 'y');
    keep(quiz, turn);
    return turn->answer.right;
}

static void ask_sureness(struct quiz *quiz, struct pc_card_turn *turn)
{
    static const char prompt[] =
        "how sure were you (1 guessed, 2 unsure, 3 sure, 4 too easy; Enter skips)? ";
    size_t sure;
    if (!ask_number(quiz, prompt, PC_TOO_EASY, &sure) || sure == 0)
        return;
    pc_card_session_rate(&quiz->session, (enum pc_sureness)sure);
    keep(quiz, turn);
}

static bool ask_card(struct quiz *quiz)
{
    struct pc_card_turn *turn = pc_card_session_turn(&quiz->session);
    struct pc_str out = {0};
    pc_card_text_question(&out, turn->card, quiz->session.at + 1, quiz->session.n);
    if (!show(quiz, &out))
        return false;
    if (quiz->asks &&
        (turn->card->n_choices > 0 ? ask_choice(quiz, turn) : ask_recall(quiz, turn)))
        ask_sureness(quiz, turn);
    return !quiz->is_over;
}

static void ask_topic(struct quiz *quiz, const struct pc_topic *topic)
{
    struct pc_card_answers latest = pc_engine_card_answers(quiz->shell->engine, topic);
    struct pc_str out = {0};
    pc_card_session_init(&quiz->session, topic, &latest);
    pc_str_addf(&out, "%02d %s: %zu card%s\n", topic->number, topic->title, topic->n_cards,
                topic->n_cards == 1 ? "" : "s");
    if (show(quiz, &out))
        while (pc_card_session_turn(&quiz->session) && ask_card(quiz))
            pc_card_session_next(&quiz->session);
    pc_card_text_end(&out, &quiz->session);
    show(quiz, &out);
    pc_card_session_fini(&quiz->session);
    pc_card_answers_fini(&latest);
}

static enum pc_code ask_all(struct pc_shell *shell, const struct topics *topics,
                            struct pc_err *err)
{
    struct quiz quiz = {.shell = shell, .ahead = EOF, .err = err};
    quiz.asks = topics->n > 0 && can_ask(&quiz);
    for (size_t i = 0; i < topics->n && !quiz.is_over; i++)
        ask_topic(&quiz, topics->items[i]);
    return quiz.lost ? err->code : PC_PASSED;
}

static enum pc_code print_json(struct pc_shell *shell, const struct topics *topics,
                               struct pc_err *err)
{
    struct pc_cards_json *json = pc_cards_json_create();
    for (size_t i = 0; i < topics->n; i++) {
        struct pc_card_answers latest =
            pc_engine_card_answers(shell->engine, topics->items[i]);
        pc_cards_json_add(json, topics->items[i], &latest);
        pc_card_answers_fini(&latest);
    }
    PC_AUTO(pc_auto_free) char *text = pc_cards_json_finish(json);
    return pc_print(text, err) ? PC_PASSED : err->code;
}

static enum pc_code nothing_to_ask(struct pc_shell *shell, struct pc_err *err)
{
    struct pc_str out = {0};
    int first = shell->course->topics[0].number;
    pc_str_addf(&out,
                "Cards ask about what you have read or tried. Begin with `perfcourse read "
                "%02d`, or name a topic: `perfcourse cards %02d`.\n",
                first, first);
    return pc_print_lines(&out, 0, err);
}

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of asking", 0}, {0}};

const struct argp pc_cards_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "[TOPIC]",
    .doc = "Ask the questions of a topic, or of all topics that were begun.\vThose that "
           "were answered wrong last time come first. Without anybody to answer the "
           "questions are printed."};

enum pc_code pc_cmd_cards(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct cards_options o = {0};
    pc_parse_options(&pc_cards_argp, argc, argv, &o);
    struct topics topics = {0};
    enum pc_code code = PC_USAGE;
    if (!choose(shell, &o.words, &topics, err))
        code = err->code;
    else if (o.json)
        code = print_json(shell, &topics, err);
    else if (topics.n == 0)
        code = nothing_to_ask(shell, err);
    else
        code = ask_all(shell, &topics, err);
    pc_words_fini(&o.words);
    free(topics.items);
    return code;
}
