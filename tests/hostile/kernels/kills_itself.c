/* tests: 3 'kill' is not allowed */
#include "hostile.h"

#include <signal.h>

MISDEED
{
    kill(getpid(), SIGKILL);
}
