/* counts: 5 more threads than is allowed\|time limit */
/* timed: 5 more threads than is allowed\|time limit */
#include "hostile.h"

#include <pthread.h>

static void *wait_for_ever(void *arg)
{
    pause();
    return arg;
}

MISDEED
{
    enum { STACK = 256 << 10 };
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK);
    for (;;) {
        pthread_t id;
        pthread_create(&id, &small, wait_for_ever, NULL);
    }
}
