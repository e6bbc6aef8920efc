/*
 * One file of progress opened and looked at: is it sound, whose is it?
 */
#ifndef PC_STORE_CONNECT_H
#define PC_STORE_CONNECT_H

#include <stdbool.h>

#include <sqlite3.h>

#include "base/err.h"

enum pc_condition {
    PC_FILE_SOUND,      /* of a version that this program knows */
    PC_FILE_EMPTY,      /* missing, or without a table: nothing was ever kept in it */
    PC_FILE_NEWER,      /* written by a newer program */
    PC_FILE_DAMAGED,    /* or not a progress file at all */
    PC_FILE_UNREADABLE, /* no permission, no room for the side files, held by others */
};

enum pc_access {
    PC_ACCESS_WRITE,
    PC_ACCESS_READ,
    PC_ACCESS_FROZEN, /* for folders that cannot be written: no side files, no locks */
};

/* Open `file` and check its structure.  `*db` is the caller's for PC_FILE_SOUND and
 * PC_FILE_NEWER, else NULL; `err` tells why the file is damaged or unreadable. */
enum pc_condition pc_connect(const char *file, enum pc_access access, sqlite3 **db,
                             struct pc_err *err);

/* Within a change: give the file a number of its own, unless it has one, by which a journal
 * that belongs to another file is known. */
void pc_connect_mark(sqlite3 *db);

/* Open it for reading without looking at it, with the journal beside it or without; NULL
 * when even that fails, or there is none. */
sqlite3 *pc_connect_damaged(const char *file, bool journal);

/* Make the file when it is missing, and bring its tables to the newest version. */
bool pc_connect_new(const char *file, sqlite3 **db, struct pc_err *err);

#endif
