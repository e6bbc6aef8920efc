#include "benchfmt/atoms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* FNV-1a (Fowler, Noll and Vo, 1991). */
static uint64_t hash_of(const unsigned char *bytes, size_t n)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * 0x100000001b3;
    return hash ^ hash >> 32;
}

/* The slot of these bytes, or the free one where they belong. */
static uint32_t *find(const struct pc_atoms *atoms, const void *bytes, size_t n,
                      uint64_t hash)
{
    size_t mask = atoms->n_slots - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &atoms->slots[at];
        if (*slot == 0)
            return slot;
        const struct pc_atom *atom = &atoms->items[*slot - 1];
        if (atom->hash == hash && atom->length == n && memcmp(atom->bytes, bytes, n) == 0)
            return slot;
    }
}

/* At most half of the slots are taken, so that the search above is short and ends. */
static void grow(struct pc_atoms *atoms)
{
    enum { FEWEST = 64 };
    if (2 * (atoms->n + 1) <= atoms->n_slots)
        return;
    free(atoms->slots);
    atoms->n_slots = atoms->n_slots ? 2 * atoms->n_slots : FEWEST;
    atoms->slots = pc_alloc_array(atoms->n_slots, sizeof *atoms->slots);
    for (size_t i = 0; i < atoms->n; i++) {
        const struct pc_atom *atom = &atoms->items[i];
        *find(atoms, atom->bytes, atom->length, atom->hash) = (uint32_t)i + 1;
    }
}

uint32_t pc_atoms_add(struct pc_atoms *atoms, const void *bytes, size_t n)
{
    grow(atoms);
    uint64_t hash = hash_of(bytes, n);
    uint32_t *slot = find(atoms, bytes, n, hash);
    if (*slot == 0) {
        struct pc_atom *atom = PC_PUSH(atoms);
        atom->bytes = pc_alloc(n + 1);
        memcpy(atom->bytes, bytes, n);
        atom->length = n;
        atom->hash = hash;
        *slot = (uint32_t)atoms->n;
    }
    return *slot - 1;
}

const char *pc_atoms_text(const struct pc_atoms *atoms, uint32_t number)
{
    return atoms->items[number].bytes;
}

void pc_atoms_fini(struct pc_atoms *atoms)
{
    for (size_t i = 0; i < atoms->n; i++)
        free(atoms->items[i].bytes);
    free(atoms->items);
    free(atoms->slots);
    *atoms = (struct pc_atoms){0};
}
