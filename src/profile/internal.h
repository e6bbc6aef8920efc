/*
 * What the files of this part share: an object file that is open.
 */
#ifndef PC_PROFILE_INTERNAL_H
#define PC_PROFILE_INTERNAL_H

#include <elfutils/libdw.h>
#include <libelf.h>

struct pc_symbols {
    int fd; /* stays open: the file may be removed while we ask */
    Elf *elf;
    Dwarf *dwarf; /* NULL without debug information */
};

#endif
