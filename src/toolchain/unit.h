/*
 * One source file on its way to an object in the cache.
 */
#ifndef PC_TOOLCHAIN_UNIT_H
#define PC_TOOLCHAIN_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/verdict.h"
#include "toolchain/recipe.h"

struct pc_loop;
struct pc_step;

struct pc_unit {
    const struct pc_source *source;
    const char *dir;    /* below the scratch folder */
    char *object, *log; /* in the cache; the log holds what the compiler said */
    /* After compiling: */
    bool failed;
    char *output;  /* what the compiler said; read from the log when nothing was compiled */
    char *trouble; /* the limit that it ran into, or NULL */
    struct pc_err err; /* code 0, or why the machine could not do it */
    /* While it is compiled: */
    bool json;
    struct pc_loop *loop;
    const struct pc_recipe *recipe;
    const char *scratch;
    struct pc_step *step;
    void (*done)(void *ctx);
    void *ctx;
};

void pc_unit_init(struct pc_unit *unit, const struct pc_recipe *recipe,
                  const struct pc_source *source, const char *dir,
                  const char key[PC_HASH_HEX]);
void pc_unit_fini(struct pc_unit *unit);

/* Compile in `scratch`, where the sources lie, and put the object into the cache; `done` is
 * called from the loop.  False when the compiler cannot be started. */
bool pc_unit_compile(struct pc_unit *unit, struct pc_loop *loop, const char *scratch,
                     void (*done)(void *ctx), void *ctx, struct pc_err *err);
void pc_unit_abandon(struct pc_unit *unit);

/* Add what the compiler said, now or when the object was made. */
void pc_unit_messages(struct pc_unit *unit, const struct pc_sources *sources,
                      struct pc_build *build);

#endif
