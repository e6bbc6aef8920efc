/*
 * Profiles in pprof's format (profile.proto of github.com/google/pprof, gzipped), which
 * `go tool pprof`, speedscope and others open.
 *
 * What is written can be read back without a loss.  What pprof has no fields for (whose code
 * a function is, how many samples were taken and lost, operations of the bench, the source)
 * is in fields of our own, which other programs skip, and lose when they write the file anew.
 */
#ifndef PC_PROFILE_PPROF_H
#define PC_PROFILE_PPROF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "model/profile.h"

/* Append the profile as the bytes of a .pb.gz file.  The same profile gives the same bytes. */
void pc_pprof_encode(const struct pc_profile *profile, struct pc_str *out);

/* Write it to the file `path`. */
bool pc_pprof_write(const char *path, const struct pc_profile *profile, struct pc_err *err);

/* The reverse, of our files and of others', packed or not, into `profile`, which
 * pc_profile_fini() frees.  Names lose what a terminal could act on, and what is longer than
 * 4 KiB; code that others measured has no known owner, and their
 * values may be others than those of the kind (model/profile.h), as few as one.  False with the reason, PC_USAGE, when
 * the bytes are no profile, are damaged, or say what cannot be (an index that is not there,
 * negative values); there is nothing to free then.  Memory is bounded, whatever they say. */
bool pc_pprof_decode(const char *bytes, size_t n, struct pc_profile *profile,
                     struct pc_err *err);
bool pc_pprof_read(const char *path, struct pc_profile *profile, struct pc_err *err);

#endif
