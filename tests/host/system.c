/* What the system does for an operation, with counts that are known by hand. */
#include <perfbench.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define OPS while (bench_loop(b))

BENCH(nothing)
{
    OPS bench_keep(b);
}

static char drain[64];

BENCH(four_calls)
{
    OPS
    {
        bench_expect(b, write(-1, drain, 1) < 0, "write");
        bench_expect(b, read(-1, drain, 1) < 0, "read");
        bench_expect(b, syscall(SYS_getppid) > 0, "getppid");
        /* Forbidden by the jail, and made all the same. */
        bench_expect(b, syscall(SYS_socket, AF_INET, SOCK_STREAM, 0) < 0, "socket");
    }
}

/* The processor's own instruction: no function of libc sees it. */
BENCH(raw_call)
{
    OPS
    {
        long result = SYS_getppid;
#if defined __x86_64__
        __asm__ volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
#else
        result = syscall(SYS_getppid);
#endif
        bench_expect(b, result > 0, "getppid");
    }
}

BENCH(calls_outside)
{
    OPS
    {
        bench_stop_timer(b);
        syscall(SYS_getppid);
        bench_start_timer(b);
        syscall(SYS_getppid);
    }
}

BENCH(clock_of_the_process)
{
    OPS
    {
        struct timespec ts;
        clock_gettime(CLOCK_MONOTONIC, &ts);
        bench_keep(&ts);
    }
}

BENCH(connections)
{
    OPS
    {
        connect(-1, NULL, 0);
        accept(-1, NULL, NULL);
        accept4(-1, NULL, NULL, 0);
        getppid();
    }
}

static void *calls_ten_times(void *arg)
{
    for (int k = 0; k < 10; k++)
        syscall(SYS_getppid);
    return arg;
}

/* Starting and joining a thread takes some calls of its own. */
BENCH(calls_in_a_thread)
{
    OPS
    {
        pthread_t thread;
        bench_expect(b, pthread_create(&thread, NULL, calls_ten_times, NULL) == 0,
                     "thread");
        pthread_join(thread, NULL);
    }
}

/* A thread that no tracer would see; the jail does not let it begin. */
BENCH(hides_a_thread)
{
    const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    char *stack = malloc(1 << 16);
    OPS
    {
        errno = 0;
        int thread = clone((int (*)(void *))calls_ten_times, stack + (1 << 16),
                           flags | CLONE_UNTRACED, NULL);
        bench_expect(b, thread < 0 && errno == EPERM, "it began");
    }
    free(stack);
}

enum { PAGES = 256 };

BENCH(touches_pages)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    OPS
    {
        char *p = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        madvise(p, PAGES * page, MADV_NOHUGEPAGE);
        for (size_t k = 0; k < PAGES; k++)
            p[k * page] = 1;
        munmap(p, PAGES * page);
    }
}

BENCH(waits)
{
    OPS
    {
        struct timespec ts = {.tv_nsec = 1000};
        nanosleep(&ts, NULL);
    }
}

static void *sleeps(void *arg)
{
    pause();
    return arg;
}

BENCH(leaves_a_thread)
{
    pthread_t thread;
    bench_expect(b, pthread_create(&thread, NULL, sleeps, NULL) == 0, "thread");
    OPS bench_keep(b);
}
