#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

static bool read_all(int fd, char *buf, size_t want, size_t *got)
{
    *got = 0;
    while (*got < want) {
        ssize_t n = read(fd, buf + *got, want - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return true;
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

char *pc_file_read(const char *path, size_t max, size_t *n, struct pc_err *err)
{
    PC_AUTO(pc_auto_close) int fd =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        pc_fail_errno(err, "cannot read %s", path);
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        pc_fail(err, PC_ENVIRONMENT, "cannot read %s: it is not a regular file", path);
        return NULL;
    }
    if ((size_t)st.st_size > max) {
        pc_fail(err, PC_ENVIRONMENT, "cannot read %s: %lld bytes, at most %zu are allowed",
                path, (long long)st.st_size, max);
        return NULL;
    }
    /* The file may grow while it is read: one byte more than allowed shows it. */
    size_t room = (size_t)st.st_size + 1, len;
    PC_AUTO(pc_auto_free) char *text = pc_alloc(room + 1);
    if (!read_all(fd, text, room, &len)) {
        pc_fail_errno(err, "cannot read %s", path);
        return NULL;
    }
    if (len == room) {
        pc_fail(err, PC_ENVIRONMENT, "cannot read %s: it changed while it was read", path);
        return NULL;
    }
    text[len] = '\0';
    if (n)
        *n = len;
    return PC_TAKE(text);
}

static bool write_file(const char *path, const void *data, size_t n, bool durable,
                       struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *temporary = pc_strfmt("%s.XXXXXX", path);
    PC_AUTO(pc_auto_close) int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return pc_fail_errno(err, "cannot write %s", path);
    mode_t mask = umask(0);
    umask(mask);
    struct stat old;
    mode_t mode = stat(path, &old) == 0 ? (old.st_mode & 0777) : (0666 & ~mask);
    bool ok = fchmod(fd, mode) == 0 && write_all(fd, data, n) &&
              (!durable || fsync(fd) == 0) && rename(temporary, path) == 0;
    if (!ok) {
        pc_fail_errno(err, "cannot write %s", path);
        unlink(temporary);
    }
    return ok;
}

bool pc_file_write(const char *path, const void *data, size_t n, struct pc_err *err)
{
    return write_file(path, data, n, true, err);
}

bool pc_file_write_cache(const char *path, const void *data, size_t n, struct pc_err *err)
{
    return write_file(path, data, n, false, err);
}

bool pc_file_create(const char *path, const void *data, size_t n, bool *made,
                    struct pc_err *err)
{
    *made = false;
    PC_AUTO(pc_auto_free) char *temporary = pc_strfmt("%s.XXXXXX", path);
    if (access(path, F_OK) == 0)
        return true;
    PC_AUTO(pc_auto_close) int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return pc_fail_errno(err, "cannot write %s", path);
    mode_t mask = umask(0);
    umask(mask);
    bool ok = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, data, n) && fsync(fd) == 0;
    /* link, unlike rename, never replaces a file that appeared meanwhile. */
    if (ok && link(temporary, path) == 0)
        *made = true;
    else if (!ok || errno != EEXIST)
        ok = pc_fail_errno(err, "cannot write %s", path);
    unlink(temporary);
    return ok;
}

bool pc_file_exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

bool pc_file_remove_tree(const char *path, struct pc_err *err)
{
    if (!pc_file_exists(path))
        return true;
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
        return pc_fail_errno(err, "cannot remove %s", path);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **pc_dir_names(const char *path, struct pc_err *err)
{
    DIR *dir = opendir(path);
    if (!dir) {
        pc_fail_errno(err, "cannot read the folder %s", path);
        return NULL;
    }
    char **names = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *d; (d = readdir(dir));) {
        if (d->d_name[0] == '.')
            continue;
        pc_reserve(&names, &cap, n + 2, sizeof *names);
        names[n++] = pc_strdup(d->d_name);
    }
    closedir(dir);
    pc_reserve(&names, &cap, n + 1, sizeof *names);
    names[n] = NULL;
    qsort(names, n, sizeof *names, by_name);
    return names;
}

void pc_names_free(char **names)
{
    for (char **p = names; p && *p; p++)
        free(*p);
    free(names);
}
