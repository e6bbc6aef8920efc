/*
 * From addresses in an object file to function, file and line (DWARF by libdw).
 */
#ifndef PC_PROFILE_SYMBOLS_H
#define PC_PROFILE_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/verdict.h"

/* Debug information of one file; opened once, asked often. */
struct pc_symbols;

/* NULL with a reason when the file cannot be read as ELF.  Without debug information places
 * have a function but no line. */
struct pc_symbols *pc_symbols_open(const char *object, struct pc_err *err);
void pc_symbols_free(struct pc_symbols *symbols);

/* The place of `offset` (a virtual address as linked, that is, an offset from the load
 * base). For a return address the caller subtracts 1.  Inlined calls give the innermost
 * function and its line. False when nothing is known; `place` is then empty. */
bool pc_symbols_place(struct pc_symbols *symbols, uint64_t offset, struct pc_place *place);

/* Whether `offset` is in one of the jumps to functions of other files that linkers make, which
 * are no functions of anybody. */
bool pc_symbols_is_stub(struct pc_symbols *symbols, uint64_t offset);

#endif
