#include <pthread.h>
#include <stddef.h>

#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/server.h"

/* A process has one server, because it takes one profile at a time. */
static struct {
    pthread_mutex_t lock;
    struct pc_server *server; /* NULL: none runs */
    bool watches_forks;
} serving = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void before_fork(void)
{
    pthread_mutex_lock(&serving.lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&serving.lock);
}

static void in_child(void)
{
    if (serving.server)
        pc_server_abandon(serving.server);
    serving.server = NULL;
    after_fork();
}

int bench_pprof_serve(int port)
{
    static const struct pc_server_patience patience = {.request = 10000, .answer = 10000};
    struct pc_err *err = pc_perfprof_failure();
    int found = -1;
    pthread_mutex_lock(&serving.lock);
    if (!serving.watches_forks)
        serving.watches_forks = pthread_atfork(before_fork, after_fork, in_child) == 0;
    if (serving.server)
        pc_fail(err, PC_USAGE, "a server runs already, on port %d",
                pc_server_port(serving.server));
    else if ((serving.server = pc_server_start(port, &patience, err)))
        found = pc_server_port(serving.server);
    pthread_mutex_unlock(&serving.lock);
    return found;
}

void bench_pprof_stop(void)
{
    pthread_mutex_lock(&serving.lock);
    struct pc_server *server = serving.server;
    serving.server = NULL;
    pthread_mutex_unlock(&serving.lock);
    if (server)
        pc_server_stop(server);
}
