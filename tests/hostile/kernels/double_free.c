/* tests: 5 double-free */
/* counts: 5 at join_names.c: */
/* timed: 5 at join_names.c: */
#include "hostile.h"

MISDEED
{
    char *volatile p = malloc(4000);
    free(p);
    free(p);
}
