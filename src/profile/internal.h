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

/* The compilation unit that holds `address`. */
bool pc_symbols_unit(Dwarf *dwarf, Dwarf_Addr address, Dwarf_Die *unit);

/* Put the line of `address`, in the innermost function around it, into `place`; nothing when
 * it is not known.  `function` may be NULL. */
void pc_symbols_line(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die *function,
                     struct pc_place *place);

/* The name of a source file as the learner knows it: builds map their folder to ".". */
void pc_symbols_file(char file[256], const char *path);

/* The function around `address` by the symbol tables. */
bool pc_symbols_named(struct pc_symbols *symbols, uint64_t address, struct pc_place *place);

#endif
