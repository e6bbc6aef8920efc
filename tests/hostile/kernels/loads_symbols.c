/* tests: 3 join_names.c:8:.* 'dlsym' is not allowed */
#include "hostile.h"

#include <dlfcn.h>

MISDEED
{
    escaped = dlsym(NULL, "malloc") == NULL;
}
