/* tests: 5 more memory than is allowed\|time limit */
/* counts: 5  */
/* timed: 5  */
#include "hostile.h"

MISDEED
{
    for (;;) {
        char *volatile p = malloc(1 << 20);
        memset(p, 1, 1 << 20);
    }
}
