#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "jail_bed.h"

/* Each is tried in a jail of its own and gives true when all went well. */
struct ability {
    const char *name;
    bool (*can)(void);
};

static void *add_one(void *arg)
{
    __atomic_fetch_add((int *)arg, 1, __ATOMIC_RELAXED);
    return arg;
}

static void *wait_for_ever(void *arg)
{
    for (;;)
        pause();
    return arg;
}

static bool threads(void)
{
    enum { THREADS = 16 };
    pthread_t ids[THREADS], endless;
    int sum = 0;
    for (int k = 0; k < THREADS; k++)
        if (pthread_create(&ids[k], NULL, add_one, &sum) != 0)
            return false;
    for (int k = 0; k < THREADS; k++)
        pthread_join(ids[k], NULL);
    void *end;
    return sum == THREADS && pthread_create(&endless, NULL, wait_for_ever, NULL) == 0 &&
           pthread_setname_np(pthread_self(), "first") == 0 &&
           pthread_cancel(endless) == 0 && pthread_join(endless, &end) == 0 &&
           end == PTHREAD_CANCELED;
}

static bool locks_with_a_time_limit(void)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    struct timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_nsec = (soon.tv_nsec + 1000000) % 1000000000;
    pthread_mutex_lock(&lock);
    return pthread_cond_timedwait(&never, &lock, &soon) == ETIMEDOUT;
}

static bool memory_of_all_kinds(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *big = malloc(64 << 20), *map;
    if (!big || !(big = realloc(big, 80 << 20)))
        return false;
    memset(big, 1, 80 << 20);
    free(big);
    map = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return map != MAP_FAILED && madvise(map, page, MADV_DONTNEED) == 0 &&
           mprotect(map + page, page, PROT_NONE) == 0 && mlock(map, page) == 0 &&
           munlock(map, page) == 0 && sbrk((intptr_t)page) != (void *)-1 &&
           munmap(map, 4 * page) == 0;
}

static bool files_in_memory(void)
{
    int fd = memfd_create("file", MFD_CLOEXEC);
    if (fd < 0 || ftruncate(fd, 65536) != 0 || pwrite(fd, "text", 4, 0) != 4)
        return false;
    char *map = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return map != MAP_FAILED && memcmp(map, "text", 4) == 0;
}

static bool its_input(void)
{
    char line[16] = "";
    FILE *file = fopen(jail_bed_input(), "re");
    bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    return read && strcmp(line, "read me\n") == 0;
}

static bool opens(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char byte;
    bool can_read = fd >= 0 && read(fd, &byte, 1) == 1;
    close(fd);
    return can_read;
}

static bool files_of_the_system(void)
{
    DIR *dir = opendir("/usr/lib");
    bool listed = dir && readdir(dir);
    if (dir)
        closedir(dir);
    return listed && opens("/proc/self/maps") && opens("/proc/self/status") &&
           opens("/proc/cpuinfo") && opens("/dev/zero") && opens("/dev/urandom") &&
           sysconf(_SC_NPROCESSORS_ONLN) > 0;
}

static bool libraries(void)
{
    void *math = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    return math && dlsym(math, "cos");
}

/* Where the vdso answers no call is made; without it one is. */
static bool clocks_and_chance(void)
{
    struct timespec ts;
    struct timespec moment = {.tv_nsec = 1000};
    struct tm local;
    char bytes[16];
    time_t now = time(NULL);
    return syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &ts) == 0 &&
           syscall(SYS_gettimeofday, &ts, NULL) == 0 &&
           clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts) == 0 &&
           nanosleep(&moment, NULL) == 0 && localtime_r(&now, &local) &&
           getrandom(bytes, sizeof bytes, 0) == sizeof bytes;
}

static volatile sig_atomic_t signals_seen;

static void see(int signal)
{
    (void)signal;
    signals_seen++;
}

static bool signals_to_itself(void)
{
    static char stack[64 << 10];
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = see, .sa_flags = SA_ONSTACK};
    sigaction(SIGUSR1, &action, NULL);
    return sigaltstack(&own, NULL) == 0 && raise(SIGUSR1) == 0 &&
           kill(getpid(), SIGUSR1) == 0 && pthread_kill(pthread_self(), SIGUSR1) == 0 &&
           signals_seen == 3;
}

static bool timers(void)
{
    struct sigaction action = {.sa_handler = see};
    struct itimerspec soon = {.it_value.tv_nsec = 1000000};
    timer_t timer;
    sigset_t alarms, old;
    uint64_t times;
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    sigaction(SIGALRM, &action, NULL);
    sigprocmask(SIG_BLOCK, &alarms, &old);
    if (timer_create(CLOCK_MONOTONIC, NULL, &timer) != 0 ||
        timer_settime(timer, 0, &soon, NULL) != 0)
        return false;
    sigsuspend(&old);
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    return signals_seen == 1 && timer_delete(timer) == 0 &&
           timerfd_settime(fd, 0, &soon, NULL) == 0 &&
           read(fd, &times, sizeof times) == sizeof times;
}

static bool events_and_pipes(void)
{
    int ends[2], poller = epoll_create1(EPOLL_CLOEXEC), event = eventfd(1, EFD_CLOEXEC);
    struct epoll_event wanted = {.events = EPOLLIN}, got;
    char byte;
    return pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && read(ends[0], &byte, 1) == 1 &&
           fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && dup(ends[0]) >= 0 &&
           epoll_ctl(poller, EPOLL_CTL_ADD, event, &wanted) == 0 &&
           epoll_wait(poller, &got, 1, 1000) == 1;
}

static bool questions_about_itself(void)
{
    struct rlimit limit;
    struct rusage usage;
    cpu_set_t set;
    errno = 0;
    return getrlimit(RLIMIT_STACK, &limit) == 0 && getrusage(RUSAGE_SELF, &usage) == 0 &&
           sched_getaffinity(0, sizeof set, &set) == 0 && getppid() > 0 &&
           !isatty(STDIN_FILENO) && waitpid(-1, NULL, 0) < 0 && errno == ECHILD;
}

static long try_ability(const void *row)
{
    return ((const struct ability *)row)->can() ? 1 : -errno;
}

static void what_programs_need_works(void **state)
{
    (void)state;
    static const struct ability rows[] = {
        {"threads", threads},
        {"locks with a time limit", locks_with_a_time_limit},
        {"memory", memory_of_all_kinds},
        {"files in memory", files_in_memory},
        {"its input", its_input},
        {"files of the system", files_of_the_system},
        {"libraries", libraries},
        {"clocks and chance", clocks_and_chance},
        {"signals to itself", signals_to_itself},
        {"timers", timers},
        {"events and pipes", events_and_pipes},
        {"questions about itself", questions_about_itself},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        for (int user = 0; user < jail_bed_users(); user++) {
            struct jail_end end =
                jail_bed_try(user == 1, jail_bed_enter, try_ability, &rows[i]);
            if (end.signal || end.result != 1)
                fail_msg("%s%s: signal %d, result %ld (%s)", rows[i].name,
                         user == 1 ? " as nobody" : "", end.signal, end.result,
                         end.result < 0 ? strerror((int)-end.result) : "");
        }
    }
}

static long abort_now(const void *row)
{
    (void)row;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void abort_ends_with_its_signal(void **state)
{
    (void)state;
    assert_int_equal(jail_bed_try(false, jail_bed_enter, abort_now, NULL).signal, SIGABRT);
}

/* The limits bind root as well, which has lost the right to overcome them. */
static bool is_bound_by_its_limits(void)
{
    signal(SIGXFSZ, SIG_IGN);
    int fd = memfd_create("file", 0), last = 0;
    bool too_long = ftruncate(fd, 2 << 20) != 0 && errno == EFBIG;
    for (int next = dup(fd); next >= 0; next = dup(fd))
        last = next;
    bool too_many = errno == EMFILE && last == 255;
    char *map =
        mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bool too_fixed = syscall(SYS_mlock, map, 4 << 20) != 0; /* ASan has one of its own */
#ifndef __SANITIZE_ADDRESS__
    void *huge = mmap(NULL, (size_t)2 << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (huge != MAP_FAILED)
        return false;
#endif
    return too_long && too_many && too_fixed;
}

static bool has_all_limits(void)
{
    static const struct {
        int resource;
        rlim_t most;
    } rows[] = {
        {RLIMIT_CPU, 61},          {RLIMIT_CORE, 0},          {RLIMIT_FSIZE, 1 << 20},
        {RLIMIT_NOFILE, 256},      {RLIMIT_MEMLOCK, 1 << 20}, {RLIMIT_NPROC, 1 << 22},
        {RLIMIT_SIGPENDING, 1024}, {RLIMIT_MSGQUEUE, 0},      {RLIMIT_RTPRIO, 0},
        {RLIMIT_NICE, 0},
    };
    struct rlimit limit;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (getrlimit(rows[i].resource, &limit) != 0 || limit.rlim_max > rows[i].most)
            return false;
    return true;
}

/* Of root's powers only that to read remains, within what Landlock leaves. */
static bool has_given_up_its_privileges(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &head, sets) != 0)
        return false;
    uint32_t others = sets[0].permitted & ~(1u << CAP_DAC_READ_SEARCH);
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_DUMPABLE) == 0 &&
           (others | sets[1].permitted | sets[0].inheritable | sets[1].inheritable) == 0;
}

static void limits_and_rights_are_low_for_everybody(void **state)
{
    (void)state;
    static const struct ability rows[] = {
        {"bound by its limits", is_bound_by_its_limits},
        {"all limits", has_all_limits},
        {"privileges", has_given_up_its_privileges},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        for (int user = 0; user < jail_bed_users(); user++) {
            struct jail_end end =
                jail_bed_try(user == 1, jail_bed_enter, try_ability, &rows[i]);
            if (end.signal || end.result != 1)
                fail_msg("%s%s: signal %d, result %ld", rows[i].name,
                         user == 1 ? " as nobody" : "", end.signal, end.result);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_programs_need_works),
        cmocka_unit_test(abort_ends_with_its_signal),
        cmocka_unit_test(limits_and_rights_are_low_for_everybody),
    };
    return cmocka_run_group_tests(tests, jail_bed_setup, jail_bed_teardown);
}
