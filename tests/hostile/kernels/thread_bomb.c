/* tests: 5 more threads than is allowed\|time limit */
/* counts: 5 time limit at join_names.c: */
#include "hostile.h"

#include <pthread.h>

static void *wait_for_ever(void *arg)
{
    pause();
    return arg;
}

MISDEED
{
    for (;;) {
        pthread_t id;
        pthread_create(&id, NULL, wait_for_ever, NULL);
    }
}
