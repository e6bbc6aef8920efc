#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static _Noreturn void out_of_memory(void)
{
    static const char msg[] = "perfcourse: out of memory\n";
    ssize_t n = write(STDERR_FILENO, msg, sizeof msg - 1);
    (void)n;
    _exit(PC_ENVIRONMENT);
}

void *pc_alloc(size_t n)
{
    void *p = calloc(1, n);
    if (!p)
        out_of_memory();
    return p;
}

void *pc_alloc_array(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p)
        out_of_memory();
    return p;
}

void *pc_realloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q)
        out_of_memory();
    return q;
}

char *pc_strndup(const char *s, size_t n)
{
    n = strnlen(s, n);
    char *p = pc_alloc(n + 1);
    memcpy(p, s, n);
    return p;
}

char *pc_strdup(const char *s)
{
    return pc_strndup(s, strlen(s));
}

char *pc_strfmt(const char *fmt, ...)
{
    char *p = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&p, fmt, ap);
    va_end(ap);
    if (n < 0)
        out_of_memory();
    return p;
}

void pc_reserve(void *items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return;
    size_t room = *cap + *cap / 2 + 8;
    if (room < need)
        room = need;
    if (room > SIZE_MAX / size)
        out_of_memory();
    void *p;
    memcpy(&p, items, sizeof p);
    p = pc_realloc(p, room * size);
    memcpy(items, &p, sizeof p);
    *cap = room;
}

void pc_auto_free(void *pointer_to_pointer)
{
    void *p;
    memcpy(&p, pointer_to_pointer, sizeof p);
    free(p);
}

void pc_auto_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
