#include "store/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/connect.h"
#include "store/lock.h"
#include "store/sql.h"

/* "2024-11-20.db" and "2024-11-20-format-1.db": sorted by name, later ones come later. */
enum { DATE = sizeof "2024-11-20", LOCK_MS = 10000 };

static void write_date(char date[DATE])
{
    time_t now = time(NULL);
    struct tm tm;
    if (!localtime_r(&now, &tm) || strftime(date, DATE, "%Y-%m-%d", &tm) == 0)
        strcpy(date, "0000-00-00");
}

static bool is_daily(const char *name)
{
    return strlen(name) == DATE - 1 + strlen(".db") && strcmp(name + DATE - 1, ".db") == 0;
}

static char *backup_dir(const char *dir)
{
    return pc_path_join(dir, "backup");
}

static bool flush_to_disk(const char *path, struct pc_err *err)
{
    PC_AUTO(pc_auto_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    return (fd >= 0 && fsync(fd) == 0) || pc_fail_errno(err, "cannot write %s", path);
}

/* VACUUM INTO reads one state of the file, whatever others write meanwhile; it fails when
 * the file is damaged.  Of instances that want a copy at the same time one makes it. */
static bool copy_to(sqlite3 *db, const char *folder, const char *name, bool anew,
                    struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, name);
    PC_AUTO(pc_auto_free) char *part = pc_path_join(folder, ".new");
    if (!anew && pc_file_exists(path))
        return true;
    PC_AUTO(pc_auto_close) int lock = pc_lock_folder(folder, LOCK_MS, err);
    if (lock < 0)
        return false;
    if (!anew && pc_file_exists(path))
        return true;
    /* What a killed instance left. */
    unlink(part);
    if (pc_sql_do(db, err, "VACUUM INTO ?", "t", part) && flush_to_disk(part, err) &&
        (rename(part, path) == 0 || pc_fail_errno(err, "cannot write %s", path)))
        return true;
    unlink(part);
    return pc_while(err, "no backup was made");
}

static void prune(const char *folder)
{
    char **names = pc_dir_names(folder, NULL);
    int daily = 0;
    for (char **name = names; name && *name; name++)
        daily += is_daily(*name);
    for (char **name = names; name && *name && daily > PC_BACKUPS_KEPT; name++) {
        if (!is_daily(*name))
            continue;
        PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, *name);
        unlink(path);
        daily--;
    }
    pc_names_free(names);
}

bool pc_backup_daily(sqlite3 *db, const char *dir, bool anew, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = backup_dir(dir);
    char date[DATE], name[DATE + 8];
    write_date(date);
    snprintf(name, sizeof name, "%s.db", date);
    if (!pc_mkdirs(folder, err) || !copy_to(db, folder, name, anew, err))
        return false;
    prune(folder);
    return true;
}

bool pc_backup_before_migration(sqlite3 *db, const char *dir, int version,
                                struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = backup_dir(dir);
    char date[DATE], name[DATE + 32];
    write_date(date);
    snprintf(name, sizeof name, "%s-format-%d.db", date, version);
    return pc_mkdirs(folder, err) && copy_to(db, folder, name, false, err);
}

bool pc_backup_rescue(sqlite3 *db, const char *file, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(file);
    return copy_to(db, folder, pc_path_base(file), false, err);
}

char *pc_backup_latest(const char *dir)
{
    PC_AUTO(pc_auto_free) char *folder = backup_dir(dir);
    char **names = pc_dir_names(folder, NULL);
    size_t n = 0;
    while (names && names[n])
        n++;
    char *latest = NULL;
    while (n-- > 0 && !latest) {
        sqlite3 *db;
        char *path = pc_path_join(folder, names[n]);
        if (pc_connect(path, PC_ACCESS_FROZEN, &db, NULL) == PC_FILE_SOUND)
            latest = PC_TAKE(path);
        sqlite3_close(db);
        free(path);
    }
    pc_names_free(names);
    return latest;
}
