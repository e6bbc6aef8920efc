/*
 * What a kernel can be profiled for: one row of a table for each kind that a key chooses.
 */
#ifndef PC_TUI_PROFILE_KINDS_H
#define PC_TUI_PROFILE_KINDS_H

#include <stddef.h>

#include "model/profile.h"
#include "tui/keymap.h"

enum { PC_PROFILE_TOOLS = 3 };

struct pc_profile_kind_row {
    enum pc_profile_kind kind;
    enum pc_action action; /* that chooses it */
    const char *fact;      /* of the header: "allocations" */
    const char *option;    /* of `perfcourse profile`: " --alloc", or "" */
    const char *file;      /* "heap", of what --out writes */
    const char *takes;     /* "takes most time", in questions */
    const char *question;  /* what is added to its name where predictions are kept, or "" */
    const char *patience;  /* what is said while it runs */
    struct pc_profile_tool {
        const char *words; /* of another tool that shows the same */
        const char
            *program; /* what follows behind the program and its bench; NULL: no program */
    } tools[PC_PROFILE_TOOLS];
};

/* In the order in which a key goes through them. */
const struct pc_profile_kind_row *pc_profile_kinds(size_t *n);

const struct pc_profile_kind_row *pc_profile_kind_row(enum pc_profile_kind kind);

/* The kind that an action chooses, PC_ACT_AXES the one after `now`; NULL: it chooses none. */
const struct pc_profile_kind_row *pc_profile_kind_chosen(enum pc_action action,
                                                         enum pc_profile_kind now);

#endif
