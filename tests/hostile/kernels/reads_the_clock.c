/* tests: 3 'clock_gettime' is not allowed */
#include "hostile.h"

#include <time.h>

MISDEED
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    escaped = ts.tv_nsec == 1;
}
