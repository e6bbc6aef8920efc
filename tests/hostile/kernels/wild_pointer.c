/* tests: 5 at join_names.c: */
/* counts: 5 at join_names.c: */
/* timed: 5 at join_names.c: */
#include "hostile.h"

MISDEED
{
    volatile int *volatile p = (int *)0x5bad5bad5bad5ba8;
    *p = 1;
}
