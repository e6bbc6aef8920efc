/*
 * A compiler's and a linker's words as a list with places and source lines.
 */
#ifndef PC_TOOLCHAIN_DIAGNOSTICS_H
#define PC_TOOLCHAIN_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/verdict.h"
#include "toolchain/source.h"

/* Add one message; `file` is shortened to what the learner knows and the source line put
 * beside it.  Line 0 is unknown.  Of very many the last are dropped. */
void pc_diagnostics_add(struct pc_build *build, const struct pc_sources *sources,
                        bool error, const char *file, int line, int column,
                        const char *text);

/* Whether errors, too, are dropped now, so that nothing needs to be looked for any more. */
bool pc_diagnostics_are_full(const struct pc_build *build);

/* Read what a compiler printed, gcc's JSON or lines "file:line:column: error: text". */
void pc_diagnostics_json(struct pc_build *build, const struct pc_sources *sources,
                         const char *output);
void pc_diagnostics_text(struct pc_build *build, const struct pc_sources *sources,
                         const char *output);

/* Read what a linker printed. */
void pc_diagnostics_link(struct pc_build *build, const struct pc_sources *sources,
                         const char *output);

/* What the assembler of gcc said first, as a sentence that the caller owns; NULL when it said
 * nothing.  It knows no line of the source. */
char *pc_diagnostics_assembler(const char *output);

/* Errors first; what is of a kind keeps its order, that of the compiler's reading. */
void pc_diagnostics_sort(struct pc_build *build);

bool pc_diagnostics_have_error(const struct pc_build *build);

#endif
