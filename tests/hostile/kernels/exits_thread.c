/* tests: 5 ended */
/* counts: 5 ended */
/* timed: 5 ended */
#include "hostile.h"

#include <pthread.h>

MISDEED
{
    pthread_exit(NULL);
}
