/* tests: 0 limits are met */
/* An exec that works ends the program early. */
#include "hostile.h"

MISDEED
{
    static const char *const argv[] = {"/bin/true", NULL};
    RAW3(SYS_execve, argv[0], argv, &argv[1]);
    raw(SYS_execveat, -100, (long)argv[0], (long)argv, (long)&argv[1], 0, 0);
}
