/*
 * The command line of `perfcourse profile`.
 */
#ifndef PC_CLI_PROFILE_OPTIONS_H
#define PC_CLI_PROFILE_OPTIONS_H

#include <argp.h>
#include <stdbool.h>

#include "base/mem.h"
#include "engine/profile.h"
#include "report/profile.h"

/* What is read by pc_profile_argp, which ends the program with what is wrong; the strings are the
 * command line's. */
struct pc_profile_options {
    struct pc_words words;
    struct pc_profile_spec spec;
    struct pc_profile_view view;
    const char *use, *cc, *out, *by, *diff;
    const char *after_diff; /* the word behind --diff, NULL: none */
    bool diffs_kept;        /* compare with the kept profile of another version */
    const char *recorded;   /* a profile that was taken before, in the place of a target */
    bool has_kind, json;
};

#endif
