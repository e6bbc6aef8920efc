/*
 * The shell's commands: a table of rows, a dispatcher that meets their needs.
 */
#ifndef PC_CLI_SHELL_H
#define PC_CLI_SHELL_H

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/words.h"
#include "engine/engine.h"
#include "model/course.h"

/* What a command has when it runs: only what its row asks for. */
struct pc_shell {
    const char *workspace_option; /* --workspace, NULL when not given */
    struct pc_loop *loop;
    struct pc_engine *engine;
    const struct pc_course *course; /* the engine's */
};

enum pc_needs {
    PC_NEEDS_NOTHING = 0,
    PC_NEEDS_COURSE = 1, /* the engine, with the course */
    PC_NEEDS_LOOP = 2,   /* jobs are run; implies the course */
    PC_MAY_BE_EMPTY = 4, /* a pack without a topic will do */
};

struct pc_command {
    const char *name;
    const char *arguments; /* for the overview: "[EXERCISE...]"; completion reads it, too */
    const char *summary;   /* NULL: for programs, the overview is silent about it */
    const struct argp *argp; /* its options; NULL when it has none */
    unsigned needs;          /* of enum pc_needs */
    /* `argv[0]` is "perfcourse NAME".  Gives the exit code; when `err` is filled in, the
     * dispatcher prints it. */
    enum pc_code (*run)(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
};

/* All commands, ended by a row without a name. */
extern const struct pc_command pc_commands[];

/* NULL with the nearest names when there is none of this name. */
const struct pc_command *pc_find_command(const char *name, struct pc_err *err);

/* The options of the commands, which stand beside what reads them. */
extern const struct argp pc_bench_argp;
extern const struct argp pc_compare_argp;
extern const struct argp pc_browse_argp;
extern const struct argp pc_cards_argp;
extern const struct argp pc_check_argp;
extern const struct argp pc_dev_argp;
extern const struct argp pc_dialogue_argp;
extern const struct argp pc_diff_argp;
extern const struct argp pc_doctor_argp;
extern const struct argp pc_edit_argp;
extern const struct argp pc_escape_argp;
extern const struct argp pc_experiment_argp;
extern const struct argp pc_export_argp;
extern const struct argp pc_hint_argp;
extern const struct argp pc_import_argp;
extern const struct argp pc_init_argp;
extern const struct argp pc_list_argp;
extern const struct argp pc_profile_argp;
extern const struct argp pc_progress_argp;
extern const struct argp pc_read_argp;
extern const struct argp pc_reset_argp;
extern const struct argp pc_show_argp;
extern const struct argp pc_solution_argp;
extern const struct argp pc_undo_argp;
extern const struct argp pc_watch_argp;

enum pc_code pc_cmd_check(struct pc_shell *shell, int argc, char **argv,
                          struct pc_err *err);
enum pc_code pc_cmd_browse(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);
enum pc_code pc_cmd_dialogue(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err);
enum pc_code pc_cmd_watch(struct pc_shell *shell, int argc, char **argv,
                          struct pc_err *err);
enum pc_code pc_cmd_bench(struct pc_shell *shell, int argc, char **argv,
                          struct pc_err *err);
enum pc_code pc_cmd_compare(struct pc_shell *shell, int argc, char **argv,
                            struct pc_err *err);
enum pc_code pc_cmd_escape(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);
enum pc_code pc_cmd_list(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_show(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_hint(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_read(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_experiment(struct pc_shell *shell, int argc, char **argv,
                               struct pc_err *err);
enum pc_code pc_cmd_cards(struct pc_shell *shell, int argc, char **argv,
                          struct pc_err *err);
enum pc_code pc_cmd_profile(struct pc_shell *shell, int argc, char **argv,
                            struct pc_err *err);
enum pc_code pc_cmd_progress(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err);
enum pc_code pc_cmd_export(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);
enum pc_code pc_cmd_import(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);
enum pc_code pc_cmd_init(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_edit(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_diff(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_solution(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err);
enum pc_code pc_cmd_reset(struct pc_shell *shell, int argc, char **argv,
                          struct pc_err *err);
enum pc_code pc_cmd_undo(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_doctor(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);
enum pc_code pc_cmd_dev(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_help(struct pc_shell *shell, int argc, char **argv, struct pc_err *err);
enum pc_code pc_cmd_complete(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err);
enum pc_code pc_cmd_manual(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);

/* Parse the options of a command.  `--workspace` is understood by all of them and taken out
 * before they see it.  Ends the program with PC_USAGE after a message when they are wrong,
 * and with 0 after --help. */
void pc_parse_options(const struct argp *argp, int argc, char **argv, void *input);

/* Exercises chosen by words, into an array that the caller frees; PC_USAGE, or
 * PC_ENVIRONMENT when a topic that might be meant is broken. */
bool pc_choose_exercises(const struct pc_shell *shell, char *const *words, size_t n_words,
                         const struct pc_exercise ***chosen, size_t *n, struct pc_err *err);

/* The topic that a word selects, by the same rule. */
const struct pc_topic *pc_choose_topic(const struct pc_shell *shell, const char *word,
                                       struct pc_err *err);

/* The same for a command that takes exactly one. */
const struct pc_exercise *pc_choose_one(const struct pc_shell *shell, const char *word,
                                        struct pc_err *err);

/* The page that a word such as "07.2" or "strings" names, from 1; NULL with PC_USAGE. */
const struct pc_topic *pc_choose_page(const struct pc_shell *shell, const char *word,
                                      size_t *page, struct pc_err *err);

/* Find the workspace, and say so when it was made.  Commands call it once their options are
 * known to be right, so that a slip of the keys makes nothing.  Gives its folder, NULL with
 * the reason. */
const char *pc_shell_workspace(struct pc_shell *shell, struct pc_err *err);

/* Say what the store of the progress has to say, if there is something new.  The dispatcher
 * does it at the end; a command that takes long does it when it happens. */
void pc_shell_say_note(const struct pc_shell *shell);

/* An argp parser for commands that take only words; input is a struct pc_words. */
extern const struct argp_option pc_no_options[];
error_t pc_parse_words(int key, char *arg, struct argp_state *state);

/* The whole number that the option `name` was given, 0 to `most`; else an argp error. */
uint64_t pc_parse_whole(const char *arg, const char *name, uint64_t most,
                        struct argp_state *state);

/* "starter" and "reference" are kernels of the course, anything else is a file. */
enum pc_use pc_use_of(const char *word);

/* Write text to standard output at once, spelled in ASCII where nothing else can be shown; fails when the reader is gone or the disk full. */
bool pc_print(const char *text, struct pc_err *err);

/* Print lines and free them; on a terminal those that are too long go on below column
 * `indent`. */
enum pc_code pc_print_lines(struct pc_str *out, size_t indent, struct pc_err *err);

/* Columns for prose: very long lines are as hard to read as broken ones. */
size_t pc_prose_width(void);

/* "perfcourse: ..." as a line on standard error, broken to the width of a terminal. */
void pc_complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Columns of the terminal that standard output is; 0 when lines must not be broken, because
 * it is none or a screen reader reads it. */
size_t pc_output_width(void);

/* Whether standard output is a terminal that can rewrite a line, and wants colours. */
bool pc_output_is_live(void);
bool pc_output_has_color(void);

/* Whether it is one that takes links (OSC 8). */
bool pc_output_has_links(void);

#endif
