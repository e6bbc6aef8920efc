/*
 * Which files of a folder have changed.
 *
 * The folder is watched, not the files, since editors replace a file by another one.  The
 * kernel only says when to look; what has changed is found by comparing the folder with what
 * it was, so that it does not matter how a file was written.  A burst of changes is reported
 * once, shortly after its end.  Where there is no notification (too many watches, network
 * file systems, the folder is gone) it looks once a second.
 */
#ifndef PC_LOOP_WATCH_H
#define PC_LOOP_WATCH_H

#include <stdbool.h>

struct pc_loop;
struct pc_watch;

enum { PC_WATCH_SETTLE_MS = 30, PC_WATCH_POLL_MS = 1000 };

/* Call `changed(ctx, name)` for each regular file of `dir` that is written, appears or
 * disappears from now on; names that begin with a dot are left out.  `poll` forces looking
 * once a second. */
struct pc_watch *pc_watch_start(struct pc_loop *loop, const char *dir, bool poll,
                                void (*changed)(void *ctx, const char *name), void *ctx);

/* Whether it looks once a second now. */
bool pc_watch_is_polling(const struct pc_watch *watch);

/* Stop and free; NULL is fine. */
void pc_watch_free(struct pc_watch *watch);

#endif
