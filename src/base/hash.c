#include "base/hash.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/mem.h"

struct pc_hash {
    XXH3_state_t *state;
};

struct pc_hash *pc_hash_create(void)
{
    struct pc_hash *hash = pc_alloc(sizeof *hash);
    hash->state = XXH3_createState();
    if (!hash->state || XXH3_128bits_reset(hash->state) != XXH_OK)
        abort();
    return hash;
}

void pc_hash_add(struct pc_hash *hash, const void *data, size_t n)
{
    uint64_t len = n;
    XXH3_128bits_update(hash->state, &len, sizeof len);
    XXH3_128bits_update(hash->state, data, n);
}

void pc_hash_adds(struct pc_hash *hash, const char *text)
{
    pc_hash_add(hash, text, strlen(text));
}

void pc_hash_finish(struct pc_hash *hash, char hex[PC_HASH_HEX])
{
    XXH128_hash_t h = XXH3_128bits_digest(hash->state);
    snprintf(hex, PC_HASH_HEX, "%016" PRIx64 "%016" PRIx64, (uint64_t)h.high64,
             (uint64_t)h.low64);
    XXH3_freeState(hash->state);
    free(hash);
}

void pc_hash_of(const void *data, size_t n, char hex[PC_HASH_HEX])
{
    struct pc_hash *hash = pc_hash_create();
    pc_hash_add(hash, data, n);
    pc_hash_finish(hash, hex);
}
