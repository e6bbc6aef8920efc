#include <stdlib.h>
#include <unistd.h>

#include "cli/shell.h"
#include "tui/browser.h"

bool pc_wants_full_screen(void)
{
    const char *plain = getenv("PERFCOURSE_PLAIN");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !(plain && *plain) &&
           pc_browse_is_possible();
}

enum pc_code pc_cmd_browse(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    static const struct argp argp = {
        .options = pc_no_options,
        .parser = pc_parse_words,
        .doc =
            "Open the course on the full screen.\vWithout a terminal, or with TERM=dumb or "
            "PERFCOURSE_PLAIN=1, use the other commands: each prints plain lines."};
    struct pc_words words = {0};
    pc_parse_options(&argp, argc, argv, &words);
    bool too_many = words.n > 0;
    pc_words_fini(&words);
    if (too_many)
        return pc_fail(err, PC_USAGE, "browse takes no argument"), PC_USAGE;
    if (!pc_wants_full_screen())
        return pc_fail(err, PC_USAGE,
                       "this is no terminal for a full screen; `perfcourse list` "
                       "shows what there is"),
               PC_USAGE;
    if (!pc_shell_workspace(shell, err))
        return err->code;
    return pc_browse(shell->engine, shell->loop, err);
}
