/* list, show, help: what can be told without building anything. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/units.h"
#include "base/wrap.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "report/progress.h"

/* Columns where the last one of a table begins, or where its lines go on. */
enum { NAMES = 9, PLACES = 11, SUMMARIES = 25 };

static const char *level_name(enum pc_level level)
{
    static const char *const names[] = {
        [PC_WARMUP] = "warm-up", [PC_CORE] = "core", [PC_STRETCH] = "stretch"};
    return names[level];
}

static void list_exercise(struct pc_str *out, struct pc_engine *engine,
                          const struct pc_exercise *e)
{
    char id[16], standing[PC_STANDING_MAX];
    struct pc_status status = pc_engine_status(engine, e);
    pc_str_addf(out, "  %-6s %-18s %-8s %-13s %s\n", pc_exercise_id(e, id), e->name,
                level_name(e->level), pc_format_standing(&status, standing), e->title);
}

const struct argp pc_list_argp = {.options = pc_no_options,
                                  .parser = pc_parse_words,
                                  .args_doc = "[TOPIC...]",
                                  .doc = "List the topics, their exercises and how far you "
                                         "are with each."};

enum pc_code pc_cmd_list(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_list_argp, argc, argv, &words);
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool ok = pc_choose_exercises(shell, words.items, words.n, &chosen, &n, err);
    struct pc_str out = {0};
    for (size_t i = 0; ok && i < shell->course->n_topics; i++) {
        const struct pc_topic *t = &shell->course->topics[i];
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
            list_exercise(&out, shell->engine, &t->exercises[k]);
        }
    }
    pc_words_fini(&words);
    free(chosen);
    if (!ok)
        return pc_str_fini(&out), err->code;
    return pc_print_lines(&out, NAMES, err);
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
    char a[PC_LIMIT_TEXT];
    pc_str_addf(out, "  %-11s %s", l->metric, pc_limit_text(l, a));
    if (!isnan(l->gold))
        pc_str_addf(out, ", gold %s", pc_format_metric(l->gold, l->metric, a));
    pc_str_adds(out, l->stat == PC_STAT_MEAN ? " on average\n" : "\n");
}

static void show_growth(struct pc_str *out, const struct pc_growth_limit *g)
{
    char a[PC_UNITS_MAX];
    if (!g->set)
        return;
    pc_str_addf(out, "  growth      at most %s", pc_format_exponent(g->max, a));
    if (!isnan(g->gold))
        pc_str_addf(out, ", gold %s", pc_format_exponent(g->gold, a));
    pc_str_addf(out, " (n = %zu to %zu)\n", g->sizes[0], g->sizes[g->n - 1]);
}

static void show_hotspot(struct pc_str *out, const char *constant)
{
    if (constant[0])
        pc_str_addf(out, "  hotspot     %s names where the starter's time goes\n",
                    constant);
}

/* Where things are, and how to go on. */
static void show_places(struct pc_str *out, const struct pc_shell *shell,
                        const struct pc_exercise *e)
{
    PC_AUTO(pc_auto_free) char *kernel = pc_engine_kernel(shell->engine, e);
    char id[16];
    pc_exercise_id(e, id);
    pc_str_addf(out,
                "\nEdit       %s\n"
                "Contract   %s.h in the same folder says what it must do\n"
                "Bench      bench.c in the same folder is what measures it\n"
                "Check      perfcourse check %s\n",
                kernel, e->name, id);
    if (e->n_hints > 0)
        pc_str_addf(out, "Hints      perfcourse hint %s, each time the next of %zu\n", id,
                    e->n_hints);
}

static enum pc_code show(struct pc_shell *shell, const char *word, struct pc_err *err)
{
    const struct pc_exercise *e = pc_choose_one(shell, word, err);
    struct pc_limits limits = {0};
    if (!e || !pc_engine_limits(shell->engine, e, &limits, err) ||
        !pc_shell_workspace(shell, err))
        return pc_limits_fini(&limits), err->code;
    struct pc_str out = {0};
    char id[16];
    PC_AUTO(pc_auto_free) char *story = pc_strfmt(
        "%s %s: %s (%s)\n\n%s\n\nGoals, besides a right and memory-safe result:\n",
        pc_exercise_id(e, id), e->name, e->title, level_name(e->level), e->story);
    pc_wrap_prose(&out, story, pc_prose_width());
    show_speed(&out, &limits.speedup);
    show_growth(&out, &limits.growth);
    for (size_t i = 0; i < limits.n; i++)
        show_limit(&out, &limits.items[i]);
    show_hotspot(&out, limits.hotspot);
    show_places(&out, shell, e);
    pc_limits_fini(&limits);
    return pc_print_lines(&out, PLACES, err);
}

/* Commands that take exactly one exercise. */
static const char *only_word(const struct argp *argp, int argc, char **argv,
                             struct pc_words *words)
{
    pc_parse_options(argp, argc, argv, words);
    return words->n == 1 ? words->items[0] : NULL;
}

const struct argp pc_show_argp = {.options = pc_no_options,
                                  .parser = pc_parse_words,
                                  .args_doc = "EXERCISE",
                                  .doc = "Show the story, the goals and the file to edit."};

enum pc_code pc_cmd_show(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    const char *word = only_word(&pc_show_argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (word)
        code = show(shell, word, err);
    else
        pc_fail(err, PC_USAGE, "name one exercise, such as `perfcourse show 07.1`");
    pc_words_fini(&words);
    return code;
}

enum pc_code pc_cmd_help(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    /* The word of `perfcourse --help` is taken for help too, with its option. */
    if (argc > 1 && argv[1][0] != '-') {
        const struct pc_command *c = pc_find_command(argv[1], err);
        if (!c)
            return err->code;
        PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse %s", c->name);
        char help[] = "--help", *words[] = {name, help, NULL};
        if (c->argp)
            return c->run(shell, 2, words, err);
    }
    struct pc_str out = {0};
    pc_str_adds(&out, "perfcourse: a course in software performance\n\n"
                      "usage: perfcourse COMMAND [OPTION...] [ARGUMENT...]\n\n");
    for (const struct pc_command *c = pc_commands; c->name; c++) {
        if (!c->summary)
            continue;
        PC_AUTO(pc_auto_free) char *form = pc_strfmt("%s %s", c->name, c->arguments);
        pc_str_addf(&out, "  %-22s %s\n", form, c->summary);
    }
    pc_str_adds(&out, "\nEvery command takes --help, and:\n");
    for (const struct pc_global *g = pc_globals; g->name; g++) {
        PC_AUTO(pc_auto_free) char *form =
            pc_strfmt("%s %s", g->name, g->value ? g->value : "");
        pc_str_addf(&out, "  %-22s %s\n", form, g->summary);
    }
    pc_str_adds(&out, "\n"
                      "EXERCISE is 07.1, or the beginning of a name such as join.\n"
                      "Begin with: perfcourse show 07.1\n");
    return pc_print_lines(&out, SUMMARIES, err);
}
