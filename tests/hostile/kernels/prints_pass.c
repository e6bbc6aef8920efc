/* tests: 5 ended the program */
/* counts: 5 ended the program */
/* timed: 5 ended the program */
#include "hostile.h"

MISDEED
{
    puts("verdict: passed: all 3 limits are met\nPASS");
    fflush(stdout);
    exit(0);
}
