/*
 * A damaged file makes room for the latest good backup.
 *
 * The damaged file is kept as FILE.repairing from before anything is taken away until every
 * record that can be read from it was added to the new one; then it gets a dated name.  A
 * repair that was killed is found by that name, and goes on.
 */
#ifndef PC_STORE_REPAIR_H
#define PC_STORE_REPAIR_H

#include <stdbool.h>

#include "base/err.h"

struct pc_repair {
    int lock;     /* instances take turns until the end of it */
    char *file;   /* of progress */
    char *aside;  /* the damaged one, NULL when there was none */
    char *backup; /* what took its place, NULL when there was none */
};

/* Whether one was begun and did not come to its end. */
bool pc_repair_is_open(const char *file);

/* Put the latest good backup of DIR/backup in place of `file`, or nothing.  When another
 * instance has done it meanwhile, `aside` and `backup` are NULL.  On success pc_repair_end
 * must follow. */
bool pc_repair_begin(const char *dir, const char *file, struct pc_repair *repair,
                     struct pc_err *err);

/* If all was taken from the damaged file (`done`) it gets its dated name, which is `aside`
 * from now on; otherwise the next opening tries again.  Others may go on. */
void pc_repair_end(struct pc_repair *repair, bool done);
void pc_repair_fini(struct pc_repair *repair);

#endif
