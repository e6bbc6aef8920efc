/*
 * The server behind bench_pprof_serve(): one thread, a few connections side by side, one
 * profile at a time.
 */
#ifndef PC_PERFPROF_SERVER_H
#define PC_PERFPROF_SERVER_H

#include <stdbool.h>

#include "base/err.h"

struct pc_server;

/* How long others may take, in milliseconds. */
struct pc_server_patience {
    int request; /* until a request has ended */
    int answer;  /* from one piece of an answer that is taken to the next */
};

/* Listen on `port` of 127.0.0.1, 0: any.  NULL with the reason. */
struct pc_server *pc_server_start(int port, const struct pc_server_patience *patience,
                                  struct pc_err *err);

int pc_server_port(const struct pc_server *server);

/* End its thread and wait for that, then free it. */
void pc_server_stop(struct pc_server *server);

/* Keep its thread from changing anything, so that fork() copies it in order, and let it go on;
 * a short while, because it answers nobody meanwhile. */
void pc_server_hold(struct pc_server *server);
void pc_server_release(struct pc_server *server);

/* In the child of fork(), which has no such thread: close what is open and free it.  It is not
 * held any more. */
void pc_server_abandon(struct pc_server *server);

#endif
