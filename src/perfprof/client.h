/*
 * A connection of the server: a request comes in, an answer goes out, each at the pace of the
 * other side and no slower than patience allows.
 */
#ifndef PC_PERFPROF_CLIENT_H
#define PC_PERFPROF_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "perfprof/endpoints.h"
#include "perfprof/http.h"
#include "perfprof/server.h"

enum pc_client_step {
    PC_CLIENT_NONE,    /* nobody */
    PC_CLIENT_ASKS,    /* its request is being read */
    PC_CLIENT_WAITS,   /* for a profile, until `deadline` */
    PC_CLIENT_LISTENS, /* the answer is being sent */
    PC_CLIENT_LEAVES /* all is said; what it still sends is read, or it would lose the rest */
};

struct pc_client {
    enum pc_client_step step;
    int fd;
    int64_t deadline; /* of the step, by pc_now() */
    int64_t began;    /* of WAITS */
    char in[PC_HTTP_MAX];
    size_t n;
    struct pc_http_request request;
    const struct pc_endpoint *endpoint; /* that it asks for; NULL: none */
    struct pc_str out;
    size_t sent;
};

void pc_client_init(struct pc_client *client, int fd,
                    const struct pc_server_patience *patience);
void pc_client_fini(struct pc_client *client);

/* What poll() is to look for. */
short pc_client_events(const struct pc_client *client);

/* Read what is there.  True when the request has ended and wants an answer; one that is refused
 * has got its answer already. */
bool pc_client_read(struct pc_client *client, const struct pc_server_patience *patience);

/* Begin to send what is in `out`. */
void pc_client_answer(struct pc_client *client, const struct pc_server_patience *patience);

/* Send on. */
void pc_client_write(struct pc_client *client, const struct pc_server_patience *patience);

/* The deadline of a step other than WAITS has passed. */
void pc_client_too_late(struct pc_client *client,
                        const struct pc_server_patience *patience);

#endif
