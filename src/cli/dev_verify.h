/*
 * `perfcourse dev verify`: the course certified, for those who write it.
 */
#ifndef PC_CLI_DEV_VERIFY_H
#define PC_CLI_DEV_VERIFY_H

#include "cli/shell.h"

/* `argv[0]` is "perfcourse dev verify".  PC_MISSED when something must not be shipped. */
enum pc_code pc_dev_verify(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err);

#endif
