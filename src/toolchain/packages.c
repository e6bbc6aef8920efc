#include "toolchain/packages.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "loop/loop.h"
#include "toolchain/cache.h"
#include "toolchain/step.h"

enum { ANSWER_MS = 5000 };

struct pc_packages {
    struct pc_loop *loop;
    struct pc_words names;
    char *cache, *remembered;
    struct pc_timer *timer;
    struct pc_step *step;
    void (*done)(void *ctx, const struct pc_words *cflags, const struct pc_words *libs,
                 const struct pc_err *err);
    void *ctx;
};

void pc_packages_cancel(struct pc_packages *packages)
{
    if (!packages)
        return;
    pc_step_abandon(packages->step);
    pc_timer_free(packages->timer);
    pc_words_fini(&packages->names);
    free(packages->cache);
    free(packages->remembered);
    free(packages);
}

static void fail(struct pc_packages *packages, const struct pc_err *err)
{
    packages->done(packages->ctx, NULL, NULL, err);
    pc_packages_cancel(packages);
}

/* Options for the preprocessor go to every compilation, all others to the linker. */
static void succeed(struct pc_packages *packages, const char *flags)
{
    struct pc_words all = {0}, cflags = {0}, libs = {0};
    pc_args_add_split(&all, flags);
    for (size_t i = 0; i < all.n; i++) {
        const char *word = all.items[i];
        bool compiles = strncmp(word, "-I", 2) == 0 || strncmp(word, "-D", 2) == 0;
        pc_words_add(compiles ? &cflags : &libs, word);
    }
    packages->done(packages->ctx, &cflags, &libs, NULL);
    pc_words_fini(&all);
    pc_words_fini(&cflags);
    pc_words_fini(&libs);
    pc_packages_cancel(packages);
}

static void on_answer(void *ctx, const struct pc_step_end *end)
{
    struct pc_packages *packages = ctx;
    packages->step = NULL;
    if (end->ok) {
        /* Without a cache the question is only asked again. */
        pc_file_write_cache(packages->remembered, end->output, end->n, NULL);
        succeed(packages, end->output);
        return;
    }
    struct pc_err err = {0};
    if (end->trouble) {
        pc_fail(&err, PC_ENVIRONMENT,
                "%s; it tells where libraries are: does `pkg-config "
                "--version` work here?",
                end->trouble);
        fail(packages, &err);
        return;
    }
    struct pc_str names = {0};
    for (size_t i = 0; i < packages->names.n; i++)
        pc_str_addf(&names, "%s%s", i ? ", " : "", packages->names.items[i]);
    pc_fail(&err, PC_ENVIRONMENT,
            "this exercise needs %s, which pkg-config does not find: install its "
            "development package",
            pc_str_get(&names));
    pc_str_fini(&names);
    fail(packages, &err);
}

static void on_begin(void *ctx)
{
    struct pc_packages *packages = ctx;
    PC_AUTO(pc_auto_free) char *known = pc_cache_text(packages->remembered, NULL);
    if (known) {
        succeed(packages, known);
        return;
    }
    struct pc_err err = {0};
    struct pc_words argv = {0};
    pc_args_add_split(&argv, "pkg-config --silence-errors --cflags --libs");
    pc_words_add_list(&argv, &packages->names);
    struct pc_step_spec spec = {.argv = &argv,
                                .cwd = "/",
                                .tmp = packages->cache,
                                .wall_ms = ANSWER_MS,
                                .program = "pkg-config"};
    packages->step = pc_step_start(packages->loop, &spec, on_answer, packages, &err);
    pc_words_fini(&argv);
    if (packages->step)
        return;
    pc_while(&err, "pkg-config, which finds libraries, does not start (`apt install "
                   "pkg-config`)");
    fail(packages, &err);
}

struct pc_packages *
pc_packages_find(struct pc_loop *loop, const struct pc_words *names, const char *cache,
                 void (*done)(void *ctx, const struct pc_words *cflags,
                              const struct pc_words *libs, const struct pc_err *err),
                 void *ctx)
{
    char key[PC_HASH_HEX];
    const char *path = getenv("PKG_CONFIG_PATH");
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, path ? path : "");
    pc_args_hash(names, hash);
    pc_hash_finish(hash, key);
    struct pc_packages *packages = pc_alloc(sizeof *packages);
    packages->loop = loop;
    pc_words_add_list(&packages->names, names);
    packages->cache = pc_strdup(cache);
    packages->remembered = pc_cache_path(cache, key, ".packages");
    packages->done = done;
    packages->ctx = ctx;
    /* Also a remembered answer comes from the loop: callers see one order of events. */
    packages->timer = pc_timer_start(loop, 0, on_begin, packages);
    return packages;
}
