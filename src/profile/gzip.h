/*
 * Packed bytes: gzip (RFC 1952), for reading also zlib (RFC 1950).
 */
#ifndef PC_PROFILE_GZIP_H
#define PC_PROFILE_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Append `n` bytes packed; the same bytes always give the same. */
void pc_gzip_pack(const void *bytes, size_t n, struct pc_str *out);

/* Whether `bytes` begin as packed ones do. */
bool pc_gzip_is_packed(const void *bytes, size_t n);

/* Append what `n` packed bytes hold, one member after the other.  False with the reason when
 * they are damaged, cut off, or unpack to more than `max` bytes; PC_USAGE. */
bool pc_gzip_unpack(const void *bytes, size_t n, size_t max, struct pc_str *out,
                    struct pc_err *err);

#endif
