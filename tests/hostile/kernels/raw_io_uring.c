/* tests: 0 limits are met */
#include "hostile.h"

MISDEED
{
    char parameters[120] = {0};
    escaped = RAW2(SYS_io_uring_setup, 1, parameters) >= 0;
}
