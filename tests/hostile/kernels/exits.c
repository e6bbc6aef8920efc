/* tests: 5 ended the program */
/* counts: 5 ended the program */
/* timed: 5 ended the program */
#include "hostile.h"

MISDEED
{
    exit(0);
}
