/*
 * What the files of this part share: an object file that is open.
 */
#ifndef PC_PROFILE_INTERNAL_H
#define PC_PROFILE_INTERNAL_H

#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/verdict.h"

struct pc_symbols {
    int fd; /* stays open: the file may be removed while we ask */
    Elf *elf;
    Dwarf *dwarf; /* NULL without debug information */
};

/* The function around `address` by the symbol tables. */
bool pc_symbols_named(struct pc_symbols *symbols, uint64_t address, struct pc_place *place);

/* The first entry called `name` at the top of a unit that `fits`. */
bool pc_names_find(Dwarf *dwarf, const char *name, bool (*fits)(Dwarf_Die *entry),
                   Dwarf_Die *found);

#endif
