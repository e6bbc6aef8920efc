#include "cli/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

void pc_parse_options(const struct argp *argp, int argc, char **argv, void *input)
{
    argp_parse(argp, argc, argv, 0, NULL, input);
}

const struct argp_option pc_no_options[] = {{0}};

error_t pc_parse_words(int key, char *arg, struct argp_state *state)
{
    if (key != ARGP_KEY_ARG)
        return ARGP_ERR_UNKNOWN;
    pc_words_add(state->input, arg);
    return 0;
}

bool pc_choose_exercises(const struct pc_app *app, char *const *words, size_t n_words,
                         const struct pc_exercise ***chosen, size_t *n, struct pc_err *err)
{
    for (size_t i = 0; i < n_words; i++) {
        if (pc_course_choose(app->course, words[i], chosen, n, err))
            continue;
        /* The word may be right and its topic unreadable. */
        char *const *broken = pc_engine_broken_topics(app->engine);
        if (broken && broken[0] && err)
            err->code = PC_ENVIRONMENT;
        return false;
    }
    return true;
}

const struct pc_exercise *pc_choose_one(const struct pc_app *app, const char *word,
                                        struct pc_err *err)
{
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    char *words[] = {pc_strdup(word)};
    const struct pc_exercise *one = NULL;
    if (pc_choose_exercises(app, words, 1, &chosen, &n, err)) {
        if (n == 1)
            one = chosen[0];
        else
            pc_fail(err, PC_USAGE,
                    "\"%s\" is a topic of %zu exercises; name one of them, such "
                    "as %s",
                    word, n, n ? chosen[0]->name : "07.1");
    }
    free(words[0]);
    free(chosen);
    return one;
}

const char *pc_app_need_workspace(struct pc_app *app, struct pc_err *err)
{
    bool made;
    const char *dir = pc_engine_workspace(app->engine, &made, err);
    if (dir && made) {
        PC_AUTO(pc_auto_free) char *line =
            pc_strfmt("perfcourse: made your workspace %s\n", dir);
        pc_complain(line);
    }
    return dir;
}

enum pc_use pc_use_of(const char *word)
{
    if (!word)
        return PC_USE_LEARNERS;
    if (strcmp(word, "starter") == 0)
        return PC_USE_STARTER;
    if (strcmp(word, "reference") == 0)
        return PC_USE_REFERENCE;
    return PC_USE_FILE;
}

bool pc_print(const char *text)
{
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0;
}

void pc_complain(const char *text)
{
    fflush(stdout);
    fputs(text, stderr);
}

bool pc_output_is_live(void)
{
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0 &&
           !getenv("PERFCOURSE_PLAIN");
}

bool pc_output_has_color(void)
{
    const char *no = getenv("NO_COLOR");
    return pc_output_is_live() && !(no && *no);
}
