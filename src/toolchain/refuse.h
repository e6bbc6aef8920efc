/*
 * What a kernel may not do, read from its text before it is compiled and from its object
 * before it is linked.
 *
 * This keeps accidents and easy tricks out of the verdict: compiler settings that only one
 * side of a comparison would get, files from outside, allocators and clocks that the hosts
 * could not see.  The jail of the hosts is what holds against the rest.
 */
#ifndef PC_TOOLCHAIN_REFUSE_H
#define PC_TOOLCHAIN_REFUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/verdict.h"
#include "toolchain/source.h"

/* Names that an exercise allows all the same; "static" allows large static data. */
struct pc_allowed {
    char **names;
    size_t n;
};

bool pc_is_allowed(const struct pc_allowed *allowed, const char *name);

/* Add an error for each thing that the text of the kernel may not hold. */
void pc_refuse_text(struct pc_build *build, const struct pc_sources *sources,
                    const struct pc_allowed *allowed);

/* The same for the ELF64 object that the kernel compiled to.  `sanitized` objects hold
 * what the sanitizers add: constructors and large data say nothing there.  False with a
 * reason when it is no such object. */
bool pc_refuse_object(struct pc_build *build, const void *object, size_t n, bool sanitized,
                      const struct pc_sources *sources, const struct pc_allowed *allowed,
                      struct pc_err *err);

#endif
