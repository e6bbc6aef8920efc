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

/* What a killed instance left of a copy.  Its journal would be taken for that of the next. */
static void remove_part(const char *folder)
{
    static const char *const names[] = {".new-journal", ".new"};
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, names[i]);
        unlink(path);
    }
}

/* The same, unless somebody is at work on it. */
static void sweep(const char *folder)
{
    PC_AUTO(pc_auto_free) char *part = pc_path_join(folder, ".new");
    PC_AUTO(pc_auto_free) char *journal = pc_path_join(folder, ".new-journal");
    if (!pc_file_exists(part) && !pc_file_exists(journal))
        return;
    PC_AUTO(pc_auto_close) int lock = pc_lock_folder(folder, 0, NULL);
    if (lock >= 0)
        remove_part(folder);
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
    remove_part(folder);
    if (pc_sql_do(db, err, "VACUUM INTO ?", "t", part) && flush_to_disk(part, err) &&
        (rename(part, path) == 0 || pc_fail_errno(err, "cannot write %s", path)))
        return flush_to_disk(folder, err);
    remove_part(folder);
    return pc_while(err, "no backup was made");
}

/* Names of backups from the least to the most valuable; they end with NULL.  Dates tell, but a
 * clock may have been wrong: what seems to come from the future counts less than what was
 * made up to today. */
static char **ranked_names(const char *folder)
{
    char date[DATE];
    write_date(date);
    char **names = pc_dir_names(folder, NULL);
    size_t n = 0, future = 0;
    while (names && names[n])
        n++;
    while (future < n && strncmp(names[n - 1 - future], date, DATE - 1) > 0)
        future++;
    char **ranked = pc_alloc_array(n + 1, sizeof *ranked);
    for (size_t i = 0; i < n; i++)
        ranked[i] = names[(i + n - future) % n];
    free(names);
    return ranked;
}

static void prune(const char *folder)
{
    char **names = ranked_names(folder);
    int daily = 0;
    for (char **name = names; *name; name++)
        daily += is_daily(*name);
    for (char **name = names; *name && daily > PC_BACKUPS_KEPT; name++) {
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
    if (!pc_mkdirs(folder, err))
        return false;
    sweep(folder);
    if (!copy_to(db, folder, name, anew, err))
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
    char **names = ranked_names(folder);
    size_t n = 0;
    while (names[n])
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
