#include "base/temporary.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

/* No file of a person has such a name. */
#define PREFIX ".perfcourse-"
enum { LETTERS = sizeof "XXXXXX" - 1, TRIES = 100 };

static bool is_temporary(const char *name)
{
    if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
        return false;
    name += strlen(PREFIX);
    for (int i = 0; i < LETTERS; i++)
        if (!isalnum((unsigned char)name[i]))
            return false;
    return name[LETTERS] == '\0';
}

static bool write_all(int fd, const char *data, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, data, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return false;
        data += k;
        n -= (size_t)k;
    }
    return true;
}

static mode_t mode_for(const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        return old.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Somebody who sweeps may come between making the file and locking it; then it is not ours
 * any more.  Where files cannot be locked nobody sweeps. */
static bool is_held(int fd)
{
    struct stat st;
    bool taken = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    return !taken && fstat(fd, &st) == 0 && st.st_nlink > 0;
}

static bool make(struct pc_temporary *t, const char *folder)
{
    for (int i = 0; i < TRIES; i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, PREFIX "XXXXXX");
        t->fd = mkostemp(path, O_CLOEXEC);
        if (t->fd < 0)
            return false;
        if (is_held(t->fd)) {
            t->path = PC_TAKE(path);
            return true;
        }
        close(t->fd);
    }
    errno = EBUSY;
    return false;
}

bool pc_temporary_make(struct pc_temporary *t, const char *path, const void *data, size_t n,
                       bool durable)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    if (!make(t, folder))
        return false;
    if (fchmod(t->fd, mode_for(path)) == 0 && write_all(t->fd, data, n) &&
        (!durable || fsync(t->fd) == 0))
        return true;
    int why = errno;
    pc_temporary_end(t);
    errno = why;
    return false;
}

bool pc_temporary_name(struct pc_temporary *t, const char *path, bool anew)
{
    bool named = !anew
                     ? rename(t->path, path) == 0
                     : renameat2(AT_FDCWD, t->path, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
    if (!named && anew && (errno == EINVAL || errno == ENOSYS))
        return link(t->path, path) == 0;
    if (named) {
        free(t->path);
        t->path = NULL;
    }
    return named;
}

void pc_temporary_end(struct pc_temporary *t)
{
    if (t->path)
        unlink(t->path);
    close(t->fd);
    free(t->path);
}

void pc_temporary_sweep(const char *dir)
{
    DIR *d = opendir(dir);
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));) {
        if (!is_temporary(e->d_name))
            continue;
        PC_AUTO(pc_auto_close) int fd =
            openat(dirfd(d), e->d_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        struct stat st;
        if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
            flock(fd, LOCK_EX | LOCK_NB) == 0)
            unlinkat(dirfd(d), e->d_name, 0);
    }
    closedir(d);
}
