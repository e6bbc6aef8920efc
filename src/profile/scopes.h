/*
 * The functions around an address of code, by its debug information.
 */
#ifndef PC_PROFILE_SCOPES_H
#define PC_PROFILE_SCOPES_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/verdict.h"
#include "profile/frames.h"

/* A function, and the place in it that the address belongs to: that of the code itself, or
 * where the function before was called that is inlined here. */
struct pc_scope {
    Dwarf_Die function;
    struct pc_place place;
};

/* The innermost one first; each but the last is inlined into the next.  Code without a
 * function around it has one scope, which is the unit and has no name. */
struct pc_scopes {
    Dwarf_Die unit;
    struct pc_scope items[PC_FRAMES_INLINED];
    size_t n;
};

/* False when no unit holds `address`.  Where more functions are nested than there is room
 * for, the outermost ones are missing.  Compilers mark code of no particular line with
 * line 0, and so it is here.  Files are named as the learner knows them, and no name can act
 * on a terminal. */
bool pc_scopes_find(struct pc_scopes *scopes, Dwarf *dwarf, Dwarf_Addr address);

/* Give code of no particular line the line before it inside the same function, which is the
 * best answer then; its place has no file when there is none. */
void pc_scopes_guess_line(struct pc_scopes *scopes, Dwarf_Addr address);

/* The name of an entry, NULL when it has none; of an inlined function or a definition that
 * of its declaration. */
const char *pc_scopes_name(Dwarf_Die *entry);

/* Where it is written: the file, "" when unknown, and its first line there, 0 when unknown. */
void pc_scopes_declared(Dwarf_Die *function, char file[256], int *line);

#endif
