#include <errno.h>
#include <pthread.h>
#include <stddef.h>

#include "perfprof/allocations.h"
#include "perfprof/failure.h"
#include "perfprof/perfprof.h"
#include "perfprof/server.h"
#include "perfprof/session.h"
#include "perfprof/waits.h"
#include "sampling/mute.h"

/* A process has one server, because it takes one profile at a time. */
static struct {
    pthread_mutex_t lock;
    struct pc_server *server; /* NULL: none runs */
    bool watches_forks;
} serving = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void before_fork(void)
{
    pthread_mutex_lock(&serving.lock);
    if (serving.server)
        pc_server_hold(serving.server);
}

static void after_fork(void)
{
    if (serving.server)
        pc_server_release(serving.server);
    pthread_mutex_unlock(&serving.lock);
}

static void in_child(void)
{
    struct pc_server *server = serving.server;
    after_fork();
    serving.server = NULL;
    if (server)
        pc_server_abandon(server);
}

/* The server takes the locks of profiles while it has its own, and so must a fork(): what is
 * asked for later is locked earlier. */
static bool watch_forks(struct pc_err *err)
{
    if (serving.watches_forks)
        return true;
    if (!pc_session_prepare(err) || !pc_allocations_prepare(err) || !pc_waits_prepare(err))
        return false;
    errno = pthread_atfork(before_fork, after_fork, in_child);
    serving.watches_forks = errno == 0;
    return serving.watches_forks || pc_fail_errno(err, "there is no memory to serve with");
}

int bench_pprof_serve(int port)
{
    static const struct pc_server_patience patience = {.request = 10000, .answer = 10000};
    struct pc_err *err = pc_perfprof_failure();
    int found = -1;
    pc_mute();
    pthread_mutex_lock(&serving.lock);
    if (!watch_forks(err))
        found = -1;
    else if (serving.server)
        pc_fail(err, PC_USAGE, "a server runs already, on port %d",
                pc_server_port(serving.server));
    else if ((serving.server = pc_server_start(port, &patience, err)))
        found = pc_server_port(serving.server);
    pthread_mutex_unlock(&serving.lock);
    pc_unmute();
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
