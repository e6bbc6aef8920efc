#include "cli/globals.h"
#include "cli/shell.h"
#include "tui/browser.h"

enum pc_code pc_cmd_browse(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    static const struct argp argp = {
        .options = pc_no_options,
        .parser = pc_parse_words,
        .doc = "Open the course on the full screen.\vWith --plain, PERFCOURSE_PLAIN=1 or "
               "TERM=dumb it is `perfcourse dialogue` instead: the course by typed words."};
    struct pc_words words = {0};
    pc_parse_options(&argp, argc, argv, &words);
    bool too_many = words.n > 0;
    pc_words_fini(&words);
    if (too_many)
        return pc_fail(err, PC_USAGE, "browse takes no argument"), PC_USAGE;
    if (!pc_browse_is_possible())
        return pc_fail(err, PC_USAGE,
                       "this is no terminal for a full screen; `perfcourse list` "
                       "shows what there is"),
               PC_USAGE;
    if (!pc_shell_workspace(shell, err))
        return err->code;
    struct pc_term_spec spec = {.ascii = pc_is_ascii(), .theme = pc_theme_wanted()};
    return pc_browse(shell->engine, shell->loop, &spec, err);
}
