/* tests: 5  */
/* counts: 5  */
/* timed: 5  */
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
