#include "toolchain/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "toolchain/cache.h"
#include "toolchain/diagnostics.h"
#include "toolchain/step.h"

void pc_unit_init(struct pc_unit *unit, const struct pc_recipe *recipe,
                  const struct pc_source *source, const char *dir,
                  const char key[PC_HASH_HEX])
{
    *unit = (struct pc_unit){
        .source = source,
        .dir = dir,
        .object = pc_cache_path(recipe->tc->cache, key, ".o"),
        .log = pc_cache_path(recipe->tc->cache, key, ".log"),
        .json = recipe->tc->json,
        .recipe = recipe,
    };
}

void pc_unit_fini(struct pc_unit *unit)
{
    free(unit->object);
    free(unit->log);
    free(unit->output);
    free(unit->trouble);
}

static void keep_object(struct pc_unit *unit)
{
    PC_AUTO(pc_auto_free)
    char *made = pc_strfmt("%s/%s.o", unit->scratch, unit->source->name);
    bool silent = unit->output[0] == '\0' || strcmp(unit->output, "[]\n") == 0;
    /* The log goes first: an object in the cache has its warnings beside it. */
    if (silent ||
        pc_file_write_cache(unit->log, unit->output, strlen(unit->output), &unit->err))
        pc_cache_keep(made, unit->object, &unit->err);
}

static bool start(struct pc_unit *unit, struct pc_err *err);

static void on_compiled(void *ctx, const struct pc_step_end *end)
{
    struct pc_unit *unit = ctx;
    unit->step = NULL;
    /* gcc drops its JSON when it stops after -fmax-errors; as text the errors are there. */
    if (!end->ok && unit->json && !strstr(end->output, "[{") &&
        strstr(end->output, "due to -fmax-errors")) {
        unit->json = false;
        if (start(unit, NULL))
            return;
    }
    unit->failed = !end->ok;
    unit->output = pc_strndup(end->output, end->n);
    unit->trouble = end->trouble ? pc_strdup(end->trouble) : NULL;
    if (end->ok)
        keep_object(unit);
    else
        pc_step_lacked_means(end->output, &unit->err);
    unit->done(unit->ctx);
}

/* The compiler runs in the folder of the source and so names it as the learner does. */
static bool start(struct pc_unit *unit, struct pc_err *err)
{
    struct pc_words argv = {0};
    pc_recipe_compile(unit->recipe, unit->source, unit->scratch, unit->dir, unit->json,
                      &argv);
    PC_AUTO(pc_auto_free) char *cwd = pc_path_join(unit->scratch, unit->dir);
    struct pc_step_spec spec = {.argv = &argv,
                                .cwd = cwd,
                                .tmp = unit->scratch,
                                .wall_ms = unit->recipe->tc->compile_ms,
                                .program = "the compiler"};
    unit->step = pc_step_start(unit->loop, &spec, on_compiled, unit, err);
    pc_words_fini(&argv);
    return unit->step != NULL;
}

bool pc_unit_compile(struct pc_unit *unit, struct pc_loop *loop, const char *scratch,
                     void (*done)(void *ctx), void *ctx, struct pc_err *err)
{
    unit->loop = loop;
    unit->scratch = scratch;
    unit->done = done;
    unit->ctx = ctx;
    return start(unit, err);
}

void pc_unit_abandon(struct pc_unit *unit)
{
    pc_step_abandon(unit->step);
    unit->step = NULL;
}

void pc_unit_messages(struct pc_unit *unit, const struct pc_sources *sources,
                      struct pc_build *build)
{
    if (!unit->output)
        unit->output = pc_cache_text(unit->log, NULL);
    if (unit->output && unit->json)
        pc_diagnostics_json(build, sources, unit->output);
    else if (unit->output)
        pc_diagnostics_text(build, sources, unit->output);
}
