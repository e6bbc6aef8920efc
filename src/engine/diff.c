#include "engine/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/words.h"
#include "loop/child.h"

enum { DIFF_WALL_MS = 10 * 1000, DIFF_OUTPUT_MAX = 4 << 20 };

/* The exit status of `diff` when the texts differ. */
enum { DIFF_DIFFERS = 1 };

struct pc_diff {
    struct pc_child *child;
    char *dir; /* holds the two texts while the program reads them */
    struct pc_str output, words;
    void (*done)(void *ctx, const char *text, const struct pc_err *trouble);
    void *ctx;
};

static void free_diff(struct pc_diff *diff)
{
    pc_child_abandon(diff->child);
    if (diff->dir)
        pc_file_remove_tree(diff->dir, NULL);
    free(diff->dir);
    pc_str_fini(&diff->output);
    pc_str_fini(&diff->words);
    free(diff);
}

void pc_diff_cancel(struct pc_diff *diff)
{
    if (diff)
        free_diff(diff);
}

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct pc_diff *diff = ctx;
    pc_str_add(stream == PC_OUT ? &diff->output : &diff->words, data, n);
}

static const char *why_not(const struct pc_diff *diff, const struct pc_child_end *end)
{
    if (end->why == PC_END_WALL)
        return "it took more than 10 s";
    if (end->why == PC_END_OUTPUT)
        return "it printed more than 4 MiB";
    if (end->why == PC_END_SIGNAL)
        return strsignal(end->status);
    return diff->words.len > 0 ? diff->words.s : "it did not say why";
}

static void on_done(void *ctx, const struct pc_child_end *end)
{
    struct pc_diff *diff = ctx;
    struct pc_err err;
    diff->child = NULL;
    if (end->why == PC_END_EXITED && end->status <= DIFF_DIFFERS) {
        diff->done(diff->ctx, pc_str_get(&diff->output), NULL);
    } else {
        pc_fail(&err, PC_ENVIRONMENT,
                "diff did not finish: %s (does the `diff` of diffutils "
                "come first in PATH?)",
                why_not(diff, end));
        diff->done(diff->ctx, NULL, &err);
    }
    free_diff(diff);
}

static bool make_dir(struct pc_engine *engine, struct pc_diff *diff, struct pc_err *err)
{
    if (!engine->cache && !(engine->cache = pc_cachedir(err)))
        return false;
    diff->dir = pc_path_join(engine->cache, "tmp.diff.XXXXXX");
    if (mkdtemp(diff->dir))
        return true;
    pc_fail(err, PC_ENVIRONMENT, "cannot make %s: %s", diff->dir, strerror(errno));
    free(PC_TAKE(diff->dir));
    return false;
}

static bool write_side(const struct pc_diff *diff, const char *name,
                       const struct pc_diff_side *side, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(diff->dir, name);
    return pc_file_write_cache(path, side->text, side->n, err);
}

static bool start(struct pc_engine *engine, struct pc_diff *diff,
                  const struct pc_diff_spec *spec, struct pc_err *err)
{
    static const struct pc_child_ops ops = {.data = on_data, .done = on_done};
    if (!make_dir(engine, diff, err) || !write_side(diff, "a", &spec->from, err) ||
        !write_side(diff, "b", &spec->to, err))
        return false;
    struct pc_words argv = {0};
    pc_words_add(&argv, "diff");
    pc_words_addf(&argv, "-U%d", spec->context);
    pc_words_addf(&argv, "--label=%s", spec->from.name);
    pc_words_addf(&argv, "--label=%s", spec->to.name);
    pc_words_add(&argv, "a");
    pc_words_add(&argv, "b");
    struct pc_child_spec child = {.argv = pc_words_argv(&argv),
                                  .cwd = diff->dir,
                                  .wall_ms = DIFF_WALL_MS,
                                  .output = DIFF_OUTPUT_MAX};
    diff->child = pc_child_start(engine->spec.loop, &child, &ops, diff, err);
    pc_words_fini(&argv);
    return diff->child || pc_while(err, "diff, of Debian's package diffutils");
}

struct pc_diff *pc_diff_start(struct pc_engine *engine, const struct pc_diff_spec *spec,
                              void (*done)(void *ctx, const char *text,
                                           const struct pc_err *trouble),
                              void *ctx, struct pc_err *err)
{
    struct pc_diff *diff = pc_alloc(sizeof *diff);
    diff->done = done;
    diff->ctx = ctx;
    if (start(engine, diff, spec, err))
        return diff;
    free_diff(diff);
    return NULL;
}
