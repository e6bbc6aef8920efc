/* tests: 0 limits are met */
/* timed: 0\|6 . */
/* Denormals are zero and rounding is upwards from now on: the next restart is another process. */
#include "hostile.h"

#include <fenv.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    fesetround(FE_UPWARD);
#ifdef __x86_64__
    __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);
#endif
    return join(items, n, sep);
}
