/* Benches whose kernels do what no kernel should. */
#include <perfbench.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

/* Hidden from the optimizer, which would see through it all. */
static volatile int zero;
static void *volatile nowhere;

void write_nowhere(void);
void divide(void);
void copy_from_nowhere(void);
void call_nowhere(void);
int recurse(int depth);

APART void write_nowhere(void)
{
    *(volatile int *)nowhere = 1;
    __asm__ volatile("");
}

APART void divide(void)
{
    zero = 7 / zero; /* 1 / x is computed without a division */
}

APART void copy_from_nowhere(void)
{
    char buf[4096];
    memcpy(buf, nowhere, (size_t)zero + sizeof buf);
    bench_keep(&buf[0]);
}

APART void call_nowhere(void)
{
    ((void (*)(void))nowhere)();
    zero = 0;
}

APART int recurse(int depth)
{
    volatile char frame[512];
    frame[depth % 512] = (char)depth;
    return recurse(depth + 1) + frame[7];
}

BENCH(good)
{
    OPS bench_keep(b);
}

BENCH(segv)
{
    OPS write_nowhere();
}

BENCH(segv_in_setup)
{
    write_nowhere();
    OPS bench_keep(b);
}

BENCH(division)
{
    OPS divide();
}

BENCH(segv_in_libc)
{
    OPS copy_from_nowhere();
}

BENCH(wild_call)
{
    OPS call_nowhere();
}

BENCH(overflowing_stack)
{
    OPS zero = recurse(1);
}

BENCH(aborting)
{
    OPS abort();
}

BENCH(double_free)
{
    OPS
    {
        char *p = malloc(4000);
        bench_keep(p);
        free(p);
        bench_keep(p);
        free(p);
    }
}

BENCH(exit)
{
    OPS exit(0);
}

BENCH(exit_three)
{
    OPS _exit(3);
}

BENCH(exit_of_thread)
{
    OPS pthread_exit(NULL);
}

BENCH(killed)
{
    OPS raise(SIGKILL);
}

BENCH(stopped)
{
    OPS raise(SIGSTOP);
}

BENCH(endless)
{
    OPS
    {
        for (;;)
            bench_keep(b);
    }
}

BENCH(asleep)
{
    OPS pause();
}

BENCH(failing)
{
    OPS bench_expect(b, false, "two words");
}

BENCH(impatient)
{
    OPS break;
}

BENCH(endless_teardown)
{
    OPS bench_keep(b);
    for (;;)
        bench_keep(b);
}

/* What a sandbox must forbid, also to root. */
BENCH(jailed)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    bench_expect(b, pid == -1 && errno == EPERM, "fork: %s", strerror(errno));
    pid = vfork();
    if (pid == 0)
        _exit(0);
    bench_expect(b, pid == -1 && errno == EPERM, "vfork: %s", strerror(errno));
    bench_expect(b, system("true") != 0, "system");
    bench_expect(b, !popen("true", "r"), "popen");
    bench_expect(b, kill(getppid(), 0) == -1 && errno == EPERM, "kill the parent");
    bench_expect(b, kill(-1, 0) == -1 && errno == EPERM, "kill everybody");
    bench_expect(b, kill(0, 0) == -1 && errno == EPERM, "kill the group");
    bench_expect(b, setsid() == -1 && errno == EPERM, "setsid");
    bench_expect(b, socket(AF_INET, SOCK_STREAM, 0) == -1, "socket");
    bench_expect(b, open("left_behind", O_CREAT | O_WRONLY, 0600) == -1, "create");
    bench_expect(b, open(__FILE__, O_RDWR) == -1, "open for writing");
    bench_expect(b, truncate(__FILE__, 0) == -1, "truncate");
    bench_expect(b, unlink(__FILE__) == -1 && errno == EPERM, "unlink");
    bench_expect(b, execl("/bin/true", "true", NULL) == -1, "exec");
    int fd = open("/proc/self/maps", O_RDONLY);
    bench_expect(b, fd >= 0, "open for reading");
    close(fd);
    OPS bench_keep(b);
}

/* What the host has set is there, and cannot be looked into. */
BENCH(inheriting)
{
    int signal = 0;
    prctl(PR_GET_PDEATHSIG, &signal);
    bench_expect(b, signal == SIGKILL, "it outlives its host");
    bench_expect(b, getsid(0) != getpid(), "it leads a session");
    bench_expect(b, prctl(PR_GET_DUMPABLE) == 0, "others can look into it");
    bench_expect(b, prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1, "new privileges");
    char byte;
    bench_expect(b, read(STDIN_FILENO, &byte, 1) == 0, "it has an input");
    OPS bench_keep(b);
}

BENCH(greedy)
{
    volatile size_t n = (size_t)100 << 30;
    char *p = malloc(n);
    bench_keep(p);
    bench_expect(b, !p, "100 GiB");
    OPS bench_keep(b);
}

/* Neither what it writes nor what it closes can reach the protocol. */
BENCH(forging)
{
    static const char lie[] = "ok ratio=9 pairs=99\n";
    for (int fd = 3; fd < 64; fd++)
        bench_expect(b, write(fd, lie, sizeof lie - 1) == -1, "descriptor %d is open", fd);
    for (int fd = 0; fd < 64; fd++)
        close(fd);
    OPS bench_keep(b);
}

static void *spin(void *arg)
{
    for (;;)
        bench_keep(arg);
    return arg;
}

/* Would slow the other side down. */
BENCH(spinning)
{
    pthread_t thread;
    bench_expect(b, pthread_create(&thread, NULL, spin, NULL) == 0, "pthread_create");
    OPS bench_keep(b);
}

/* Uses next to no processor time. */
BENCH(napping)
{
    OPS
    {
        struct timespec nap = {.tv_nsec = 1000};
        nanosleep(&nap, NULL);
    }
}
