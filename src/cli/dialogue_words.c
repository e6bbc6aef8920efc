/* The words of line mode: those of the palette, where they make sense without a screen. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/dialogue.h"

struct word {
    const char *name, *arguments, *says;
    /* What it does: one of these two, the second with the words of its line, of which it is
     * the first. */
    bool (*steps)(struct pc_dialogue *d);
    bool (*does)(struct pc_dialogue *d, const struct word *word,
                 const struct pc_words *line);
    const char *command, *option; /* of the shell; NULL: the word itself, none */
    bool names_place;             /* its output begins with the exercise */
};

/* Run the command of a word on `subject` (may be NULL), with what was typed behind it from
 * word `from` on. */
static bool run(struct pc_dialogue *d, const struct word *word, const char *subject,
                const struct pc_words *line, size_t from)
{
    struct pc_words argv = {0};
    pc_words_add(&argv, word->command ? word->command : word->name);
    if (word->option)
        pc_words_add(&argv, word->option);
    if (subject)
        pc_words_add(&argv, subject);
    for (size_t i = from; i < line->n; i++)
        pc_words_add(&argv, line->items[i]);
    bool ok = pc_dialogue_run(d, &argv);
    pc_words_fini(&argv);
    return ok;
}

static bool go_on(struct pc_dialogue *d)
{
    if (pc_stop_next(&d->place, d->shell->engine))
        return pc_dialogue_arrive(d);
    return pc_dialogue_say(d, "nothing comes after this: list shows what there is");
}

static bool go_back(struct pc_dialogue *d)
{
    if (pc_stop_previous(&d->place))
        return pc_dialogue_arrive(d);
    return pc_dialogue_say(d, "nothing comes before this: back goes up");
}

static bool go_up(struct pc_dialogue *d)
{
    if (pc_stop_up(&d->place))
        return pc_dialogue_list(d);
    return pc_dialogue_say(d, "this is the course; quit ends");
}

static bool quit(struct pc_dialogue *d)
{
    d->over = true;
    return true;
}

static bool open_word(struct pc_dialogue *d, const char *what)
{
    struct pc_err err;
    if (pc_stop_open(&d->place, d->shell->engine, what, &err))
        return pc_dialogue_arrive(d);
    return pc_dialogue_say(d, "%s", err.msg);
}

static bool do_open(struct pc_dialogue *d, const struct word *word,
                    const struct pc_words *line)
{
    (void)word;
    if (line->n == 2)
        return open_word(d, line->items[1]);
    return pc_dialogue_say(d, "open what? a number of the list, 07, 07.2 or a name");
}

/* Words that need to know of which topic. */
static const struct pc_topic *topic_here(struct pc_dialogue *d, bool *ok)
{
    if (!d->place.topic)
        *ok = pc_dialogue_say(d, "open a topic first, such as open 07");
    return d->place.topic;
}

/* "3", but not "07", which is a topic. */
static bool is_small_number(const char *word)
{
    return word[0] != '0' && word[strspn(word, "0123456789")] == '\0';
}

/* "read", "read 3" of this topic, "read 07.3". */
static bool do_read(struct pc_dialogue *d, const struct word *word,
                    const struct pc_words *line)
{
    (void)word;
    struct pc_err err;
    bool ok, named = line->n > 1 && line->items[1][0] != '-';
    const struct pc_topic *topic = d->place.topic;
    size_t page = 1;
    if (named && topic && is_small_number(line->items[1])) {
        page = strtoul(line->items[1], NULL, 10);
    } else if (named) {
        topic = pc_choose_page(d->shell, line->items[1], &page, &err);
        if (!topic)
            return pc_dialogue_say(d, "%s", err.msg);
    } else if (!topic_here(d, &ok)) {
        return ok;
    } else if (pc_stop_kind(&d->place, &page) == PC_STOP_PAGE) {
        page++;
    } else {
        page = 1;
    }
    if (page < 1 || page > topic->n_pages)
        return pc_dialogue_say(d, "topic %02d has %zu pages, there is no page %zu",
                               topic->number, topic->n_pages, page);
    d->place = pc_stop_of_page(topic, page);
    return pc_dialogue_read(d, line, named ? 2 : 1);
}

/* "experiment", "experiment append" of this topic, "experiment 07 append". */
static bool do_experiment(struct pc_dialogue *d, const struct word *word,
                          const struct pc_words *line)
{
    bool ok;
    size_t index;
    char number[16];
    if (line->n > 1 && pc_course_topic(d->shell->course, line->items[1], NULL))
        return run(d, word, NULL, line, 1);
    const struct pc_topic *topic = topic_here(d, &ok);
    if (!topic)
        return ok;
    snprintf(number, sizeof number, "%02d", topic->number);
    struct pc_words argv = {0};
    pc_words_add(&argv, word->name);
    if (pc_stop_kind(&d->place, &index) == PC_STOP_EXPERIMENT &&
        (line->n == 1 || line->items[1][0] == '-'))
        pc_words_add(&argv, topic->experiments[index].name);
    for (size_t i = 1; i < line->n; i++)
        pc_words_add(&argv, line->items[i]);
    ok = run(d, word, number, &argv, 1);
    pc_words_fini(&argv);
    return ok;
}

/* The cards of the topic; in the course those of all topics that were begun. */
static bool do_cards(struct pc_dialogue *d, const struct word *word,
                     const struct pc_words *line)
{
    char number[16];
    bool named = line->n > 1 && line->items[1][0] != '-';
    if (named || !d->place.topic)
        return run(d, word, NULL, line, 1);
    snprintf(number, sizeof number, "%02d", d->place.topic->number);
    return run(d, word, number, line, 1);
}

/* The exercise that was named becomes the current one; without a name it is that. */
static bool do_exercise(struct pc_dialogue *d, const struct word *word,
                        const struct pc_words *line)
{
    char id[16];
    bool named = line->n > 1 && line->items[1][0] != '-';
    if (named) {
        struct pc_err err;
        const struct pc_exercise *e = pc_choose_one(d->shell, line->items[1], &err);
        if (!e)
            return run(d, word, NULL, line, 1);
        d->place = pc_stop_of_exercise(e);
    }
    const struct pc_exercise *e = pc_stop_exercise(&d->place);
    if (!e)
        return pc_dialogue_say(d, "open an exercise first, such as open 07.1");
    if (!word->names_place && !pc_dialogue_say_place(d))
        return false;
    return run(d, word, pc_exercise_id(e, id), line, named ? 2 : 1);
}

static bool do_command(struct pc_dialogue *d, const struct word *word,
                       const struct pc_words *line)
{
    return run(d, word, NULL, line, 1);
}

static bool do_help(struct pc_dialogue *d, const struct word *word,
                    const struct pc_words *line);

static const struct word words[] = {
    {"list", "", "what there is here, numbered", .steps = pc_dialogue_list},
    {"open", "WHAT", "a number of the list, 07, 07.2, or the beginning of a name",
     .does = do_open},
    {"next", "", "go on: pages, experiments, exercises, cards", .steps = go_on},
    {"previous", "", "go back one step", .steps = go_back},
    {"back", "", "up to the topic, and to the course", .steps = go_up},
    {"where", "", "the place you are at", .steps = pc_dialogue_say_place},
    {"read", "[PAGE]", "a page", .does = do_read},
    {"experiment", "[NAME]", "run the topic's experiment", .does = do_experiment},
    {"cards", "", "be asked the topic's questions", .does = do_cards},
    {"show", "", "the exercise's story, its goals and files", .does = do_exercise,
     .names_place = true},
    {"edit", "", "your file in $VISUAL or $EDITOR", .does = do_exercise},
    {"check", "", "build, test, count, time and judge", .does = do_exercise,
     .names_place = true},
    {"quick", "", "the same without the time", .does = do_exercise, .command = "check",
     .option = "--quick", .names_place = true},
    {"profile", "",
     "where it spends its time; --alloc: allocates; --diff: what has changed",
     .does = do_exercise},
    {"hint", "", "the next hint", .does = do_exercise},
    {"diff", "", "what you changed since the start", .does = do_exercise},
    {"solution", "", "our solution, after a pass", .does = do_exercise},
    {"history", "", "your attempts at the exercise", .does = do_exercise,
     .command = "progress"},
    {"reset", "", "the starter back; undo brings your file back", .does = do_exercise},
    {"undo", "", "bring back what reset put aside", .does = do_exercise},
    {"progress", "", "what is passed, tried and open", .does = do_command},
    {"doctor", "", "what this machine has", .does = do_command},
    {"help", "[WORD]", "these words, or the options of one", .does = do_help},
    {"quit", "", "end", .steps = quit},
};

static bool do_help(struct pc_dialogue *d, const struct word *word,
                    const struct pc_words *line)
{
    if (line->n > 1)
        return run(d, word, NULL, line, 1);
    struct pc_str out = {0};
    pc_stop_name(&d->place, &out);
    pc_str_adds(&out, "\n");
    for (size_t i = 0; i < PC_COUNT(words); i++)
        pc_str_addf(&out, "%s%s%s: %s\n", words[i].name, *words[i].arguments ? " " : "",
                    words[i].arguments, words[i].says);
    pc_str_adds(&out, "The beginning of a word is enough. A number opens that entry of the "
                      "list. Options go behind the word: check --careful. Ctrl-C cancels "
                      "what runs.\n");
    return pc_print_lines(&out, 4, d->err) == PC_PASSED;
}

/* Words are separated by blanks; quotes, as in the shell, keep blanks inside a word. */
static void split(const char *line, struct pc_words *into)
{
    while (*(line += strspn(line, " \t"))) {
        struct pc_str word = {0};
        char quote = '\0';
        for (; *line && (quote || !strchr(" \t", *line)); line++) {
            if (quote ? *line == quote : *line == '"' || *line == '\'')
                quote = quote ? '\0' : *line;
            else
                pc_str_add(&word, line, 1);
        }
        pc_words_add(into, pc_str_get(&word));
        pc_str_fini(&word);
    }
}

/* The word that `name` is or, alone, begins.  Otherwise the candidates are in `*others`. */
static const struct word *find(const char *name, struct pc_str *others)
{
    const struct word *found = NULL;
    size_t n = 0;
    for (size_t i = 0; i < PC_COUNT(words); i++) {
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
        if (strncmp(words[i].name, name, strlen(name)) != 0)
            continue;
        found = &words[i];
        pc_str_addf(others, "%s%s", n++ ? ", " : "", words[i].name);
    }
    return n == 1 ? found : NULL;
}

static bool say_unknown(struct pc_dialogue *d, const char *name)
{
    const char *names[PC_COUNT(words)];
    for (size_t i = 0; i < PC_COUNT(words); i++)
        names[i] = words[i].name;
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(name, names, PC_COUNT(names));
    if (near)
        return pc_dialogue_say(d, "there is no word \"%s\"; did you mean %s?", name, near);
    return pc_dialogue_say(d, "there is no word \"%s\"; help tells them all", name);
}

/* Commands of the shell that have no word here are understood all the same, but for those
 * that would begin a conversation in this one. */
static bool is_other_command(const char *name)
{
    const struct pc_command *command = pc_find_command(name, NULL);
    return command && command->run != pc_cmd_browse && command->run != pc_cmd_dialogue;
}

static bool obey(struct pc_dialogue *d, const struct pc_words *line)
{
    const char *name = line->items[0];
    if (isdigit((unsigned char)*name))
        return open_word(d, name);
    struct pc_str others = {0};
    const struct word *word = *name ? find(name, &others) : NULL;
    bool ok;
    if (word)
        ok = word->steps ? word->steps(d) : word->does(d, word, line);
    else if (is_other_command(name))
        ok = pc_dialogue_run(d, line);
    else if (others.len > 0)
        ok = pc_dialogue_say(d, "\"%s\" is the beginning of %s", name, others.s);
    else
        ok = say_unknown(d, name);
    pc_str_fini(&others);
    return ok;
}

bool pc_dialogue_obey(struct pc_dialogue *d, const char *text)
{
    enum { LONGEST = 4096 };
    struct pc_words line = {0}, rest = {0};
    /* Messages repeat what was typed, so nothing in it may act on a terminal. */
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, strlen(text), LONGEST);
    split(harmless, &line);
    /* Messages name commands as one types them into a shell; these work here, too. */
    size_t first = line.n > 1 && strcmp(line.items[0], "perfcourse") == 0;
    for (size_t i = first; i < line.n; i++)
        pc_words_add(&rest, line.items[i]);
    bool ok = rest.n == 0 || obey(d, &rest);
    pc_words_fini(&line);
    pc_words_fini(&rest);
    return ok;
}
