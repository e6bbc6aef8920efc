/* edit: the learner's kernel in the learner's editor. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "cli/program.h"
#include "cli/shell.h"

enum { NOT_FOUND = 127 };

/* VISUAL and EDITOR may hold arguments, so a shell splits them; the file is an argument of
 * its own, whatever is in its name. */
static const char script[] = "set -- ${VISUAL:-${EDITOR:-vi}} \"$1\"\n"
                             "command -v \"$1\" >/dev/null || exit 127\n"
                             "exec \"$@\"";

static const char *editor(void)
{
    const char *visual = getenv("VISUAL"), *name = getenv("EDITOR");
    return visual && *visual ? visual : name && *name ? name : "vi";
}

static bool run_editor(const char *kernel, struct pc_err *err)
{
    const char *const argv[] = {"sh", "-c", script, "sh", kernel, NULL};
    int status;
    if (!pc_program_run(argv, &status, err))
        return false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
        return pc_fail(err, PC_ENVIRONMENT,
                       "there is no editor \"%s\"; VISUAL or EDITOR names the one you use",
                       editor());
    if (WIFSIGNALED(status))
        return pc_fail(err, PC_ENVIRONMENT, "the editor ended by signal %d",
                       WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ||
           pc_fail(err, PC_ENVIRONMENT, "the editor ended with %d", WEXITSTATUS(status));
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

enum pc_code pc_cmd_edit(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    static const struct argp argp = {
        .options = pc_no_options,
        .parser = pc_parse_words,
        .args_doc = "EXERCISE",
        .doc = "Open your file in $VISUAL or $EDITOR, else vi.\vThe editor may have "
               "arguments: EDITOR=\"emacs -nw\"."};
    struct pc_words words = {0};
    pc_parse_options(&argp, argc, argv, &words);
    const struct pc_exercise *e = NULL;
    if (words.n == 1)
        e = pc_choose_one(shell, words.items[0], err);
    else
        pc_fail(err, PC_USAGE, "name one exercise, such as `perfcourse edit 07.1`");
    pc_words_fini(&words);
    return e ? edit(shell, e, err) : err->code;
}
