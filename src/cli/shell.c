#include "cli/shell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/wrap.h"
#include "cli/globals.h"
#include "markup/ascii.h"
#include "tui/term.h"

void pc_parse_options(const struct argp *argp, int argc, char **argv, void *input)
{
    argp_parse(argp, argc, argv, 0, NULL, input);
}

const struct argp_option pc_no_options[] = {{0}};

uint64_t pc_parse_whole(const char *arg, const char *name, uint64_t most,
                        struct argp_state *state)
{
    char *end;
    errno = 0;
    uint64_t value = strtoull(arg, &end, 0);
    if (errno || end == arg || *end || arg[0] == '-' || value > most)
        argp_error(state, "%s needs a whole number up to %llu, not \"%s\"", name,
                   (unsigned long long)most, arg);
    return value;
}

error_t pc_parse_words(int key, char *arg, struct argp_state *state)
{
    if (key != ARGP_KEY_ARG)
        return ARGP_ERR_UNKNOWN;
    pc_words_add(state->input, arg);
    return 0;
}

/* A word that leads nowhere may be right, and its topic unreadable. */
static void blame_broken_topics(const struct pc_shell *shell, struct pc_err *err)
{
    char *const *broken = pc_engine_broken_topics(shell->engine);
    if (broken && broken[0] && err)
        err->code = PC_ENVIRONMENT;
}

const struct pc_topic *pc_choose_topic(const struct pc_shell *shell, const char *word,
                                       struct pc_err *err)
{
    const struct pc_topic *topic = pc_course_topic(shell->course, word, err);
    if (!topic)
        blame_broken_topics(shell, err);
    return topic;
}

bool pc_choose_exercises(const struct pc_shell *shell, char *const *words, size_t n_words,
                         const struct pc_exercise ***chosen, size_t *n, struct pc_err *err)
{
    for (size_t i = 0; i < n_words; i++) {
        if (pc_course_choose(shell->course, words[i], chosen, n, err))
            continue;
        blame_broken_topics(shell, err);
        return false;
    }
    return true;
}

const struct pc_exercise *pc_choose_one(const struct pc_shell *shell, const char *word,
                                        struct pc_err *err)
{
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    char *words[] = {pc_strdup(word)};
    const struct pc_exercise *one = NULL;
    if (pc_choose_exercises(shell, words, 1, &chosen, &n, err)) {
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

const char *pc_shell_workspace(struct pc_shell *shell, struct pc_err *err)
{
    bool made;
    const char *dir = pc_engine_workspace(shell->engine, &made, err);
    if (dir && made)
        pc_complain("made your workspace %s", dir);
    return dir;
}

void pc_shell_say_note(const struct pc_shell *shell)
{
    PC_AUTO(pc_auto_free) char *note =
        shell->engine ? pc_engine_progress_note(shell->engine) : NULL;
    if (note)
        pc_complain("%s", note);
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

/* Everything printed goes through here, so that nothing else has to think of it. */
static char *as_shown(const char *text)
{
    return pc_is_ascii() ? pc_ascii_text(text) : pc_strdup(text);
}

bool pc_print(const char *text, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *shown = as_shown(text);
    if (fputs(shown, stdout) >= 0 && fflush(stdout) == 0)
        return true;
    /* `| head` has read enough, which needs no words. */
    if (errno == EPIPE)
        pc_fail(err, PC_READER_GONE, "%s", "");
    else
        pc_fail_errno(err, "cannot write to standard output");
    clearerr(stdout);
    return false;
}

/* Lines that a screen reader reads are not broken. */
static size_t width_of(int fd)
{
    enum { LEAST = 20 };
    struct winsize size;
    if (pc_is_plain() || !isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return 0;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

enum pc_code pc_print_lines(struct pc_str *out, size_t indent, struct pc_err *err)
{
    struct pc_str broken = {0};
    PC_AUTO(pc_auto_free) char *shown = as_shown(pc_str_get(out));
    pc_wrap_add(&broken, shown,
                &(struct pc_wrap){.width = pc_output_width(), .indent = indent});
    bool ok = pc_print(pc_str_get(&broken), err);
    pc_str_fini(&broken);
    pc_str_fini(out);
    return ok ? PC_PASSED : err->code;
}

size_t pc_prose_width(void)
{
    enum { MOST = 92 };
    size_t width = pc_output_width();
    return width < MOST ? width : MOST;
}

void pc_complain(const char *fmt, ...)
{
    struct pc_str text = {0}, out = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_adds(&text, "perfcourse: ");
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    /* Names of files and words of others may be part of it. */
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(pc_str_get(&text), text.len, text.len + 1);
    PC_AUTO(pc_auto_free) char *shown = as_shown(harmless);
    pc_wrap_add(&out, shown,
                &(struct pc_wrap){.width = width_of(STDERR_FILENO), .indent = 4});
    fflush(stdout);
    fprintf(stderr, "%s\n", pc_str_get(&out));
    pc_str_fini(&text);
    pc_str_fini(&out);
}

size_t pc_output_width(void)
{
    return width_of(STDOUT_FILENO);
}

bool pc_output_is_live(void)
{
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0 &&
           !pc_is_plain();
}

bool pc_output_has_links(void)
{
    /* Terminals of before 2017 pass over links, but for these, which show them as text. */
    static const char *const without[] = {"linux", "vt", "ansi", "cons"};
    const char *term = getenv("TERM");
    bool links = term && pc_output_is_live();
    for (size_t i = 0; links && i < PC_COUNT(without); i++)
        links = strncmp(term, without[i], strlen(without[i])) != 0;
    return links;
}

bool pc_output_has_color(void)
{
    const char *no = getenv("NO_COLOR");
    return pc_output_is_live() && !(no && *no) && pc_term_has_colors();
}
