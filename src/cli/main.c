#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/shell.h"
#include "loop/loop.h"

const struct pc_command pc_commands[] = {
    {.name = "browse",
     .arguments = "",
     .summary = "the course on the full screen, as without a command",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_browse},
    {.name = "check",
     .arguments = "[EXERCISE...]",
     .summary = "build, test, count, time and judge",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_check},
    {.name = "watch",
     .arguments = "[EXERCISE...]",
     .summary = "check a kernel after each save",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_watch},
    {.name = "bench",
     .arguments = "EXERCISE",
     .summary = "run the benches of an exercise in Go's format",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_bench},
    {.name = "list",
     .arguments = "[TOPIC...]",
     .summary = "the topics and their exercises",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_list},
    {.name = "show",
     .arguments = "EXERCISE",
     .summary = "the story, the goals and the file to edit",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_show},
    {.name = "hint",
     .arguments = "EXERCISE",
     .summary = "the next hint, each tells more",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_hint},
    {.name = "read",
     .arguments = "TOPIC[.PAGE]",
     .summary = "a page of a lesson",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_read},
    {.name = "experiment",
     .arguments = "TOPIC [NAME]",
     .summary = "an experiment of a lesson, measured here and now",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_experiment},
    {.name = "cards",
     .arguments = "[TOPIC]",
     .summary = "questions about what was read; those that went wrong first",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_cards},
    {.name = "progress",
     .arguments = "[EXERCISE...]",
     .summary = "what is passed, tried and open; of one exercise its attempts",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_progress},
    {.name = "export",
     .arguments = "[FILE]",
     .summary = "all of your progress as text",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_export},
    {.name = "import",
     .arguments = "FILE",
     .summary = "add the progress of another machine",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_import},
    {.name = "init",
     .arguments = "[FOLDER]",
     .summary = "make a workspace with all exercises",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_init},
    {.name = "reset",
     .arguments = "EXERCISE...",
     .summary = "put the starter back, keeping your file for undo",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_reset},
    {.name = "undo",
     .arguments = "EXERCISE...",
     .summary = "bring back what reset put aside",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_undo},
    {.name = "doctor",
     .arguments = "",
     .summary = "what this machine has, and how far its timings can be trusted",
     .needs = PC_NEEDS_COURSE | PC_NEEDS_LOOP,
     .run = pc_cmd_doctor},
    {.name = "dev",
     .arguments = "new WHAT",
     .summary = "a new topic or exercise, for authors",
     .needs = PC_NEEDS_COURSE,
     .run = pc_cmd_dev},
    {.name = "help",
     .arguments = "[COMMAND]",
     .summary = "this overview, or the options of a command",
     .needs = PC_NEEDS_NOTHING,
     .run = pc_cmd_help},
    {0},
};

const struct pc_command *pc_find_command(const char *name, struct pc_err *err)
{
    const char *names[PC_COUNT(pc_commands)];
    size_t n = 0;
    for (const struct pc_command *c = pc_commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
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
                                  .workspace = shell->workspace_option};
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

/* Take --workspace DIR out of the words, wherever it stands before "--". */
static bool take_workspace_option(struct pc_shell *shell, int *argc, char **argv,
                                  struct pc_err *err)
{
    static const char name[] = "--workspace";
    int kept = 0;
    for (int i = 0; i < *argc; i++) {
        bool alone = strcmp(argv[i], name) == 0;
        if (strcmp(argv[i], "--") == 0) {
            while (i < *argc)
                argv[kept++] = argv[i++];
        } else if (strncmp(argv[i], "--workspace=", sizeof name) == 0) {
            shell->workspace_option = argv[i] + sizeof name;
        } else if (alone) {
            shell->workspace_option = i + 1 < *argc ? argv[++i] : "";
        } else {
            argv[kept++] = argv[i];
        }
    }
    if (shell->workspace_option && !*shell->workspace_option)
        return pc_fail(err, PC_USAGE, "--workspace needs a folder");
    argv[kept] = NULL;
    *argc = kept;
    return true;
}

/* Without a command there is the full screen, or the list; options that stand alone are for
 * help. */
static const char *command_word(int argc, char **argv)
{
    if (argc < 2)
        return pc_wants_full_screen() ? "browse" : "list";
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
    if (!take_workspace_option(shell, &argc, argv, err))
        return err->code;
    const char *word = command_word(argc, argv);
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return pc_print("perfcourse " PACKAGE_VERSION "\n", err) ? PC_PASSED : err->code;
    const struct pc_command *command = pc_find_command(word, err);
    if (!command)
        return err->code;
    PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse %s", command->name);
    int skip = argc > 1 ? 1 : 0;
    argv[skip] = name;
    if (!asks_for_help(argc, argv) && !meet_needs(shell, command->needs, err))
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
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    pc_complain("cannot write to standard output");
    _exit(PC_ENVIRONMENT);
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    atexit(complain_of_lost_output);
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
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
