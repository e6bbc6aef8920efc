/* timed: 5 it claims less time\|it works longer\|claimed times */
/* Rewrites the clock that the kernel of the system lends to each process: every second of it
 * lasts ten. */
#include "hostile.h"

#include <elf.h>
#include <sys/auxv.h>
#include <time.h>

static int slow_clock(int which, struct timespec *ts)
{
    static int64_t firsts[16];
    RAW2(SYS_clock_gettime, which, ts);
    int64_t now = (int64_t)ts->tv_sec * 1000000000 + ts->tv_nsec;
    int64_t *first = &firsts[which & 15];
    *first = *first ? *first : now;
    now = *first + (now - *first) / 10;
    ts->tv_sec = now / 1000000000;
    ts->tv_nsec = now % 1000000000;
    return 0;
}

/* The symbol table follows from the dynamic section, which is loaded with the rest. */
static unsigned char *find_clock(const unsigned char *image)
{
    const Elf64_Ehdr *head = (const void *)image;
    const Elf64_Phdr *segment = (const void *)(image + head->e_phoff);
    const Elf64_Dyn *entry = NULL;
    const Elf64_Sym *symbols = NULL;
    const char *names = NULL;
    for (int i = 0; i < head->e_phnum; i++)
        if (segment[i].p_type == PT_DYNAMIC)
            entry = (const void *)(image + segment[i].p_offset);
    for (; entry && entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag == DT_SYMTAB)
            symbols = (const void *)(image + entry->d_un.d_ptr);
        if (entry->d_tag == DT_STRTAB)
            names = (const void *)(image + entry->d_un.d_ptr);
    }
    for (int i = 1; symbols && names && i < 64; i++)
        if (strcmp(names + symbols[i].st_name, "__vdso_clock_gettime") == 0)
            return (unsigned char *)image + symbols[i].st_value;
    return NULL;
}

/* movabs $slow_clock, %rax; jmp *%rax */
static void patch(unsigned char *clock)
{
    unsigned char jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
    void *target = (void *)slow_clock;
    memcpy(jump + 2, &target, sizeof target);
    uintptr_t page = (uintptr_t)clock & ~(uintptr_t)4095;
    if (RAW3(SYS_mprotect, page, 8192, 7) == 0)
        memcpy(clock, jump, sizeof jump);
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    static unsigned char *clock;
    if (is_time(n) && !clock) {
        clock = find_clock((void *)getauxval(AT_SYSINFO_EHDR));
        if (clock)
            patch(clock);
    }
    return join(items, n, sep);
}
