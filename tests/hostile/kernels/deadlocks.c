/* tests: 5 asleep or deadlocked */
/* counts: 5 asleep or deadlocked */
/* timed: 5 asleep or deadlocked */
#include "hostile.h"

#include <pthread.h>

MISDEED
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}
