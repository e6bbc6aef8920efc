/*
 * Content hashes that name cached files: 128 bits of XXH3 (Collet, 2021) by libxxhash.
 * They keep accidents apart, not attackers: the cache is the user's own.
 */
#ifndef PC_BASE_HASH_H
#define PC_BASE_HASH_H

#include <stddef.h>

struct pc_hash; /* a running hash */

enum { PC_HASH_HEX = 33 }; /* 32 hex digits and the NUL */

struct pc_hash *pc_hash_create(void);

/* Add a part together with its length, so that ("ab", "c") and ("a", "bc") differ. */
void pc_hash_add(struct pc_hash *hash, const void *data, size_t n);
void pc_hash_adds(struct pc_hash *hash, const char *text);

/* Write the hash of everything added, free `hash`. */
void pc_hash_finish(struct pc_hash *hash, char hex[PC_HASH_HEX]);

/* The hash of a single part: what is called the content of a file. */
void pc_hash_of(const void *data, size_t n, char hex[PC_HASH_HEX]);

#endif
