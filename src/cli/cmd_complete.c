/*
 * complete: what the word before the cursor may become, for the shells' completion.
 *
 * It is asked `perfcourse complete -- WORD...` with the words behind "perfcourse", the last
 * of which is the one to complete and may be empty.  It answers with candidates, one a line,
 * each with a tab and what it is when there is something to say.  A line such as "@files"
 * asks the shell to add what only the shell knows well.  What an argument or the value of an
 * option may be follows from the word that stands for it in the help: EXERCISE, FOLDER, ...
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "tui/dump.h"

struct completion {
    struct pc_shell *shell;
    char *const *words; /* before the one to complete */
    size_t n;
    const char *last;                 /* to complete, behind `front` */
    const char *front;                /* "--theme=", or "" */
    const struct pc_command *command; /* NULL while there is none */
    size_t argument;                  /* which argument of it `last` is, from 0 */
    const char *topic;                /* the argument before `last`, or NULL */
    const char *pack;                 /* the value of --pack, or NULL */
    struct pc_str out;
};

static void offer(struct completion *c, const char *candidate, const char *says)
{
    if (strncmp(candidate, c->last, strlen(c->last)) == 0)
        pc_str_addf(&c->out, "%s%s%s%s\n", c->front, candidate, says ? "\t" : "",
                    says ? says : "");
}

/* The items of "plain, dark, light or mono". */
static void offer_each(struct completion *c, const char *list)
{
    while (*list) {
        const char *comma = strstr(list, ", "), *either = strstr(list, " or ");
        size_t n = strlen(list), gap = 0;
        if (comma)
            n = (size_t)(comma - list), gap = strlen(", ");
        else if (either)
            n = (size_t)(either - list), gap = strlen(" or ");
        PC_AUTO(pc_auto_free) char *item = pc_strndup(list, n);
        offer(c, item, NULL);
        list += n + gap;
    }
}

/* A course that cannot be read has nothing to offer; the commands say what is wrong. */
static const struct pc_course *course_of(struct completion *c)
{
    static const struct pc_course none;
    const struct pc_engine_spec spec = {.pack = c->pack ? c->pack : pc_pack_wanted()};
    if (!c->shell->engine)
        c->shell->engine = pc_engine_create(&spec, NULL);
    return c->shell->engine ? pc_engine_course(c->shell->engine) : &none;
}

/* Numbers are short to read, and a letter asks for names. */
static bool asks_for_names(const struct completion *c)
{
    return isalpha((unsigned char)*c->last);
}

static void offer_topic(struct completion *c, const struct pc_topic *topic)
{
    char number[16];
    snprintf(number, sizeof number, "%02d", topic->number);
    offer(c, asks_for_names(c) ? topic->folder + strlen("07_") : number, topic->title);
}

static void give_topics(struct completion *c)
{
    const struct pc_course *course = course_of(c);
    for (size_t i = 0; i < course->n_topics; i++)
        offer_topic(c, &course->topics[i]);
}

static void offer_exercises(struct completion *c, bool also_topics)
{
    const struct pc_course *course = course_of(c);
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *topic = &course->topics[i];
        if (also_topics && topic->n_exercises > 0)
            offer_topic(c, topic);
        for (size_t k = 0; k < topic->n_exercises; k++) {
            const struct pc_exercise *e = &topic->exercises[k];
            char id[16];
            PC_AUTO(pc_auto_free) char *says = pc_strfmt("%s: %s", e->name, e->title);
            if (asks_for_names(c))
                offer(c, e->name, e->title);
            else
                offer(c, pc_exercise_id(e, id), says);
        }
    }
}

static void give_exercise(struct completion *c)
{
    offer_exercises(c, false);
}

static void give_exercises(struct completion *c)
{
    offer_exercises(c, true);
}

static void give_pages(struct completion *c)
{
    const struct pc_course *course = course_of(c);
    for (size_t i = 0; i < course->n_topics; i++)
        for (size_t k = 0; k < course->topics[i].n_pages; k++) {
            PC_AUTO(pc_auto_free) char *page =
                pc_strfmt("%02d.%zu", course->topics[i].number, k + 1);
            offer(c, page, course->topics[i].pages[k].title);
        }
}

static void give_experiments(struct completion *c)
{
    const struct pc_topic *topic =
        c->topic ? pc_course_topic(course_of(c), c->topic, NULL) : NULL;
    for (size_t i = 0; topic && i < topic->n_experiments; i++)
        offer(c, topic->experiments[i].name, topic->experiments[i].title);
}

static void give_commands(struct completion *c)
{
    for (const struct pc_command *command = pc_commands; command->name; command++)
        if (command->summary)
            offer(c, command->name, command->summary);
}

static void give_files(struct completion *c)
{
    pc_str_adds(&c->out, "@files\n");
}

static void give_folders(struct completion *c)
{
    pc_str_adds(&c->out, "@folders\n");
}

static void give_compilers(struct completion *c)
{
    pc_str_adds(&c->out, "@programs\n");
}

static void give_benched(struct completion *c)
{
    give_exercises(c);
    give_files(c);
}

static void give_kernels(struct completion *c)
{
    offer(c, "starter", "the kernel as it was given");
    offer(c, "reference", "our solution");
    give_files(c);
}

static void give_screens(struct completion *c)
{
    PC_AUTO(pc_auto_free) char *screens = pc_dump_screens();
    offer_each(c, screens);
}

static void give_themes(struct completion *c)
{
    for (const struct pc_global *g = pc_globals; g->name; g++)
        if (g->value && strcmp(g->value, "THEME") == 0)
            offer_each(c, g->needs);
}

/* Of a word that stands for something, such as a number, nothing can be said. */
static bool give(struct completion *c, const char *stands_for)
{
    static const struct {
        const char *stands_for;
        void (*give)(struct completion *c);
    } rows[] = {
        {"EXERCISE", give_exercise},  {"EXERCISE...", give_exercises},
        {"TOPIC", give_topics},       {"TOPIC...", give_topics},
        {"TOPIC[.PAGE]", give_pages}, {"NAME", give_experiments},
        {"COMMAND", give_commands},   {"FILE", give_files},
        {"FOLDER", give_folders},     {"KERNEL", give_kernels},
        {"CC", give_compilers},       {"SCREEN", give_screens},
        {"THEME", give_themes},       {"EXERCISE|FILE...", give_benched},
        {"OLD", give_files},          {"NEW", give_files},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(rows[i].stands_for, stands_for) == 0)
            return rows[i].give(c), true;
    return false;
}

/* The options of the command; without one those that ask for a picture of a screen. */
static const struct argp_option *options_of(const struct pc_command *command)
{
    const struct argp *argp = command ? command->argp : &pc_browse_argp;
    return argp ? argp->options : pc_no_options;
}

static void give_options(struct completion *c)
{
    for (const struct argp_option *o = options_of(c->command); o->name; o++) {
        PC_AUTO(pc_auto_free) char *name = pc_strfmt("--%s", o->name);
        offer(c, name, o->doc);
    }
    for (const struct pc_global *g = pc_globals; g->name; g++)
        offer(c, g->name, g->summary);
    offer(c, "--help", c->command ? "what the command does" : "all commands");
    if (!c->command)
        offer(c, "--version", "the version of the program");
}

/* What stands for the value of the option that the first `n` bytes of `word` are, or NULL
 * when they are no option with a value. */
static const char *value_of(const struct pc_command *command, const char *word, size_t n)
{
    for (const struct pc_global *g = pc_globals; g->name; g++)
        if (strlen(g->name) == n && strncmp(g->name, word, n) == 0)
            return g->value;
    if (n < 2 || strncmp(word, "--", 2) != 0)
        return NULL;
    for (const struct argp_option *o = options_of(command); o->name; o++)
        if (strlen(o->name) == n - 2 && strncmp(o->name, word + 2, n - 2) == 0)
            return o->arg;
    return NULL;
}

/* What asks for a picture needs no command (see command_word() in main.c). */
static bool asks_for_picture(const char *word)
{
    return strncmp(word, "--dump-screen", strlen("--dump-screen")) == 0;
}

/* Read the words before the last one.  Gives what stands for the last one when it is the
 * value of an option, else NULL. */
static const char *read_words(struct completion *c, bool *known)
{
    static const char pack[] = "--pack";
    const char *value = NULL;
    for (size_t i = 0; i < c->n; i++) {
        const char *word = c->words[i];
        if (strncmp(word, pack, strlen(pack)) == 0 && word[strlen(pack)] == '=')
            c->pack = word + strlen(pack) + 1;
        if (value) {
            c->pack = strcmp(c->words[i - 1], pack) == 0 ? word : c->pack;
            value = NULL;
        } else if (word[0] == '-') {
            value = value_of(c->command, word, strlen(word));
            if (!c->command && asks_for_picture(word))
                c->command = pc_find_command("browse", NULL);
        } else if (!c->command) {
            c->command = pc_find_command(word, NULL);
            *known = *known && c->command;
        } else {
            c->argument++;
            c->topic = word;
        }
    }
    return value;
}

static bool wants_picture(const struct completion *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (asks_for_picture(c->words[i]))
            return true;
    return false;
}

/* The word that stands for the argument at the place, the caller owns it: "EXERCISE..." of
 * "[EXERCISE...]", which goes on for ever; NULL when there is none. */
static char *argument_of(const struct completion *c)
{
    const char *rest = c->command->arguments;
    if (c->command->run == pc_cmd_browse && wants_picture(c))
        rest = "EXERCISE";
    for (size_t i = 0;; i++) {
        rest += strspn(rest, " ");
        size_t n = strcspn(rest, " ");
        if (n == 0)
            return NULL;
        bool optional = rest[0] == '[';
        PC_AUTO(pc_auto_free) char *word =
            pc_strndup(rest + optional, n - (optional ? 2 : 0));
        if (i == c->argument || strstr(word, "..."))
            return PC_TAKE(word);
        rest += n;
    }
}

/* Words that are typed as they are: "new|verify". */
static void offer_words(struct completion *c, char *words)
{
    char *rest = NULL;
    for (char *w = strtok_r(words, "|", &rest); w; w = strtok_r(NULL, "|", &rest))
        offer(c, w, NULL);
}

static void give_argument(struct completion *c)
{
    PC_AUTO(pc_auto_free) char *argument = argument_of(c);
    if (!argument || !give(c, argument)) {
        if (argument && islower((unsigned char)argument[0]))
            offer_words(c, argument);
        else if (!argument && !*c->last)
            give_options(c);
    }
}

static void complete(struct completion *c)
{
    bool known = true;
    const char *value = read_words(c, &known);
    const char *equals = c->last[0] == '-' ? strchr(c->last, '=') : NULL;
    PC_AUTO(pc_auto_free) char *front = NULL;
    if (!value && equals) {
        value = value_of(c->command, c->last, (size_t)(equals - c->last));
        front = pc_strndup(c->last, (size_t)(equals - c->last) + 1);
        c->front = front;
        c->last = equals + 1;
        if (!value)
            return;
    }
    if (value)
        give(c, value);
    else if (c->last[0] == '-')
        give_options(c);
    else if (!known)
        return;
    else if (c->command)
        give_argument(c);
    else
        give_commands(c);
}

enum pc_code pc_cmd_complete(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err)
{
    if (argc < 2 || strcmp(argv[1], "--") != 0)
        return pc_fail(err, PC_USAGE, "complete is for shells: complete -- WORD..."),
               PC_USAGE;
    struct completion c = {
        .shell = shell,
        .words = argv + 2,
        .n = argc > 3 ? (size_t)argc - 3 : 0,
        .last = argc > 2 ? argv[argc - 1] : "",
        .front = "",
    };
    complete(&c);
    bool ok = pc_print(pc_str_get(&c.out), err);
    pc_str_fini(&c.out);
    return ok ? PC_PASSED : err->code;
}
