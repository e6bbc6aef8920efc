#include "host/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

/* The header of the system may be older than its kernel, so what the kernel documents is
 * written down here once more. */
enum {
    CREATE_RULESET_VERSION = 1 << 0,
    RULE_PATH_BENEATH = 1,
    SELF_LOG_SAME_EXEC_OFF = 1 << 0,
};

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_ABI_1 = (1 << 13) - 1, /* these, and to make and remove files of all kinds */
    FS_REFER = 1 << 13,
    FS_TRUNCATE = 1 << 14,
    FS_IOCTL_DEV = 1 << 15,
    FS_OF_FILES = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE,
    NET_BIND_TCP = 1 << 0,
    NET_CONNECT_TCP = 1 << 1,
    SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0,
    SCOPE_SIGNAL = 1 << 1,
};

struct ruleset {
    uint64_t handled_fs, handled_net, scoped;
};

struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/* The least ABI that knows a right. */
static const struct {
    int abi;
    struct ruleset rights;
} abis[] = {
    {1, {.handled_fs = FS_ABI_1}},
    {2, {.handled_fs = FS_REFER}},
    {3, {.handled_fs = FS_TRUNCATE}},
    {4, {.handled_net = NET_BIND_TCP | NET_CONNECT_TCP}},
    {5, {.handled_fs = FS_IOCTL_DEV}},
    {6, {.scoped = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL}},
};
enum { ABI_WITHOUT_LOG = 7 };

/* What is there of these may be read, and executed where a program is to be started: its
 * loader is among the libraries. */
static const char *const readable[] = {
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/dev/null",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm",
    "/sys/devices/system",
    "/sys/kernel/mm/transparent_hugepage",
};

static int create_ruleset(const struct ruleset *rules, size_t size, uint32_t flags)
{
    return (int)syscall(SYS_landlock_create_ruleset, rules, size, flags);
}

/* What is not there, or not ours to see, is not allowed: that is fine. */
static int allow(int ruleset, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return 0;
    struct stat st;
    if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rights &= FS_OF_FILES;
    const struct path_beneath rule = {.allowed = rights, .parent = fd};
    int rc = (int)syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
    int error = rc == 0 ? 0 : errno;
    close(fd);
    return error;
}

static int allow_all(int ruleset, const struct pc_jail *jail)
{
    uint64_t rights = FS_READ_FILE | FS_READ_DIR;
    if (jail->program)
        rights |= FS_EXECUTE;
    int error = 0;
    for (size_t i = 0; i < PC_COUNT(readable) && !error; i++)
        error = allow(ruleset, readable[i], rights);
    for (const char *const *path = jail->reads; path && *path && !error; path++)
        error = allow(ruleset, *path, rights);
    if (jail->program && !error)
        error = allow(ruleset, jail->program, rights);
    if (jail->forks && !error)
        error = allow(ruleset, "/dev/null", rights | FS_WRITE_FILE);
    return error;
}

int pc_landlock_enter(const struct pc_jail *jail, int *abi)
{
    struct ruleset rules = {0};
    *abi = create_ruleset(NULL, 0, CREATE_RULESET_VERSION);
    if (*abi < 0)
        return errno;
    for (size_t i = 0; i < PC_COUNT(abis) && abis[i].abi <= *abi; i++) {
        rules.handled_fs |= abis[i].rights.handled_fs;
        rules.handled_net |= abis[i].rights.handled_net;
        rules.scoped |= abis[i].rights.scoped;
    }
    int ruleset = create_ruleset(&rules, sizeof rules, 0);
    if (ruleset < 0)
        return errno;
    int error = allow_all(ruleset, jail);
    /* A kernel that tries again and again would fill the log of the system. */
    uint32_t flags = *abi >= ABI_WITHOUT_LOG ? SELF_LOG_SAME_EXEC_OFF : 0;
    if (!error && syscall(SYS_landlock_restrict_self, ruleset, flags) != 0)
        error = errno;
    close(ruleset);
    return error;
}
