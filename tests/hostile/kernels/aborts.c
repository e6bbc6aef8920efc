/* tests: 5 Abort.* at join_names.c: */
/* counts: 5 Abort.* at join_names.c: */
/* timed: 5 Abort.* at join_names.c: */
#include "hostile.h"

MISDEED
{
    abort();
}
