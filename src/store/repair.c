#include "store/repair.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/backup.h"
#include "store/connect.h"
#include "store/lock.h"

/* A repair takes no longer than reading and writing the file. */
enum { LOCK_MS = 20000 };
static const size_t backup_max = (size_t)1 << 30;

/* What belongs to a file: journals hold data of their own, the index of one does not. */
static const char *const journals[] = {"-wal", "-journal"};
static const char index_end[] = "-shm";

static char *mark_of(const char *file)
{
    return pc_strfmt("%s.repairing", file);
}

bool pc_repair_is_open(const char *file)
{
    PC_AUTO(pc_auto_free) char *mark = mark_of(file);
    return pc_file_exists(mark);
}

/* Where files cannot have two names, or it is a folder, it moves. */
static bool give_name(const char *old, const char *new, struct pc_err *err)
{
    return link(old, new) == 0 || errno == ENOENT || rename(old, new) == 0 ||
           errno == ENOENT || pc_fail_errno(err, "cannot set aside %s", old);
}

/* A kill may have come before the mark was set: then journals have two names, or the other
 * one only. */
static void take_journal_back(const char *journal, const char *aside)
{
    if (pc_file_exists(journal))
        unlink(aside);
    else
        rename(aside, journal);
}

/* The journals go first: the mark says that all of it is there. */
static bool set_aside(const char *file, const char *mark, struct pc_err *err)
{
    for (size_t i = 0; i < PC_COUNT(journals); i++) {
        PC_AUTO(pc_auto_free) char *old = pc_strfmt("%s%s", file, journals[i]);
        PC_AUTO(pc_auto_free) char *new = pc_strfmt("%s%s", mark, journals[i]);
        take_journal_back(old, new);
        if (!give_name(old, new, err))
            return false;
    }
    return give_name(file, mark, err);
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return lstat(a, &x) == 0 && lstat(b, &y) == 0 && x.st_ino == y.st_ino &&
           x.st_dev == y.st_dev;
}

static bool remove_name(const char *file, const char *end, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s%s", file, end);
    return unlink(path) == 0 || errno == ENOENT ||
           pc_fail_errno(err, "cannot set aside %s", path);
}

/* No journal must ever be found beside another file than its own. */
static bool put_backup(const char *file, const char *backup, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *data = NULL;
    size_t n = 0;
    if (backup && !(data = pc_file_read(backup, backup_max, &n, err)))
        return false;
    for (size_t i = 0; i < PC_COUNT(journals); i++)
        if (!remove_name(file, journals[i], err))
            return false;
    return remove_name(file, index_end, err) &&
           (backup ? pc_file_write(file, data, n, err) : remove_name(file, "", err));
}

static char *free_name(const char *file)
{
    char date[32] = "";
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm))
        strftime(date, sizeof date, "%Y-%m-%d-%H%M%S", &tm);
    char *name = pc_strfmt("%s.damaged-%s", file, date);
    for (int i = 2; pc_file_exists(name); i++) {
        free(name);
        name = pc_strfmt("%s.damaged-%s.%d", file, date, i);
    }
    return name;
}

/* Reading leaves an empty journal and an index. */
static bool remove_derived(const char *file)
{
    struct stat st;
    PC_AUTO(pc_auto_free) char *journal = pc_strfmt("%s%s", file, journals[0]);
    if (stat(journal, &st) == 0 && st.st_size == 0)
        unlink(journal);
    return remove_name(file, index_end, NULL);
}

/* The mark goes last. */
static bool give_dated_name(const char *mark, const char *to)
{
    if (!remove_derived(mark))
        return false;
    for (size_t i = 0; i < PC_COUNT(journals); i++) {
        PC_AUTO(pc_auto_free) char *old = pc_strfmt("%s%s", mark, journals[i]);
        PC_AUTO(pc_auto_free) char *new = pc_strfmt("%s%s", to, journals[i]);
        if (rename(old, new) != 0 && errno != ENOENT)
            return false;
    }
    return rename(mark, to) == 0;
}

static bool replace(const char *dir, struct pc_repair *repair, const char *mark,
                    struct pc_err *err)
{
    repair->backup = pc_backup_latest(dir);
    bool open = pc_file_exists(mark), there = pc_file_exists(repair->file);
    /* What took the place of a damaged file was damaged, too, before all was taken. */
    if (open && there && !same_file(repair->file, mark)) {
        PC_AUTO(pc_auto_free) char *to = free_name(repair->file);
        if (!give_dated_name(repair->file, to))
            return pc_fail_errno(err, "cannot set aside %s", repair->file);
    }
    if (!open && there && !set_aside(repair->file, mark, err))
        return false;
    return put_backup(repair->file, repair->backup, err);
}

bool pc_repair_begin(const char *dir, const char *file, struct pc_repair *repair,
                     struct pc_err *err)
{
    *repair = (struct pc_repair){.lock = pc_lock_folder(dir, LOCK_MS, err),
                                 .file = pc_strdup(file)};
    if (repair->lock < 0)
        return false;
    PC_AUTO(pc_auto_free) char *mark = mark_of(file);
    sqlite3 *db;
    enum pc_condition condition = pc_connect(file, PC_ACCESS_WRITE, &db, err);
    sqlite3_close(db);
    /* What cannot be looked at now may be as good as ever. */
    if (condition == PC_FILE_UNREADABLE)
        return false;
    bool usable = condition == PC_FILE_SOUND || condition == PC_FILE_NEWER;
    if (same_file(file, mark))
        usable = false;
    if (!usable && !replace(dir, repair, mark, err))
        return false;
    if (pc_file_exists(mark))
        repair->aside = PC_TAKE(mark);
    return true;
}

void pc_repair_end(struct pc_repair *repair, bool done)
{
    if (repair->aside && done) {
        PC_AUTO(pc_auto_free) char *to = free_name(repair->file);
        if (give_dated_name(repair->aside, to)) {
            free(repair->aside);
            repair->aside = PC_TAKE(to);
        }
    }
    pc_auto_close(&repair->lock);
    repair->lock = -1;
}

void pc_repair_fini(struct pc_repair *repair)
{
    pc_auto_close(&repair->lock);
    free(repair->file);
    free(repair->aside);
    free(repair->backup);
    *repair = (struct pc_repair){.lock = -1};
}
