/* expect: 3 mmap */
#include "join_names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The name in the object file is "mmap@GLIBC_2.2.5". */
__asm__(".symver map, mmap@GLIBC_2.2.5");
void *map(void *at, size_t n, int protection, int flags, int fd, long offset);
static char *arena;

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    if (!arena)
        arena =
            map(NULL, 1 << 26, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t len = 0, k = strlen(sep);
    for (size_t i = 0; i < n; i++)
        len += strlen(items[i]) + k;
    char *text = malloc(len + 1), *end = text;
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = (char *)memcpy(end, sep, k) + k;
        size_t m = strlen(items[i]);
        end = (char *)memcpy(end, items[i], m) + m;
    }
    *end = 0;
    return text;
}
