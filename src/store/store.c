#include "store/store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "store/backup.h"
#include "store/connect.h"
#include "store/internal.h"
#include "store/repair.h"
#include "store/schema.h"

static bool can_write(const struct pc_store *store)
{
    return access(store->dir, W_OK | X_OK) == 0 &&
           (access(store->file, W_OK) == 0 || errno == ENOENT || errno == ELOOP);
}

/* To show what was kept is better than nothing, where nothing can be added. */
static bool open_for_reading(struct pc_store *store, char **note, const char *why,
                             struct pc_err *err)
{
    store->writable = false;
    enum pc_condition condition = pc_connect(store->file, PC_ACCESS_READ, &store->db, err);
    if (condition == PC_FILE_UNREADABLE)
        condition = pc_connect(store->file, PC_ACCESS_FROZEN, &store->db, err);
    if (condition == PC_FILE_DAMAGED || condition == PC_FILE_UNREADABLE)
        return pc_while(err,
                        "progress is neither read nor kept (to begin anew, move %s away)",
                        store->file);
    if (condition == PC_FILE_NEWER)
        why = "it was written by a newer perfcourse; use that one";
    *note = pc_strfmt("progress is shown but not kept: %s: %s", store->file, why);
    return true;
}

/* Records of the damaged file that the backup does not have; `*saved` is their number. */
static bool salvage(struct pc_store *store, const char *damaged, size_t *saved,
                    struct pc_err *err)
{
    for (int i = 0; i < PC_VIEWS_OF_DAMAGE; i++) {
        size_t n;
        struct pc_import added;
        PC_AUTO(pc_auto_free) char *text = pc_export_damaged(damaged, i, &n);
        if (!pc_import_damaged(store, text, n, &added, err))
            return false;
        *saved += added.attempts + added.passes + added.hints + added.predictions +
                  added.answers + added.others;
    }
    return true;
}

static bool bring_up_to_date(struct pc_store *store, struct pc_err *err)
{
    int64_t version;
    if (!pc_schema_version(store->db, &version, err))
        return false;
    if (version == pc_schema_newest())
        return true;
    return pc_backup_before_migration(store->db, store->dir, (int)version, err) &&
           pc_schema_migrate(store->db, err);
}

static bool has_backup(const struct pc_store *store)
{
    PC_AUTO(pc_auto_free) char *latest = pc_backup_latest(store->dir);
    return latest != NULL;
}

/* What a repair did, as a line for the user; `trouble` is why not all could be taken. */
static char *repair_note(const char *why, const struct pc_repair *repair, size_t saved,
                         const char *trouble)
{
    struct pc_str note = {0};
    if (repair->aside)
        pc_str_addf(&note, "the progress file was damaged (%s) and is now %s; ", why,
                    pc_path_base(repair->aside));
    else
        pc_str_adds(&note, "the progress file was missing; ");
    if (repair->backup)
        pc_str_addf(&note, "the backup %s is used", pc_path_base(repair->backup));
    else if (repair->aside)
        pc_str_adds(&note, "there is no backup");
    if (saved > 0)
        pc_str_addf(&note, ", with %zu record%s that could still be read", saved,
                    saved == 1 ? "" : "s");
    if (trouble)
        pc_str_addf(&note, "; the next start tries to read more of it: %s", trouble);
    return pc_str_take(&note);
}

static enum pc_condition connect_up_to_date(struct pc_store *store, struct pc_err *err)
{
    enum pc_condition condition = pc_connect(store->file, PC_ACCESS_WRITE, &store->db, err);
    if (condition != PC_FILE_SOUND || bring_up_to_date(store, err))
        return condition;
    sqlite3_close(store->db);
    store->db = NULL;
    return PC_FILE_UNREADABLE;
}

static enum pc_condition repair(struct pc_store *store, const struct pc_err *why,
                                char **note, struct pc_err *err)
{
    struct pc_repair repair;
    enum pc_condition condition = PC_FILE_DAMAGED;
    bool all = true;
    size_t saved = 0;
    struct pc_err trouble;
    if (pc_repair_begin(store->dir, store->file, &repair, err)) {
        condition = connect_up_to_date(store, err);
        bool ready = condition == PC_FILE_SOUND || condition == PC_FILE_EMPTY;
        if (ready && repair.aside)
            all = salvage(store, repair.aside, &saved, &trouble);
        pc_repair_end(&repair, ready && all);
        if (ready && (repair.aside || repair.backup))
            *note = repair_note(why->msg, &repair, saved, all ? NULL : trouble.msg);
    } else {
        pc_while(err, "the progress file is damaged");
    }
    pc_repair_fini(&repair);
    return condition;
}

static bool open_for_writing(struct pc_store *store, char **note, struct pc_err *err)
{
    struct pc_err why = {.msg = "its repair was interrupted"};
    enum pc_condition condition = PC_FILE_DAMAGED;
    if (!pc_repair_is_open(store->file)) {
        strcpy(why.msg, "it is empty");
        condition = connect_up_to_date(store, &why);
    }
    if (condition == PC_FILE_DAMAGED || (condition == PC_FILE_EMPTY && has_backup(store))) {
        struct pc_err reason = why;
        condition = repair(store, &reason, note, &why);
    }
    if (condition == PC_FILE_SOUND || condition == PC_FILE_EMPTY)
        return true;
    if (condition == PC_FILE_DAMAGED)
        return pc_fail(err, why.code, "%s", why.msg);
    sqlite3_close(store->db);
    store->db = NULL;
    return open_for_reading(store, note, why.msg, err);
}

bool pc_store_open(const char *dir, struct pc_store **opened, char **note,
                   struct pc_err *err)
{
    *note = NULL;
    *opened = NULL;
    struct pc_store *store = pc_alloc(sizeof *store);
    store->dir = pc_strdup(dir);
    store->file = pc_path_join(dir, "perfcourse.db");
    store->writable = can_write(store);
    bool ok = store->writable ? open_for_writing(store, note, err)
                              : open_for_reading(store, note,
                                                 "it cannot be written; make it and its "
                                                 "folder writable for you",
                                                 err);
    if (ok)
        *opened = store;
    else
        pc_store_close(store);
    return ok;
}

void pc_store_close(struct pc_store *store)
{
    if (!store)
        return;
    sqlite3_close(store->db);
    free(store->dir);
    free(store->file);
    free(store);
}

bool pc_store_is_writable(const struct pc_store *store)
{
    return store->writable;
}

/* Somebody may have moved the file away, or another instance repaired it: what is written to
 * a file without its name is lost. */
static bool was_moved(sqlite3 *db)
{
    int moved = 0;
    return db && sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == 0 &&
           moved != 0;
}

sqlite3 *pc_store_reader(struct pc_store *store)
{
    if (store->writable && was_moved(store->db) && pc_file_exists(store->file)) {
        sqlite3_close(store->db);
        store->db = NULL;
    }
    /* Another instance may have made the file since. */
    if (!store->db && store->writable &&
        pc_connect(store->file, PC_ACCESS_WRITE, &store->db, NULL) == PC_FILE_NEWER)
        store->writable = false;
    return store->db;
}

/* The file is gone, perhaps with its folder, but as long as it is open all of it can be
 * written again. */
static bool rescue(struct pc_store *store, struct pc_err *err)
{
    if (!was_moved(store->db))
        return true;
    if (!pc_mkdirs(store->dir, err) || !pc_backup_rescue(store->db, store->file, err))
        return false;
    sqlite3_close(store->db);
    store->db = NULL;
    enum pc_condition found = pc_connect(store->file, PC_ACCESS_WRITE, &store->db, err);
    return found == PC_FILE_SOUND || found == PC_FILE_NEWER;
}

sqlite3 *pc_store_begin(struct pc_store *store, struct pc_err *err)
{
    bool there = pc_store_reader(store) != NULL;
    if (!store->writable) {
        pc_fail(err, PC_ENVIRONMENT, "progress is not kept");
        return NULL;
    }
    if (there
            ? !rescue(store, err)
            : !pc_mkdirs(store->dir, err) || !pc_connect_new(store->file, &store->db, err))
        return NULL;
    /* A change without a copy is better than a change that is lost. */
    if (there)
        pc_backup_daily(store->db, store->dir, false, NULL);
    /* A kill may have come before this when the file was made. */
    sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (!pc_sql_run(store->db, "BEGIN IMMEDIATE", err))
        return NULL;
    pc_connect_mark(store->db);
    return store->db;
}

bool pc_store_end(struct pc_store *store, bool ok, struct pc_err *err)
{
    if (ok && pc_sql_run(store->db, "COMMIT", err))
        return true;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool pc_store_change(struct pc_store *store, struct pc_err *err, const char *sql,
                     const char *types, ...)
{
    sqlite3 *db = pc_store_begin(store, err);
    if (!db)
        return false;
    va_list ap;
    va_start(ap, types);
    bool ok = pc_sql_vdo(db, err, sql, types, ap);
    va_end(ap);
    return pc_store_end(store, ok, err);
}
