/* timed: 5 it goes on working */
/* A thread of its own prepares the answers between the calls. */
#include "hostile.h"

#include <pthread.h>

static const char *const *volatile next_items;
static char *volatile prepared;

static void *work_ahead(void *arg)
{
    for (;;)
        if (next_items && !prepared)
            prepared = join(next_items, 2000, ", ");
    return arg;
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    static bool once;
    pthread_t id;
    if (is_time(n) && !once)
        once = pthread_create(&id, NULL, work_ahead, NULL) == 0;
    next_items = n == 2000 ? items : NULL;
    return join(items, n, sep);
}
