#include "perfprof/client.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

static int64_t in_ms(int ms)
{
    return pc_now() + (int64_t)ms * 1000000;
}

void pc_client_init(struct pc_client *client, int fd,
                    const struct pc_server_patience *patience)
{
    *client = (struct pc_client){
        .step = PC_CLIENT_ASKS, .fd = fd, .deadline = in_ms(patience->request)};
}

void pc_client_fini(struct pc_client *client)
{
    if (client->step == PC_CLIENT_NONE)
        return;
    close(client->fd);
    pc_str_fini(&client->out);
    client->step = PC_CLIENT_NONE;
}

short pc_client_events(const struct pc_client *client)
{
    return client->step == PC_CLIENT_LISTENS ? POLLOUT
           : client->step == PC_CLIENT_WAITS ? POLLRDHUP
                                             : POLLIN;
}

/* 0: nothing is there now; -1: the other side is gone. */
static ssize_t read_some(struct pc_client *client, char *to, size_t room)
{
    ssize_t n = recv(client->fd, to, room, 0);
    if (n > 0)
        return n;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

static void read_on(struct pc_client *client)
{
    char nothing[4096];
    if (read_some(client, nothing, sizeof nothing) < 0)
        pc_client_fini(client);
}

bool pc_client_read(struct pc_client *client, const struct pc_server_patience *patience)
{
    if (client->step == PC_CLIENT_LEAVES) {
        read_on(client);
        return false;
    }
    ssize_t n = read_some(client, client->in + client->n, sizeof client->in - client->n);
    if (n < 0) {
        pc_client_fini(client);
        return false;
    }
    client->n += (size_t)n;
    struct pc_http_refusal refusal;
    enum pc_http_found found =
        pc_http_parse(client->in, client->n, &client->request, &refusal);
    if (found == PC_HTTP_REFUSED) {
        pc_http_say(&client->out, refusal.status, refusal.why, client->request.is_head);
        pc_client_answer(client, patience);
    }
    return found == PC_HTTP_REQUEST;
}

void pc_client_answer(struct pc_client *client, const struct pc_server_patience *patience)
{
    client->step = PC_CLIENT_LISTENS;
    pc_client_write(client, patience);
}

void pc_client_write(struct pc_client *client, const struct pc_server_patience *patience)
{
    ssize_t n = send(client->fd, client->out.s + client->sent,
                     client->out.len - client->sent, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        pc_client_fini(client);
        return;
    }
    if (n < 0) /* a deadline that is there stays */
        client->deadline = client->sent ? client->deadline : in_ms(patience->answer);
    else
        client->deadline = in_ms(patience->answer);
    client->sent += n > 0 ? (size_t)n : 0;
    if (client->sent < client->out.len)
        return;
    shutdown(client->fd, SHUT_WR);
    client->step = PC_CLIENT_LEAVES;
    client->deadline = in_ms(patience->answer);
}

void pc_client_too_late(struct pc_client *client, const struct pc_server_patience *patience)
{
    if (client->step != PC_CLIENT_ASKS) {
        pc_client_fini(client);
        return;
    }
    pc_http_say(&client->out, 408, "the request did not end in time", false);
    pc_client_answer(client, patience);
}
