/*
 * A damaged file makes room for the latest good backup.
 */
#ifndef PC_STORE_REPAIR_H
#define PC_STORE_REPAIR_H

#include <stdbool.h>

#include "base/err.h"

/* Set `file` aside under a dated name, together with its side files, and put the latest
 * good backup of DIR/backup in its place.  `*aside` becomes the new path of the damaged
 * file, NULL when there was none; `*backup` the backup that is used, NULL when there is
 * none.  The caller owns both.  When another instance has done it meanwhile, both are
 * NULL. */
bool pc_repair(const char *dir, const char *file, char **aside, char **backup,
               struct pc_err *err);

#endif
