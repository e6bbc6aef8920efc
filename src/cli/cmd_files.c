/* init, reset, undo: the learner's files. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/shell.h"

const struct argp pc_init_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "[FOLDER]",
    .doc = "Make a workspace with the files of all exercises (default: the current "
           "folder).\vFiles that exist stay as they are."};

enum pc_code pc_cmd_init(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_init_argp, argc, argv, &words);
    const char *dir = words.n                   ? words.items[0]
                      : shell->workspace_option ? shell->workspace_option
                                                : ".";
    bool too_many = words.n > 1;
    size_t files = 0;
    const char *made = NULL;
    if (too_many)
        pc_fail(err, PC_USAGE, "init takes one folder, not %zu", words.n);
    else if (!*dir)
        pc_fail(err, PC_USAGE, "init needs the name of a folder, not an empty one");
    else
        made = pc_engine_init(shell->engine, dir, &files, err);
    pc_words_fini(&words);
    if (!made)
        return err->code;
    struct pc_str text = {0};
    pc_str_addf(&text, "workspace %s: %zu new file%s\n", made, files,
                files == 1 ? "" : "s");
    const struct pc_course *course = pc_engine_course(shell->engine);
    if (course->n_topics > 0 && course->topics[0].n_exercises > 0) {
        char id[16];
        pc_str_addf(&text, "begin with: perfcourse show %s\n",
                    pc_exercise_id(&course->topics[0].exercises[0], id));
    }
    bool printed = pc_print(pc_str_get(&text), err);
    pc_str_fini(&text);
    return printed ? PC_PASSED : err->code;
}

typedef bool file_action(struct pc_shell *shell, const struct pc_exercise *e,
                         struct pc_err *err);

static bool reset_one(struct pc_shell *shell, const struct pc_exercise *e,
                      struct pc_err *err)
{
    bool changed;
    if (!pc_engine_reset(shell->engine, e, &changed, err))
        return false;
    char id[16];
    pc_exercise_id(e, id);
    PC_AUTO(pc_auto_free) char *text =
        changed
            ? pc_strfmt("%s %s: the starter is back; `perfcourse undo %s` brings your file "
                        "back\n",
                        id, e->name, id)
            : pc_strfmt("%s %s: it is the starter already\n", id, e->name);
    return pc_print(text, err);
}

static bool undo_one(struct pc_shell *shell, const struct pc_exercise *e,
                     struct pc_err *err)
{
    if (!pc_engine_undo(shell->engine, e, err))
        return false;
    char id[16];
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%s %s: your file is back\n", pc_exercise_id(e, id), e->name);
    return pc_print(text, err);
}

/* Do `action` for each exercise named; the first failure ends it. */
static enum pc_code for_each(struct pc_shell *shell, const struct argp *argp, int argc,
                             char **argv, file_action *action, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(argp, argc, argv, &words);
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool ok = pc_choose_exercises(shell, words.items, words.n, &chosen, &n, err);
    if (ok && n == 0)
        ok = pc_fail(err, PC_USAGE, "say which exercise, such as 07.1");
    ok = ok && pc_shell_workspace(shell, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = action(shell, chosen[i], err);
    pc_words_fini(&words);
    free(chosen);
    return ok ? PC_PASSED : err->code;
}

const struct argp pc_reset_argp = {.options = pc_no_options,
                                   .parser = pc_parse_words,
                                   .args_doc = "EXERCISE...",
                                   .doc = "Put the starter back.\vYour file is kept; "
                                          "`perfcourse undo` brings it back."};

enum pc_code pc_cmd_reset(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    return for_each(shell, &pc_reset_argp, argc, argv, reset_one, err);
}

const struct argp pc_undo_argp = {.options = pc_no_options,
                                  .parser = pc_parse_words,
                                  .args_doc = "EXERCISE...",
                                  .doc = "Bring back what the latest reset put aside.\v"
                                         "Each undo goes one step further back."};

enum pc_code pc_cmd_undo(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    return for_each(shell, &pc_undo_argp, argc, argv, undo_one, err);
}
