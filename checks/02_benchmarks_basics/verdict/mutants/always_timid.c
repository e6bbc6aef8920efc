#include "verdict.h"

#include <math.h>
#include <stdlib.h>

/* Never wrong about equals, and never of any use. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    (void)old_ns, (void)n_old, (void)new_ns, (void)n_new;
    return CANNOT_TELL;
}
