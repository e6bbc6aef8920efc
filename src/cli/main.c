#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "loop/loop.h"

const struct pc_command pc_commands[] = {
    {.name = "browse",
     .arguments = "",
     .summary = "the course on the full screen, as without a command",
     .argp = &pc_browse_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_browse},
    {.name = "dialogue",
     .arguments = "",
     .summary = "the course by typed words, as with --plain",
     .argp = &pc_dialogue_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_dialogue},
    {.name = "check",
     .arguments = "[EXERCISE...]",
     .summary = "build, test, count, time and judge",
     .argp = &pc_check_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_check},
    {.name = "watch",
     .arguments = "[EXERCISE...]",
     .summary = "check a kernel after each save",
     .argp = &pc_watch_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_watch},
    {.name = "bench",
     .arguments = "EXERCISE|FILE...",
     .summary = "run benches and print Go's format, for compare",
     .argp = &pc_bench_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_bench},
    {.name = "profile",
     .arguments = "EXERCISE|FILE",
     .summary = "where a kernel spends its time",
     .argp = &pc_profile_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_profile},
    {.name = "compare",
     .arguments = "OLD [NEW]",
     .summary = "two files of benchmark results, or a summary of one",
     .argp = &pc_compare_argp,
     .needs = PC_NEEDS_NOTHING,
     .run = pc_cmd_compare},
    {.name = "escape",
     .arguments = "EXERCISE|FILE...",
     .summary = "which allocations the compiler removes, and which stay",
     .argp = &pc_escape_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_escape},
    {.name = "list",
     .arguments = "[TOPIC...]",
     .summary = "the topics and their exercises",
     .argp = &pc_list_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_list},
    {.name = "show",
     .arguments = "EXERCISE",
     .summary = "the story, the goals and the file to edit",
     .argp = &pc_show_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_show},
    {.name = "hint",
     .arguments = "EXERCISE",
     .summary = "the next hint, each tells more",
     .argp = &pc_hint_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_hint},
    {.name = "read",
     .arguments = "TOPIC[.PAGE]",
     .summary = "a page of a lesson",
     .argp = &pc_read_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_read},
    {.name = "experiment",
     .arguments = "TOPIC [NAME]",
     .summary = "an experiment of a lesson, measured here and now",
     .argp = &pc_experiment_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_experiment},
    {.name = "cards",
     .arguments = "[TOPIC]",
     .summary = "questions about what was read; those that went wrong first",
     .argp = &pc_cards_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_cards},
    {.name = "progress",
     .arguments = "[EXERCISE...]",
     .summary = "what is passed, tried and open; of one exercise its attempts",
     .argp = &pc_progress_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_progress},
    {.name = "export",
     .arguments = "[FILE]",
     .summary = "all of your progress as text",
     .argp = &pc_export_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_export},
    {.name = "import",
     .arguments = "FILE",
     .summary = "add the progress of another machine",
     .argp = &pc_import_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_import},
    {.name = "init",
     .arguments = "[FOLDER]",
     .summary = "make a workspace with all exercises",
     .argp = &pc_init_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_init},
    {.name = "edit",
     .arguments = "EXERCISE",
     .summary = "your file in $VISUAL or $EDITOR",
     .argp = &pc_edit_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_edit},
    {.name = "diff",
     .arguments = "EXERCISE",
     .summary = "what you changed since the start",
     .argp = &pc_diff_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_diff},
    {.name = "solution",
     .arguments = "EXERCISE",
     .summary = "our solution, after a pass",
     .argp = &pc_solution_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_solution},
    {.name = "reset",
     .arguments = "EXERCISE...",
     .summary = "put the starter back, keeping your file for undo",
     .argp = &pc_reset_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_reset},
    {.name = "undo",
     .arguments = "EXERCISE...",
     .summary = "bring back what reset put aside",
     .argp = &pc_undo_argp,
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_undo},
    {.name = "doctor",
     .arguments = "",
     .summary = "what this machine has, and how far its timings can be trusted",
     .argp = &pc_doctor_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_doctor},
    {.name = "dev",
     .arguments = "new|verify WHAT",
     .summary = "for authors: a new topic or exercise; the course certified",
     .argp = &pc_dev_argp,
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP | PC_MAY_BE_EMPTY,
     .run = pc_cmd_dev},
    {.name = "help",
     .arguments = "[COMMAND]",
     .summary = "this overview, or the options of a command",
     .needs = PC_NEEDS_NOTHING,
     .run = pc_cmd_help},
    {.name = "complete",
     .arguments = "-- [WORD...]",
     .needs = PC_NEEDS_NOTHING,
     .run = pc_cmd_complete},
    {.name = "manual",
     .arguments = "FRAME",
     .needs = PC_NEEDS_NOTHING,
     .run = pc_cmd_manual},
    {0},
};

const struct pc_command *pc_find_command(const char *name, struct pc_err *err)
{
    const char *names[PC_COUNT(pc_commands)];
    size_t n = 0;
    for (const struct pc_command *c = pc_commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
        if (c->summary)
            names[n++] = c->name;
    }
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(name, names, n);
    if (near)
        pc_fail(err, PC_USAGE, "there is no command \"%s\"; did you mean %s?", name, near);
    else
        pc_fail(err, PC_USAGE, "there is no command \"%s\"; see `perfcourse help`", name);
    return NULL;
}

static void warn_of_broken_topics(const struct pc_engine *engine)
{
    for (char *const *p = pc_engine_broken_topics(engine); p && *p; p++)
        pc_complain("a topic is left out: %s", *p);
}

static bool meet_needs(struct pc_shell *shell, unsigned needs, struct pc_err *err)
{
    if (needs == PC_NEEDS_NOTHING)
        return true;
    if ((needs & PC_NEEDS_LOOP) && !(shell->loop = pc_loop_create(err)))
        return false;
    struct pc_engine_spec spec = {.loop = shell->loop,
                                  .workspace = shell->workspace_option,
                                  .pack = pc_pack_wanted(),
                                  .may_be_empty = needs & PC_MAY_BE_EMPTY};
    if (!(shell->engine = pc_engine_create(&spec, err)))
        return false;
    shell->course = pc_engine_course(shell->engine);
    warn_of_broken_topics(shell->engine);
    return true;
}

static void shell_fini(struct pc_shell *shell)
{
    pc_engine_free(shell->engine);
    if (shell->loop)
        pc_loop_free(shell->loop);
}

/* Whether a word is an option of browse, which may stand alone: `perfcourse --no-watch`. */
static bool is_of_browse(const char *word)
{
    static const char *const names[] = {"--dump-screen", "--size", "--no-watch"};
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (strncmp(word, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static bool has_option_of_browse(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (is_of_browse(argv[i]))
            return true;
    return false;
}

/* Options that stand alone are for help.  The course's own front end suits its surroundings
 * also when it was asked for by name; in a pipe that is a mistake, which it says. */
static const char *command_word(int argc, char **argv)
{
    if (argc < 2)
        return pc_front_end();
    if (is_of_browse(argv[1]))
        return "browse";
    if (strcmp(argv[1], "browse") == 0 && !has_option_of_browse(argc, argv) &&
        strcmp(pc_front_end(), "dialogue") == 0)
        return "dialogue";
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "-?") == 0)
        return "help";
    return argv[1];
}

/* Help is given before anything is looked for or made, also by a broken installation. */
static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-?") == 0 ||
            strcmp(argv[i], "--usage") == 0)
            return true;
    return false;
}

static enum pc_code run(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    if (!pc_globals_take(&argc, argv, &shell->workspace_option, err))
        return err->code;
    pc_globals_set_locale();
    const char *word = command_word(argc, argv);
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return pc_print("perfcourse " PACKAGE_VERSION "\n", err) ? PC_PASSED : err->code;
    const struct pc_command *command = pc_find_command(word, err);
    if (!command)
        return err->code;
    PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse %s", command->name);
    int skip = argc > 1 && !is_of_browse(argv[1]) ? 1 : 0;
    argv[skip] = name;
    if (!asks_for_help(argc, argv) &&
        (!pc_globals_check(err) || !meet_needs(shell, command->needs, err)))
        return err->code;
    return command->run(shell, argc - skip, argv + skip, err);
}

/* Whoever starts us without standard streams shall not have our files and pipes in their
 * place.  These are the wrong way round on purpose: reading and writing them fails. */
static void fill_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
            _exit(PC_ENVIRONMENT);
}

/* argp prints help and exits; what it could not write shows here. */
static void complain_of_lost_output(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    if (errno == EPIPE)
        _exit(PC_READER_GONE);
    pc_complain("cannot write to standard output");
    _exit(PC_ENVIRONMENT);
}

/* Whatever the shell says: we can use what we make, and nobody else can write it. */
static void choose_mask(void)
{
    mode_t given = umask(S_IWOTH);
    umask((given | S_IWOTH) & ~(mode_t)S_IRWXU);
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    atexit(complain_of_lost_output);
    choose_mask();
    /* Output without a reader and files that are too large are errors like others. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    argp_err_exit_status = PC_USAGE;
    struct pc_shell shell = {0};
    struct pc_err err = {0};
    enum pc_code code = run(&shell, argc, argv, &err);
    pc_shell_say_note(&shell);
    if (err.msg[0])
        pc_complain("%s", err.msg);
    shell_fini(&shell);
    return (int)code;
}
