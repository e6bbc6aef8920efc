#include "cli/dialogue.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/globals.h"
#include "cli/program.h"
#include "cli/typed.h"

bool pc_dialogue_say(struct pc_dialogue *dialogue, const char *fmt, ...)
{
    struct pc_str out = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&out, fmt, ap);
    va_end(ap);
    pc_str_adds(&out, "\n");
    return pc_print_lines(&out, 4, dialogue->err) == PC_PASSED;
}

bool pc_dialogue_list(struct pc_dialogue *dialogue)
{
    struct pc_str out = {0};
    pc_stop_name(&dialogue->place, &out);
    pc_str_adds(&out, "\n");
    struct pc_stop of = {.topic = dialogue->place.topic};
    pc_stop_list(&of, dialogue->shell->engine, &out);
    return pc_print_lines(&out, 4, dialogue->err) == PC_PASSED;
}

bool pc_dialogue_run(struct pc_dialogue *dialogue, const struct pc_words *words)
{
    struct pc_words argv = {0};
    pc_words_add(&argv, "/proc/self/exe");
    if (dialogue->shell->workspace_option)
        pc_words_addf(&argv, "--workspace=%s", dialogue->shell->workspace_option);
    pc_words_add_list(&argv, words);
    struct pc_err err;
    int status = 0;
    bool started = pc_program_run(pc_words_argv(&argv), &status, &err);
    pc_words_fini(&argv);
    if (!started)
        return pc_dialogue_say(dialogue, "%s", err.msg);
    if (WIFSIGNALED(status))
        return pc_dialogue_say(dialogue, "%s ended by signal %d", words->items[0],
                               WTERMSIG(status));
    if (WEXITSTATUS(status) == PC_INTERRUPTED)
        /* The terminal has shown ^C. */
        return pc_dialogue_say(dialogue, "%s%s is cancelled",
                               isatty(STDIN_FILENO) ? "\n" : "", words->items[0]);
    return true;
}

enum input { INPUT_LINE, INPUT_END, INPUT_INTERRUPTED };

/* Wait for a line, or for Ctrl-C, which `signals` tells. */
static enum input wait_for_line(int signals, struct pc_str *line)
{
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = signals, .events = POLLIN}};
    for (;;) {
        switch (pc_typed_take(line)) {
        case PC_TYPED_LINE:
            return INPUT_LINE;
        case PC_TYPED_END:
            return INPUT_END;
        case PC_TYPED_WAITS:
            break;
        }
        poll(fds, PC_COUNT(fds), -1);
        if (fds[1].revents)
            return INPUT_INTERRUPTED;
    }
}

static bool greet(struct pc_dialogue *dialogue)
{
    return pc_dialogue_say(dialogue,
                           "perfcourse, line mode; type a word: next goes on where you "
                           "are, help tells the others, quit ends") &&
           pc_dialogue_list(dialogue);
}

/* Read, obey, and so on.  Each line is shown behind its prompt, by the terminal or by us, so
 * that a log can be read. */
static enum pc_code converse(struct pc_dialogue *dialogue, int signals)
{
    bool ok = greet(dialogue);
    while (ok && !dialogue->over) {
        struct pc_str line = {0};
        if (!pc_print("> ", dialogue->err))
            break;
        enum input input = wait_for_line(signals, &line);
        if (input != INPUT_LINE) {
            pc_str_fini(&line);
            ok = pc_print("\n", dialogue->err);
            return input == INPUT_INTERRUPTED ? PC_INTERRUPTED
                   : ok                       ? PC_PASSED
                                              : dialogue->err->code;
        }
        ok = pc_typed_echo(&line, dialogue->err) &&
             pc_dialogue_obey(dialogue, pc_str_get(&line));
        pc_str_fini(&line);
        pc_shell_say_note(dialogue->shell);
    }
    return dialogue->over ? PC_PASSED : dialogue->err->code;
}

const struct argp pc_dialogue_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .doc = "Take the course by typed words.\vFor screen readers, dumb terminals and "
           "logs: plain lines, nothing drawn.  Words come from standard input, one line "
           "each; its end ends the dialogue.  `perfcourse --plain` is the same."};

enum pc_code pc_cmd_dialogue(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_dialogue_argp, argc, argv, &words);
    bool too_many = words.n > 0;
    pc_words_fini(&words);
    if (too_many)
        return pc_fail(err, PC_USAGE, "dialogue takes no argument"), PC_USAGE;
    /* Commands that it starts are plain, too. */
    setenv("PERFCOURSE_PLAIN", "1", 1);
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, NULL);
    PC_AUTO(pc_auto_close) int signals = signalfd(-1, &interrupt, SFD_CLOEXEC);
    if (signals < 0)
        return pc_fail_errno(err, "cannot watch for Ctrl-C"), err->code;
    struct pc_dialogue dialogue = {.shell = shell, .err = err};
    return converse(&dialogue, signals);
}
