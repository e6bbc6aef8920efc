#include "host/mailbox.h"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

void *pc_shared_create(size_t n)
{
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void pc_mailbox_pass(struct pc_mailbox *box, enum pc_turn to)
{
    __atomic_store_n(&box->turn, to, __ATOMIC_RELEASE);
    syscall(SYS_futex, &box->turn, FUTEX_WAKE, 1, NULL, NULL, 0);
}

bool pc_mailbox_await(struct pc_mailbox *box, enum pc_turn own, int max_ms)
{
    int64_t deadline = max_ms < 0 ? INT64_MAX : pc_now() + (int64_t)max_ms * 1000000;
    for (;;) {
        uint32_t turn = __atomic_load_n(&box->turn, __ATOMIC_ACQUIRE);
        if (turn == (uint32_t)own)
            return true;
        if (max_ms >= 0 && pc_now() >= deadline)
            return false;
        struct timespec patience = {.tv_nsec = max_ms * 1000000L};
        syscall(SYS_futex, &box->turn, FUTEX_WAIT, turn, max_ms < 0 ? NULL : &patience,
                NULL, 0);
    }
}
