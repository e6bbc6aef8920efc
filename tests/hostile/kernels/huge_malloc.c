/* tests: 5  */
/* counts: 5  */
/* timed: 5  */
#include "hostile.h"

MISDEED
{
    volatile size_t room = (size_t)100 << 30;
    volatile char *volatile p = malloc(room);
    *p = 1;
}
