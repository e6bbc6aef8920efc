#include "store/repair.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/backup.h"
#include "store/connect.h"

static const size_t backup_max = (size_t)1 << 30;

/* Instances that find the same damage take turns; the folder itself is the lock. */
static int lock_folder(const char *dir, struct pc_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0)
        return fd;
    pc_fail_errno(err, "cannot lock %s", dir);
    if (fd >= 0)
        close(fd);
    return -1;
}

static char *free_name(const char *file)
{
    char date[32] = "";
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm))
        strftime(date, sizeof date, "%Y-%m-%d-%H%M%S", &tm);
    char *name = pc_strfmt("%s.damaged-%s", file, date);
    for (int i = 2; access(name, F_OK) == 0; i++) {
        free(name);
        name = pc_strfmt("%s.damaged-%s.%d", file, date, i);
    }
    return name;
}

/* The journal goes first: it must never be found beside another file.  What holds nothing of
 * its own is removed. */
static bool move_side_files(const char *file, const char *to, struct pc_err *err)
{
    static const struct {
        const char *end;
        bool derived;
    } sides[] = {{"-wal", false}, {"-shm", true}, {"-journal", false}};
    for (size_t i = 0; i < PC_COUNT(sides); i++) {
        PC_AUTO(pc_auto_free) char *old = pc_strfmt("%s%s", file, sides[i].end);
        PC_AUTO(pc_auto_free) char *new = pc_strfmt("%s%s", to, sides[i].end);
        struct stat st;
        bool empty = sides[i].derived || (stat(old, &st) == 0 && st.st_size == 0);
        if ((empty ? unlink(old) : rename(old, new)) != 0 && errno != ENOENT)
            return pc_fail_errno(err, "cannot set aside %s", old);
    }
    return true;
}

/* With a backup at hand the damaged file keeps its name until the backup replaces it, so
 * that there is always one. */
static bool move_file(const char *file, const char *to, bool replaced, struct pc_err *err)
{
    if (replaced && link(file, to) == 0)
        return true;
    return rename(file, to) == 0 || pc_fail_errno(err, "cannot set aside %s", file);
}

static bool replace(const char *file, const char *backup, char **aside, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *data = NULL;
    size_t n = 0;
    if (backup && !(data = pc_file_read(backup, backup_max, &n, err)))
        return false;
    if (access(file, F_OK) == 0 || errno != ENOENT) {
        PC_AUTO(pc_auto_free) char *to = free_name(file);
        if (!move_side_files(file, to, err) || !move_file(file, to, backup != NULL, err))
            return false;
        *aside = PC_TAKE(to);
    }
    return !backup || pc_file_write(file, data, n, err);
}

bool pc_repair(const char *dir, const char *file, char **aside, char **backup,
               struct pc_err *err)
{
    *aside = *backup = NULL;
    PC_AUTO(pc_auto_close) int lock = lock_folder(dir, err);
    if (lock < 0)
        return false;
    sqlite3 *db;
    enum pc_condition condition = pc_connect(file, PC_ACCESS_WRITE, &db, NULL);
    sqlite3_close(db);
    if (condition == PC_FILE_SOUND || condition == PC_FILE_NEWER)
        return true;
    *backup = pc_backup_latest(dir);
    return replace(file, *backup, aside, err);
}
