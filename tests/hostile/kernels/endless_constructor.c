/* tests: 3 constructor */
#include "hostile.h"

__attribute__((constructor)) static void early(void)
{
    for (;;)
        __asm__ volatile("");
}

MISDEED
{
    setenv("EARLY", "1", 1);
}
