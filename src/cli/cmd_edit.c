/* edit: the learner's kernel in the learner's editor. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/program.h"
#include "cli/shell.h"
#include "tui/term.h"

enum { NOT_RUN = 126, NOT_FOUND = 127 }; /* as the exit status of a shell */

/* A shell finds the editor; it says why it cannot. */
static bool run_editor(const char *kernel, struct pc_err *err)
{
    struct pc_words argv = {0};
    pc_engine_editor(kernel, 0, &argv);
    int status = 0;
    bool started = pc_program_run(pc_words_argv(&argv), &status, err);
    pc_words_fini(&argv);
    if (!started)
        return false;
    pc_term_tidy(STDOUT_FILENO, WIFSIGNALED(status));
    if (WIFSIGNALED(status))
        return pc_fail(err, PC_ENVIRONMENT, "the editor ended by signal %d (%s)",
                       WTERMSIG(status), strsignal(WTERMSIG(status)));
    int code = WEXITSTATUS(status);
    if (code == NOT_FOUND)
        return pc_fail(err, PC_ENVIRONMENT,
                       "the editor was not found; VISUAL or EDITOR names yours");
    if (code == NOT_RUN)
        return pc_fail(err, PC_ENVIRONMENT,
                       "the editor may not be executed; VISUAL or EDITOR names another");
    return code == 0 || pc_fail(err, PC_ENVIRONMENT, "the editor ended with %d", code);
}

static char *source(struct pc_shell *shell, const struct pc_exercise *e, struct pc_err *err)
{
    size_t n;
    return pc_engine_source(shell->engine, e, PC_USE_LEARNERS, NULL, &n, err);
}

static enum pc_code edit(struct pc_shell *shell, const struct pc_exercise *e,
                         struct pc_err *err)
{
    char id[16];
    if (!pc_shell_workspace(shell, err))
        return err->code;
    PC_AUTO(pc_auto_free) char *kernel = pc_engine_kernel(shell->engine, e);
    PC_AUTO(pc_auto_free) char *before = source(shell, e, err);
    if (!before || !run_editor(kernel, err))
        return err->code;
    PC_AUTO(pc_auto_free) char *after = source(shell, e, err);
    if (!after)
        return err->code;
    bool changed = strcmp(before, after) != 0;
    pc_exercise_id(e, id);
    PC_AUTO(pc_auto_free) char *text =
        changed ? pc_strfmt("%s %s: changed; `perfcourse check %s` judges it\n", id,
                            e->name, id)
                : pc_strfmt("%s %s: unchanged\n", id, e->name);
    return pc_print(text, err) ? PC_PASSED : err->code;
}

const struct argp pc_edit_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "EXERCISE",
    .doc = "Open your file in $VISUAL or $EDITOR, else vi.\vThe editor may have "
           "arguments: EDITOR=\"emacs -nw\"."};

enum pc_code pc_cmd_edit(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_edit_argp, argc, argv, &words);
    const struct pc_exercise *e = NULL;
    if (words.n == 1)
        e = pc_choose_one(shell, words.items[0], err);
    else
        pc_fail(err, PC_USAGE, "name one exercise, such as `perfcourse edit 07.1`");
    pc_words_fini(&words);
    return e ? edit(shell, e, err) : err->code;
}
