/*
 * The functions that a script may call, and the limits on its run.
 */
#ifndef PC_SCRIPT_LIBRARY_H
#define PC_SCRIPT_LIBRARY_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* What a script has used up.  Once `spent` or `starved` is set the run is over: every
 * further instruction raises an error and pcall passes it on. */
struct pc_allowance {
    size_t heap;       /* bytes in use */
    long instructions; /* used, in steps of the hook */
    bool spent;        /* more instructions than allowed */
    int spent_line;    /* where that was found */
    bool starved;      /* more memory than allowed */
};

enum {
    PC_SCRIPT_HEAP_MIB = 64,
    PC_SCRIPT_MILLION_INSTRUCTIONS = 10,
};

/* A new interpreter without any library, which draws on `allowance`; NULL when there is
 * no memory.  The caller closes it. */
lua_State *pc_library_state(struct pc_allowance *allowance);

/* Open the libraries.  May raise. */
void pc_library_open(lua_State *L);

/* From now on instructions count. */
void pc_library_start(lua_State *L);
void pc_library_stop(lua_State *L);

#endif
