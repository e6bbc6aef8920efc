/*
 * `perfcourse dev verify`: the course certified, for those who write it.
 */
#ifndef PC_CLI_DEV_VERIFY_H
#define PC_CLI_DEV_VERIFY_H

#include "cli/shell.h"

struct pc_dev_verify {
    const char *cc; /* names with commas between them; NULL: of gcc and clang those that are
                       here */
    bool json, margins;
};

/* `words` choose topics and exercises, none all of them.  PC_MISSED when something must not
 * be shipped. */
enum pc_code pc_dev_verify(struct pc_shell *shell, char *const *words, size_t n,
                           const struct pc_dev_verify *options, struct pc_err *err);

#endif
