/*
 * How large the types and stack frames of a kernel are, from its debug information.
 *
 * A frame is what unwinding has to know about it: the largest distance between the stack
 * pointer and where the caller's was, the return address included.  For gcc that is the
 * number of -fstack-usage (clang's leaves the return address out), and it needs neither a
 * further option nor a further file.  What a function calls is not part of it.
 */
#ifndef PC_PROFILE_EXTENTS_H
#define PC_PROFILE_EXTENTS_H

#include "profile/symbols.h"

enum pc_extent_found {
    PC_EXTENT_FOUND,
    PC_EXTENT_ABSENT,  /* there is nothing of this name */
    PC_EXTENT_UNKNOWN, /* it is there, and its size cannot be told */
};

/* Of the struct, union or typedef `name`: sizeof, and how many of these bytes belong to no
 * member.  A member counts whole, whatever holes its own type has. */
enum pc_extent_found pc_extent_type(struct pc_symbols *symbols, const char *name,
                                    double *size, double *padding);

/* Of the function `name`.  UNKNOWN when its frame has no fixed size: alloca, an array of
 * variable length, a frame that is aligned anew. */
enum pc_extent_found pc_extent_stack(struct pc_symbols *symbols, const char *name,
                                     double *bytes);

#endif
