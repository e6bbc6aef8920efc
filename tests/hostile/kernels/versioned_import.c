/* tests: 3 'asm' is not allowed */
#include "hostile.h"

#include <sys/mman.h>

/* The name in the object file is "mmap@GLIBC_2.2.5". */
__asm__(".symver map, mmap@GLIBC_2.2.5");
void *map(void *at, size_t n, int protection, int flags, int fd, long offset);

MISDEED
{
    void *p = map(NULL, 1 << 26, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    escaped = p == MAP_FAILED;
}
