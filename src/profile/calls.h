/*
 * Where an object file calls certain functions: what relocations say of its code, and what
 * debug information says of those places.
 *
 * A relocation names the function, whatever the assembler's dialect, and its type tells a
 * call from a use of the address.  The object is read before it is linked, as afterwards
 * these names are gone.
 */
#ifndef PC_PROFILE_CALLS_H
#define PC_PROFILE_CALLS_H

#include "base/err.h"
#include "model/escape.h"

/* Read the relocatable object `path` and append its calls of functions for which
 * `wanted(name)` gives a name (that under which to list it), and the names of all that it
 * needs from elsewhere.  PC_ENVIRONMENT when it cannot
 * be read, holds no debug information, or is for a processor whose calls are not known. */
bool pc_calls_read(const char *path, const char *(*wanted)(const char *name),
                   struct pc_object_calls *calls, struct pc_err *err);

#endif
