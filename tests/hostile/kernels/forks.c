/* tests: 3 'fork' is not allowed */
#include "hostile.h"

MISDEED
{
    for (;;)
        fork();
}
