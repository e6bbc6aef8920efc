/* tests: 5 at join_names.c: */
/* counts: 5 at join_names.c: */
/* timed: 5 at join_names.c: */
#include "hostile.h"

MISDEED
{
    volatile int zero = 0;
    zero = 7 / zero;
}
