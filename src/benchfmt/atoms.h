/*
 * Texts as small numbers: a benchmark's name occurs in a file as often as it was run.
 *
 * Each text is kept once and has the number of its first occurrence, from 0.  A zeroed
 * struct is an empty set.
 */
#ifndef PC_BENCHFMT_ATOMS_H
#define PC_BENCHFMT_ATOMS_H

#include <stddef.h>
#include <stdint.h>

struct pc_atoms {
    struct pc_atom {
        char *bytes; /* NUL-terminated, which `length` does not count */
        size_t length;
        uint64_t hash;
    } * items;
    size_t n, cap;
    uint32_t *slots; /* numbers plus 1, 0 for a free one; a power of two of them */
    size_t n_slots;
};

/* The number of these bytes, a new one when they were not met before. */
uint32_t pc_atoms_add(struct pc_atoms *atoms, const void *bytes, size_t n);

/* The text of a number; it stays where it is until pc_atoms_fini(). */
const char *pc_atoms_text(const struct pc_atoms *atoms, uint32_t number);

void pc_atoms_fini(struct pc_atoms *atoms);

#endif
