/* tests: 5 time limit at join_names.c:[0-9]* in misdeed, in the tests */
/* counts: 5 time limit at join_names.c:[0-9]* in misdeed, while allocations were counted */
/* timed: 5 time limit at join_names.c:[0-9]* in misdeed, while it was timed */
#include "hostile.h"

MISDEED
{
    for (;;)
        __asm__ volatile("");
}
