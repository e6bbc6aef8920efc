#include "sampling/stack.h"

#include <pthread.h>
#include <sys/uio.h>
#include <unistd.h>

#include "wire/recording.h"

/* Word by word: a stack holds whole words, and a sanitizer would look at what a memcpy()
 * reads. */
__attribute__((no_sanitize("address"))) void pc_stack_copy_own(void *to, uintptr_t from,
                                                               size_t bytes)
{
    uint64_t *copy = to;
    const volatile uint64_t *words = (const volatile uint64_t *)from;
    for (size_t i = 0; i < bytes / sizeof *copy; i++)
        copy[i] = words[i];
}

/* The system looks page by page whether memory is there, and stops where none is. */
size_t pc_stack_copy_any(void *to, uintptr_t from, size_t bytes)
{
    enum { PAGE = 4096, PAGES = PC_RECORDING_STACK / PAGE + 1 };
    struct iovec pages[PAGES];
    const struct iovec all = {.iov_base = to, .iov_len = bytes};
    size_t n = 0;
    for (size_t done = 0; done < bytes && n < PAGES; n++) {
        size_t rest = PAGE - (from + done) % PAGE;
        pages[n] = (struct iovec){.iov_base = (void *)(from + done),
                                  .iov_len = rest < bytes - done ? rest : bytes - done};
        done += pages[n].iov_len;
    }
    ssize_t got = process_vm_readv(getpid(), &all, 1, pages, n, 0);
    return got > 0 ? (size_t)got & ~(size_t)7 : 0;
}

/* libc keeps what it knows of a thread behind its stack. */
uintptr_t pc_stack_end(void)
{
    extern void *__libc_stack_end;
    return getpid() == gettid() ? (uintptr_t)__libc_stack_end : (uintptr_t)pthread_self();
}
