/*
 * Copies of the progress file in DIR/backup: one a day, made before the day's first change
 * and again after each pass that is new, the latest three of them; and one before each
 * change of format.
 */
#ifndef PC_STORE_BACKUP_H
#define PC_STORE_BACKUP_H

#include <stdbool.h>

#include <sqlite3.h>

#include "base/err.h"

enum { PC_BACKUPS_KEPT = 3 };

/* Today's copy; one that is there already stays, unless it shall be made anew. */
bool pc_backup_daily(sqlite3 *db, const char *dir, bool anew, struct pc_err *err);

/* A copy named after the version that it holds. */
bool pc_backup_before_migration(sqlite3 *db, const char *dir, int version,
                                struct pc_err *err);

/* Write all of `db`, whose file has lost its name, to `file`, unless that is there. */
bool pc_backup_rescue(sqlite3 *db, const char *file, struct pc_err *err);

/* The path of the newest copy that is sound; the caller owns it.  NULL when there is none. */
char *pc_backup_latest(const char *dir);

#endif
