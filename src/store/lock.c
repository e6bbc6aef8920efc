#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

int pc_lock_folder(const char *dir, int ms, struct pc_err *err)
{
    enum { STEP_MS = 10 };
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (fd >= 0) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
        if (errno != EWOULDBLOCK && errno != EINTR)
            break;
        if ((ms -= STEP_MS) < 0) {
            pc_fail(err, PC_ENVIRONMENT,
                    "another perfcourse, perhaps a stopped one, is busy with %s", dir);
            close(fd);
            return -1;
        }
        nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000000L}, NULL);
    }
    pc_fail_errno(err, "cannot lock %s", dir);
    if (fd >= 0)
        close(fd);
    return -1;
}
