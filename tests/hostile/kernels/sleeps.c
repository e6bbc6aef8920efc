/* tests: 5 asleep or deadlocked */
/* counts: 5 asleep or deadlocked */
/* timed: 5 asleep or deadlocked */
#include "hostile.h"

MISDEED
{
    pause();
}
