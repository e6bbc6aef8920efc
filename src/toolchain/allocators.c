#include "toolchain/allocators.h"

#include <string.h>

#include "base/mem.h"

/* The functions of the C library that give memory which free() takes back, or that get some
 * for what they open.  Compilers know only the first few. */
static const char *const allocators[] = {
    "malloc",        "calloc",   "realloc",        "strdup",       "strndup",
    "aligned_alloc", "memalign", "posix_memalign", "reallocarray", "valloc",
    "pvalloc",       "asprintf", "vasprintf",      "wcsdup",       "getline",
    "getdelim",      "fopen",    "fdopen",         "fmemopen",     "open_memstream",
    "tmpfile",       "opendir",  "scandir",        "realpath",     "tsearch",
};

const char *pc_allocator_name(const char *symbol)
{
    /* "__strdup" and "__asprintf_chk" are what headers make of these names. */
    while (*symbol == '_')
        symbol++;
    size_t n = strlen(symbol);
    if (n > 4 && strcmp(symbol + n - 4, "_chk") == 0)
        n -= 4;
    if (n > 2 && strncmp(symbol + n - 2, "64", 2) == 0)
        n -= 2;
    for (size_t i = 0; i < PC_COUNT(allocators); i++)
        if (strlen(allocators[i]) == n && strncmp(symbol, allocators[i], n) == 0)
            return allocators[i];
    return NULL;
}
