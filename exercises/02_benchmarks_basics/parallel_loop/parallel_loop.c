#include "parallel_loop.h"

#include <pthread.h>
#include <stdlib.h>

struct pb {
    pthread_mutex_t lock;
    uint64_t next, n;
};

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    (void)threads;
    if (pb)
        *pb = (struct pb){.lock = PTHREAD_MUTEX_INITIALIZER, .n = n};
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    (void)own;
    pthread_mutex_lock(&pb->lock);
    bool more = pb->next < pb->n;
    if (more)
        *i = pb->next++;
    pthread_mutex_unlock(&pb->lock);
    return more;
}
