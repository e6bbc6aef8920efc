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
#include "base/temporary.h"

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

/* A name that is not on the disk yet is lost with the power; where folders cannot be
 * flushed there is nothing more to do. */
static void flush_folder_of(const char *path)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    PC_AUTO(pc_auto_close) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        fsync(fd);
}

static bool make_beside(struct pc_temporary *t, const char *path, const void *data,
                        size_t n, bool durable, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    if (durable)
        pc_temporary_sweep(folder);
    return pc_temporary_make(t, path, data, n, durable) ||
           pc_fail_errno(err, "cannot write %s", path);
}

static bool write_file(const char *path, const void *data, size_t n, bool durable,
                       struct pc_err *err)
{
    struct pc_temporary t = {0};
    if (!make_beside(&t, path, data, n, durable, err))
        return false;
    bool ok =
        pc_temporary_name(&t, path, false) || pc_fail_errno(err, "cannot write %s", path);
    pc_temporary_end(&t);
    if (ok && durable)
        flush_folder_of(path);
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
    struct pc_temporary t = {0};
    *made = false;
    if (pc_file_exists(path))
        return true;
    if (!make_beside(&t, path, data, n, true, err))
        return false;
    *made = pc_temporary_name(&t, path, true);
    bool ok = *made || errno == EEXIST || pc_fail_errno(err, "cannot write %s", path);
    pc_temporary_end(&t);
    if (*made)
        flush_folder_of(path);
    return ok;
}

bool pc_file_holds(const char *path, const void *data, size_t n)
{
    size_t len;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, n, &len, NULL);
    return text && len == n && memcmp(text, data, n) == 0;
}

/* Both names change their files at once, so that nothing is ever without a name; then what
 * was there can be looked at in peace.  It goes back if it is not what was expected, and
 * again, should somebody save the file just then. */
static bool exchange(const struct pc_temporary *t, const char *path,
                     const struct pc_file_change *c, bool *replaced)
{
    enum { TIMES = 100 }; /* even: in the end all is as it was */
    for (int i = 0; i < TIMES; i++) {
        if (renameat2(AT_FDCWD, t->path, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
            return false;
        *replaced = pc_file_holds(t->path, c->old, c->n_old);
        if (*replaced || pc_file_holds(t->path, c->data, c->n))
            return true;
    }
    errno = EBUSY;
    return false;
}

/* The best that can be had where names cannot be exchanged, as on network folders. */
static bool look_and_replace(struct pc_temporary *t, const char *path,
                             const struct pc_file_change *c, bool *replaced)
{
    if (!pc_file_holds(path, c->old, c->n_old))
        return true;
    return *replaced = pc_temporary_name(t, path, false);
}

bool pc_file_replace(const char *path, const struct pc_file_change *c, bool *replaced,
                     struct pc_err *err)
{
    struct pc_temporary t = {0};
    *replaced = false;
    if (!make_beside(&t, path, c->data, c->n, true, err))
        return false;
    bool ok = exchange(&t, path, c, replaced);
    if (!ok && (errno == EINVAL || errno == ENOSYS))
        ok = look_and_replace(&t, path, c, replaced);
    ok = ok || errno == ENOENT || pc_fail_errno(err, "cannot write %s", path);
    pc_temporary_end(&t);
    if (*replaced)
        flush_folder_of(path);
    return ok;
}

void pc_file_sweep(const char *dir)
{
    pc_temporary_sweep(dir);
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
