/* tests: 3 constructor */
#include "hostile.h"

__attribute__((constructor)) static void early(void)
{
    setenv("EARLY", "1", 1);
}

MISDEED
{
}
