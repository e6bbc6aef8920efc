/* tests: 0  */
/* timed: 5 it goes on working */
#include "hostile.h"

#include <pthread.h>

static void *spin(void *arg)
{
    for (;;)
        __asm__ volatile("");
    return arg;
}

MISDEED
{
    static bool once;
    pthread_t id;
    if (!once && pthread_create(&id, NULL, spin, NULL) == 0)
        pthread_detach(id);
    once = true;
}
