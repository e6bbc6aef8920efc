/*
 * Flags for libraries that an exercise needs, asked of pkg-config and kept in the cache.
 */
#ifndef PC_TOOLCHAIN_PACKAGES_H
#define PC_TOOLCHAIN_PACKAGES_H

#include "base/err.h"
#include "toolchain/args.h"

struct pc_loop;
struct pc_packages;

/* `done` gets the flags, valid during the call, or the reason that they are not known. */
struct pc_packages *
pc_packages_find(struct pc_loop *loop, const struct pc_words *names, const char *cache,
                 void (*done)(void *ctx, const struct pc_words *cflags,
                              const struct pc_words *libs, const struct pc_err *err),
                 void *ctx);

/* Stop and free it; only before `done`.  NULL is fine. */
void pc_packages_cancel(struct pc_packages *packages);

#endif
