/* progress, export, import: what is kept over restarts and machines. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/shell.h"
#include "report/progress.h"

/* The latest attempts at an exercise that are shown, and the largest text that is read. */
enum { HISTORY = 20, IMPORT_MAX = 256 << 20 };

enum { KEY_JSON = 256 };

struct progress_options {
    struct pc_words words;
    bool json;
};

static error_t parse_progress(int key, char *arg, struct argp_state *state)
{
    struct progress_options *o = state->input;
    switch (key) {
    case KEY_JSON:
        o->json = true;
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

struct rows {
    struct pc_progress_row *items;
    size_t n, cap;
};

static void add_row(struct rows *rows, struct pc_shell *shell, const struct pc_exercise *e)
{
    struct pc_progress_row *row = PC_PUSH(rows);
    row->exercise = e;
    row->status = pc_engine_status(shell->engine, e);
    bool same = rows->n > 1 && row[-1].exercise->topic == e->topic;
    row->cards = same ? row[-1].cards : pc_engine_card_status(shell->engine, e->topic);
}

static void add_all(struct rows *rows, struct pc_shell *shell)
{
    for (size_t i = 0; i < shell->course->n_topics; i++)
        for (size_t k = 0; k < shell->course->topics[i].n_exercises; k++)
            add_row(rows, shell, &shell->course->topics[i].exercises[k]);
}

static bool add_chosen(struct rows *rows, struct pc_shell *shell,
                       const struct pc_words *words, struct pc_err *err)
{
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool ok = pc_choose_exercises(shell, words->items, words->n, &chosen, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        add_row(rows, shell, chosen[i]);
    free(chosen);
    return ok;
}

static void add_text(struct pc_str *out, struct pc_shell *shell, const struct rows *rows)
{
    pc_progress_text(rows->items, rows->n, out);
    if (rows->n != 1)
        return;
    struct pc_attempts attempts =
        pc_engine_history(shell->engine, rows->items[0].exercise, HISTORY);
    if (attempts.n > 0)
        pc_str_addf(out, "\nlatest attempt%s:\n", attempts.n == 1 ? "" : "s");
    pc_history_text(&attempts, out);
    pc_attempts_fini(&attempts);
}

static const struct argp_option progress_options[] = {
    {"json", KEY_JSON, NULL, 0, "Print one JSON document instead of lines", 0}, {0}};

const struct argp pc_progress_argp = {
    .options = progress_options,
    .parser = parse_progress,
    .args_doc = "[EXERCISE...]",
    .doc = "Show what is passed, tried and open.\vOf a single exercise the latest "
           "attempts are shown, too."};

enum pc_code pc_cmd_progress(struct pc_shell *shell, int argc, char **argv,
                             struct pc_err *err)
{
    struct progress_options o = {0};
    pc_parse_options(&pc_progress_argp, argc, argv, &o);
    struct rows rows = {0};
    struct pc_str out = {0};
    bool ok = true;
    if (o.words.n > 0)
        ok = add_chosen(&rows, shell, &o.words, err);
    else
        add_all(&rows, shell);
    if (ok && o.json) {
        PC_AUTO(pc_auto_free) char *json = pc_progress_json(rows.items, rows.n);
        ok = pc_print(json, err);
    } else if (ok) {
        add_text(&out, shell, &rows);
        ok = pc_print_lines(&out, 4, err) == PC_PASSED;
    }
    pc_words_fini(&o.words);
    free(rows.items);
    return ok ? PC_PASSED : err->code;
}

/* An earlier export is replaced; whatever else has this name is not. */
static bool may_replace(const char *path, struct pc_err *err)
{
    static const char begin[] = "{\"perfcourse\":\"progress\"";
    if (!pc_file_exists(path))
        return true;
    PC_AUTO(pc_auto_free) char *old = pc_file_read(path, IMPORT_MAX, NULL, err);
    if (old && strncmp(old, begin, strlen(begin)) == 0)
        return true;
    return pc_fail(err, PC_USAGE, "%s exists and is no export of perfcourse", path);
}

static enum pc_code export_to(struct pc_shell *shell, const char *path, struct pc_err *err)
{
    size_t n;
    if (path && !may_replace(path, err))
        return err->code;
    PC_AUTO(pc_auto_free) char *text = pc_engine_export(shell->engine, &n, err);
    bool ok = text && (path ? pc_file_write(path, text, n, err) : pc_print(text, err));
    return ok ? PC_PASSED : err->code;
}

const struct argp pc_export_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "[FILE]",
    .doc = "Write all of your progress as text, to standard output or to a file.\vIt "
           "holds your kernels as they were checked; `perfcourse import` reads it."};

enum pc_code pc_cmd_export(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_export_argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (words.n > 1)
        pc_fail(err, PC_USAGE, "export takes one file, not %zu", words.n);
    else
        code = export_to(shell, words.n ? words.items[0] : NULL, err);
    pc_words_fini(&words);
    return code;
}

static enum pc_code import_from(struct pc_shell *shell, const char *path,
                                struct pc_err *err)
{
    size_t n;
    struct pc_import added;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, IMPORT_MAX, &n, err);
    if (!text)
        return err->code = PC_USAGE;
    if (!pc_engine_import(shell->engine, text, n, &added, err)) {
        pc_while(err, "%s", err->code == PC_USAGE ? path : "progress");
        return err->code;
    }
    struct pc_str out = {0};
    pc_str_addf(
        &out,
        "new: %zu attempt%s, %zu pass%s, %zu hint%s, %zu prediction%s, %zu answer%s, "
        "%zu other\n",
        added.attempts, added.attempts == 1 ? "" : "s", added.passes,
        added.passes == 1 ? "" : "es", added.hints, added.hints == 1 ? "" : "s",
        added.predictions, added.predictions == 1 ? "" : "s", added.answers,
        added.answers == 1 ? "" : "s", added.others);
    return pc_print_lines(&out, 4, err);
}

const struct argp pc_import_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "FILE",
    .doc = "Add the progress that `perfcourse export` wrote.\vWhat is here already "
           "stays; of a file that is not whole nothing is taken."};

enum pc_code pc_cmd_import(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_import_argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (words.n != 1)
        pc_fail(err, PC_USAGE, "name one file that `perfcourse export` wrote");
    else
        code = import_from(shell, words.items[0], err);
    pc_words_fini(&words);
    return code;
}
