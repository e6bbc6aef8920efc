/* list, show, hint, help: what can be told without building anything. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/units.h"
#include "base/wrap.h"
#include "cli/app.h"

/* Columns where the last one of a table begins, or where its lines go on. */
enum { NAMES = 9, PLACES = 11, SUMMARIES = 25 };

static const char *level_name(enum pc_level level)
{
    static const char *const names[] = {
        [PC_WARMUP] = "warm-up", [PC_CORE] = "core", [PC_STRETCH] = "stretch"};
    return names[level];
}

/* Print lines; on a terminal those that are too long go on below column `indent`. */
static enum pc_code print_and_free(struct pc_str *out, size_t indent, struct pc_err *err)
{
    struct pc_str broken = {0};
    pc_wrap_add(&broken, pc_str_get(out),
                &(struct pc_wrap){.width = pc_output_width(), .indent = indent});
    bool ok = pc_print(pc_str_get(&broken), err);
    pc_str_fini(&broken);
    pc_str_fini(out);
    return ok ? PC_PASSED : err->code;
}

static void list_exercise(struct pc_str *out, const struct pc_exercise *e)
{
    char id[16];
    pc_str_addf(out, "  %-6s %-18s %-8s %s\n", pc_exercise_id(e, id), e->name,
                level_name(e->level), e->title);
}

enum pc_code pc_cmd_list(struct pc_app *app, int argc, char **argv, struct pc_err *err)
{
    static const struct argp argp = {.options = pc_no_options,
                                     .parser = pc_parse_words,
                                     .args_doc = "[TOPIC...]",
                                     .doc = "List the topics and their exercises."};
    struct pc_words words = {0};
    pc_parse_options(&argp, argc, argv, &words);
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool ok = pc_choose_exercises(app, words.items, words.n, &chosen, &n, err);
    struct pc_str out = {0};
    for (size_t i = 0; ok && i < app->course->n_topics; i++) {
        const struct pc_topic *t = &app->course->topics[i];
        bool headed = false;
        for (size_t k = 0; k < t->n_exercises; k++) {
            bool wanted = words.n == 0;
            for (size_t j = 0; j < n; j++)
                wanted = wanted || chosen[j] == &t->exercises[k];
            if (!wanted)
                continue;
            if (!headed)
                pc_str_addf(&out, "%02d %s\n", t->number, t->title);
            headed = true;
            list_exercise(&out, &t->exercises[k]);
        }
    }
    pc_words_fini(&words);
    free(chosen);
    if (!ok)
        return pc_str_fini(&out), err->code;
    return print_and_free(&out, NAMES, err);
}

static void show_speed(struct pc_str *out, const struct pc_speed_limit *s)
{
    if (!s->set)
        return;
    pc_str_addf(out, "  speed-up    at least %gx over the starter", s->min);
    if (!isnan(s->silver))
        pc_str_addf(out, ", silver %gx", s->silver);
    if (!isnan(s->gold))
        pc_str_addf(out, ", gold %gx", s->gold);
    pc_str_adds(out, s->at ? "" : "\n");
    if (s->at)
        pc_str_addf(out, " (n = %zu)\n", s->at);
}

static void show_limit(struct pc_str *out, const struct pc_limit *l)
{
    char a[PC_UNITS_MAX];
    pc_str_addf(out, "  %-11s", l->metric);
    if (isfinite(l->max))
        pc_str_addf(out, " at most %s", pc_format_metric(l->max, l->metric, a));
    if (isfinite(l->min))
        pc_str_addf(out, "%s at least %s", isfinite(l->max) ? "," : "",
                    pc_format_metric(l->min, l->metric, a));
    if (!isnan(l->gold))
        pc_str_addf(out, ", gold %s", pc_format_metric(l->gold, l->metric, a));
    pc_str_adds(out, l->stat == PC_STAT_MEAN ? " on average\n" : "\n");
}

/* Very long lines are as hard to read as broken ones. */
static size_t prose_width(void)
{
    enum { MOST = 92 };
    size_t width = pc_output_width();
    return width < MOST ? width : MOST;
}

/* Where things are, and how to go on. */
static void show_places(struct pc_str *out, const struct pc_app *app,
                        const struct pc_exercise *e)
{
    PC_AUTO(pc_auto_free) char *kernel = pc_engine_kernel(app->engine, e);
    char id[16];
    pc_exercise_id(e, id);
    pc_str_addf(out,
                "\nEdit       %s\n"
                "Contract   %s.h in the same folder says what it must do\n"
                "Bench      bench.c in the same folder is what measures it\n"
                "Check      perfcourse check %s\n",
                kernel, e->name, id);
    if (e->n_hints > 0)
        pc_str_addf(out, "Hints      perfcourse hint %s --level N, with N from 1 to %zu\n",
                    id, e->n_hints);
}

static enum pc_code show(struct pc_app *app, const char *word, struct pc_err *err)
{
    const struct pc_exercise *e = pc_choose_one(app, word, err);
    struct pc_limits limits = {0};
    if (!e || !pc_engine_limits(app->engine, e, &limits, err) ||
        !pc_app_need_workspace(app, err))
        return pc_limits_fini(&limits), err->code;
    struct pc_str out = {0};
    char id[16];
    PC_AUTO(pc_auto_free) char *story = pc_strfmt(
        "%s %s: %s (%s)\n\n%s\n\nGoals, besides a right and memory-safe result:\n",
        pc_exercise_id(e, id), e->name, e->title, level_name(e->level), e->story);
    pc_wrap_prose(&out, story, prose_width());
    show_speed(&out, &limits.speedup);
    for (size_t i = 0; i < limits.n; i++)
        show_limit(&out, &limits.items[i]);
    show_places(&out, app, e);
    pc_limits_fini(&limits);
    return print_and_free(&out, PLACES, err);
}

/* Commands that take exactly one exercise. */
static const char *only_word(const struct argp *argp, int argc, char **argv,
                             struct pc_words *words)
{
    pc_parse_options(argp, argc, argv, words);
    return words->n == 1 ? words->items[0] : NULL;
}

enum pc_code pc_cmd_show(struct pc_app *app, int argc, char **argv, struct pc_err *err)
{
    static const struct argp argp = {.options = pc_no_options,
                                     .parser = pc_parse_words,
                                     .args_doc = "EXERCISE",
                                     .doc =
                                         "Show the story, the goals and the file to edit."};
    struct pc_words words = {0};
    const char *word = only_word(&argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (word)
        code = show(app, word, err);
    else
        pc_fail(err, PC_USAGE, "name one exercise, such as `perfcourse show 07.1`");
    pc_words_fini(&words);
    return code;
}

enum { KEY_LEVEL = 256 };

struct hint_options {
    struct pc_words words;
    int level;
};

static error_t parse_hint(int key, char *arg, struct argp_state *state)
{
    struct hint_options *o = state->input;
    char *end;
    switch (key) {
    case KEY_LEVEL:
        o->level = (int)strtol(arg, &end, 10);
        if (end == arg || *end || o->level < 1 || o->level > 99)
            argp_error(state, "--level needs a number from 1, not \"%s\"", arg);
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    case ARGP_KEY_END:
        if (o->words.n != 1)
            argp_error(state, "name one exercise, such as 07.1");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

enum pc_code pc_cmd_hint(struct pc_app *app, int argc, char **argv, struct pc_err *err)
{
    static const struct argp_option hint_options[] = {
        {"level", KEY_LEVEL, "N", 0, "How much to tell, from 1", 0}, {0}};
    static const struct argp argp = {.options = hint_options,
                                     .parser = parse_hint,
                                     .args_doc = "EXERCISE",
                                     .doc = "Give a hint; each level tells more."};
    struct hint_options o = {.level = 1};
    pc_parse_options(&argp, argc, argv, &o);
    const struct pc_exercise *e = pc_choose_one(app, o.words.items[0], err);
    pc_words_fini(&o.words);
    if (!e)
        return err->code;
    if (o.level > (int)e->n_hints)
        return pc_fail(err, PC_USAGE, "%s has %zu hint%s, there is no level %d", e->name,
                       e->n_hints, e->n_hints == 1 ? "" : "s", o.level),
               PC_USAGE;
    struct pc_str out = {0};
    char id[16];
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("hint %d of %zu: %s\n", o.level, e->n_hints, e->hints[o.level - 1]);
    pc_wrap_prose(&out, text, prose_width());
    if (o.level < (int)e->n_hints)
        pc_str_addf(&out, "more with: perfcourse hint %s --level %d\n",
                    pc_exercise_id(e, id), o.level + 1);
    return print_and_free(&out, 4, err);
}

enum pc_code pc_cmd_help(struct pc_app *app, int argc, char **argv, struct pc_err *err)
{
    /* The word of `perfcourse --help` is taken for help too, with its option. */
    if (argc > 1 && argv[1][0] != '-') {
        const struct pc_command *c = pc_find_command(argv[1], err);
        if (!c)
            return err->code;
        PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse %s", c->name);
        char help[] = "--help", *words[] = {name, help, NULL};
        if (c->run != pc_cmd_help)
            return c->run(app, 2, words, err);
    }
    struct pc_str out = {0};
    pc_str_adds(&out, "perfcourse: a course in software performance\n\n"
                      "usage: perfcourse COMMAND [OPTION...] [ARGUMENT...]\n\n");
    for (const struct pc_command *c = pc_commands; c->name; c++) {
        PC_AUTO(pc_auto_free) char *form = pc_strfmt("%s %s", c->name, c->arguments);
        pc_str_addf(&out, "  %-22s %s\n", form, c->summary);
    }
    pc_str_adds(&out,
                "\nEvery command takes --help, and --workspace FOLDER for your files.\n"
                "EXERCISE is 07.1, or the beginning of a name such as join.\n"
                "Begin with: perfcourse show 07.1\n");
    return print_and_free(&out, SUMMARIES, err);
}
