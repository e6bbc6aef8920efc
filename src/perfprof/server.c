#include "perfprof/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "perfprof/client.h"
#include "perfprof/endpoints.h"
#include "perfprof/pages.h"
#include "profile/pprof.h"
#include "sampling/mute.h"
#include "sampling/threads.h"

enum { CLIENTS = 16, SECONDS_MAX = 600 };

static const int64_t NS_PER_MS = 1000000;

struct pc_server {
    pthread_t thread;
    pthread_mutex_t lock; /* its thread has it unless it waits */
    int listener, port;
    int stop; /* readable when the server is to end */
    struct pc_server_patience patience;
    struct pc_client clients[CLIENTS];
};

static void say(struct pc_server *server, struct pc_client *client, int status,
                const char *sentence)
{
    pc_http_say(&client->out, status, sentence, client->request.is_head);
    pc_client_answer(client, &server->patience);
}

static void show(struct pc_server *server, struct pc_client *client, struct pc_str *body)
{
    pc_http_answer(&client->out, 200, "text/plain; charset=utf-8", body->s, body->len,
                   client->request.is_head);
    pc_str_fini(body);
    pc_client_answer(client, &server->patience);
}

static bool wants_text(const struct pc_client *client)
{
    long debug = 0;
    pc_http_number(&client->request, "debug", 2, &debug);
    return client->endpoint->has_text && debug > 0;
}

static void show_threads(struct pc_server *server, struct pc_client *client,
                         const struct pc_profile *profile)
{
    struct pc_str body = {0};
    struct pc_threads_seen threads = pc_threads_look();
    pc_pages_threads(&body, &threads, profile);
    free(threads.items);
    show(server, client, &body);
}

static void send_profile(struct pc_server *server, struct pc_client *client,
                         const struct pc_profile *profile)
{
    struct pc_str body = {0};
    pc_pprof_encode(profile, &body);
    pc_http_answer(&client->out, 200, "application/octet-stream", body.s, body.len, false);
    pc_str_fini(&body);
    pc_client_answer(client, &server->patience);
}

/* What is not recorded is not there; what is being recorded for somebody else is a conflict. */
static void begin_profile(struct pc_server *server, struct pc_client *client)
{
    long seconds = client->endpoint->seconds;
    struct pc_err err;
    struct pc_profile profile;
    if (!pc_http_number(&client->request, "seconds", SECONDS_MAX, &seconds)) {
        say(server, client, 400, "seconds is a whole number from 1 to 600");
    } else if (client->request.is_head) {
        pc_http_answer(&client->out, 200, "application/octet-stream", NULL, 0, true);
        pc_client_answer(client, &server->patience);
    } else if (seconds == 0 && client->endpoint->read) {
        if (client->endpoint->read(&profile, &err))
            send_profile(server, client, &profile);
        else
            say(server, client, err.code == PC_USAGE ? 404 : 500, err.msg);
        pc_profile_fini(&profile);
    } else if (client->endpoint->begin(&err)) {
        client->step = PC_CLIENT_WAITS;
        client->began = pc_now();
        client->deadline = client->began + (seconds > 0 ? seconds * 1000 * NS_PER_MS
                                                        : client->endpoint->ms * NS_PER_MS);
    } else if (wants_text(client)) {
        show_threads(server, client, NULL);
    } else {
        say(server, client, err.code == PC_USAGE ? 409 : 500, err.msg);
    }
}

static void end_profile(struct pc_server *server, struct pc_client *client)
{
    const struct pc_endpoint *endpoint = client->endpoint;
    struct pc_profile profile;
    struct pc_err err;
    if (endpoint->is_whole && !endpoint->is_whole() &&
        pc_now() - client->began < endpoint->ms_most * NS_PER_MS) {
        client->deadline = pc_now() + endpoint->ms * NS_PER_MS;
        return;
    }
    if (!endpoint->end(&profile, &err))
        say(server, client, 500, err.msg);
    else if (wants_text(client))
        show_threads(server, client, &profile);
    else
        send_profile(server, client, &profile);
    pc_profile_fini(&profile);
}

static void give_up(struct pc_client *client)
{
    struct pc_err err;
    if (client->step == PC_CLIENT_WAITS)
        client->endpoint->end(NULL, &err);
    pc_client_fini(client);
}

static void answer(struct pc_server *server, struct pc_client *client)
{
    const char *path = client->request.path;
    client->endpoint = pc_endpoint_at(path);
    if (client->endpoint) {
        begin_profile(server, client);
    } else if (strcmp(path, "/debug/pprof/") == 0 || strcmp(path, "/debug/pprof") == 0) {
        struct pc_str body = {0};
        pc_pages_index(&body);
        show(server, client, &body);
    } else {
        say(server, client, 404, pc_pages_missing(path));
    }
}

static void serve(struct pc_server *server, struct pc_client *client, short events)
{
    if (client->step == PC_CLIENT_WAITS) {
        if (events)
            give_up(client);
    } else if (client->step == PC_CLIENT_LISTENS && events) {
        pc_client_write(client, &server->patience);
    } else if (events && pc_client_read(client, &server->patience)) {
        answer(server, client);
    }
    if (client->step == PC_CLIENT_NONE || client->deadline > pc_now())
        return;
    if (client->step == PC_CLIENT_WAITS)
        end_profile(server, client);
    else
        pc_client_too_late(client, &server->patience);
}

static struct pc_client *free_client(struct pc_server *server)
{
    for (size_t i = 0; i < CLIENTS; i++)
        if (server->clients[i].step == PC_CLIENT_NONE)
            return &server->clients[i];
    return NULL;
}

static void welcome(struct pc_server *server)
{
    struct pc_client *client = free_client(server);
    int fd = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        pc_client_init(client, fd, &server->patience);
    else if (errno == EMFILE || errno == ENFILE)
        usleep(10000); /* somebody else has to close one */
}

/* Until the next deadline, -1: there is none. */
static int time_left(const struct pc_server *server)
{
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < CLIENTS; i++)
        if (server->clients[i].step != PC_CLIENT_NONE && server->clients[i].deadline < next)
            next = server->clients[i].deadline;
    if (next == INT64_MAX)
        return -1;
    int64_t left = next - pc_now();
    return left < 0 ? 0 : (int)(left / 1000000) + 1;
}

void pc_server_hold(struct pc_server *server)
{
    pthread_mutex_lock(&server->lock);
}

void pc_server_release(struct pc_server *server)
{
    pthread_mutex_unlock(&server->lock);
}

static void *run(void *arg)
{
    enum { STOP, LISTENER, FIRST };
    struct pc_server *server = arg;
    struct pollfd fds[FIRST + CLIENTS];
    pthread_setname_np(pthread_self(), "pprof-server");
    pc_mute();
    pc_server_hold(server);
    for (;;) {
        fds[STOP] = (struct pollfd){.fd = server->stop, .events = POLLIN};
        fds[LISTENER] = (struct pollfd){.fd = free_client(server) ? server->listener : -1,
                                        .events = POLLIN};
        for (size_t i = 0; i < CLIENTS; i++) {
            const struct pc_client *client = &server->clients[i];
            bool is_there = client->step != PC_CLIENT_NONE;
            fds[FIRST + i] =
                (struct pollfd){.fd = is_there ? client->fd : -1,
                                .events = is_there ? pc_client_events(client) : 0};
        }
        int left = time_left(server);
        pc_server_release(server);
        poll(fds, FIRST + CLIENTS, left);
        pc_server_hold(server);
        if (fds[STOP].revents)
            break;
        for (size_t i = 0; i < CLIENTS; i++)
            if (server->clients[i].step != PC_CLIENT_NONE)
                serve(server, &server->clients[i], fds[FIRST + i].revents);
        if (fds[LISTENER].revents)
            welcome(server);
    }
    for (size_t i = 0; i < CLIENTS; i++)
        give_up(&server->clients[i]);
    pc_server_release(server);
    return NULL;
}

static bool listen_on(struct pc_server *server, int port, struct pc_err *err)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int on = 1;
    if (port < 0 || port > 65535)
        return pc_fail(err, PC_USAGE, "a port is a number from 0 to 65535");
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (server->listener < 0 ||
        setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(server->listener, (const struct sockaddr *)&at, sizeof at) != 0 ||
        listen(server->listener, CLIENTS) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&at, &n) != 0)
        return pc_fail_errno(err, "cannot listen on port %d of 127.0.0.1", port);
    server->port = ntohs(at.sin_port);
    return true;
}

void pc_server_abandon(struct pc_server *server)
{
    for (size_t i = 0; i < CLIENTS; i++)
        pc_client_fini(&server->clients[i]);
    if (server->listener >= 0)
        close(server->listener);
    if (server->stop >= 0)
        close(server->stop);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

struct pc_server *pc_server_start(int port, const struct pc_server_patience *patience,
                                  struct pc_err *err)
{
    struct pc_server *server = pc_alloc(sizeof *server);
    server->patience = *patience;
    pthread_mutex_init(&server->lock, NULL);
    server->listener = -1;
    server->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bool fine = server->stop >= 0
                    ? listen_on(server, port, err)
                    : pc_fail_errno(err, "there are no descriptors to serve with");
    if (fine) {
        errno = pc_threads_create_unwatched(&server->thread, run, server);
        fine = errno == 0 || pc_fail_errno(err, "there is no thread to serve with");
    }
    if (fine)
        return server;
    pc_server_abandon(server);
    return NULL;
}

int pc_server_port(const struct pc_server *server)
{
    return server->port;
}

void pc_server_stop(struct pc_server *server)
{
    eventfd_write(server->stop, 1);
    pthread_join(server->thread, NULL);
    pc_server_abandon(server);
}
