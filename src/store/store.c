#include "store/store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

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
           (access(store->file, W_OK) == 0 || errno == ENOENT);
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
        return pc_while(err, "progress is neither read nor kept: %s", store->file);
    if (condition == PC_FILE_NEWER)
        why = "it was written by a newer perfcourse";
    *note = pc_strfmt("progress is shown but not kept: %s: %s", store->file, why);
    return true;
}

/* Records of the damaged file that the backup does not have.  Gives their number. */
static size_t salvage(struct pc_store *store, const char *damaged)
{
    size_t n;
    struct pc_import added = {0};
    PC_AUTO(pc_auto_free) char *text = pc_export_damaged(damaged, &n);
    if (!pc_import_damaged(store, text, n, &added, NULL))
        return 0;
    return added.attempts + added.passes + added.hints + added.predictions + added.answers +
           added.others;
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

/* What a repair did, as a line for the user. */
static char *repair_note(const char *why, const char *aside, const char *backup,
                         size_t saved)
{
    struct pc_str note = {0};
    if (aside)
        pc_str_addf(&note, "the progress file was damaged (%s) and is now %s; ", why,
                    pc_path_base(aside));
    else
        pc_str_adds(&note, "the progress file was missing; ");
    if (backup)
        pc_str_addf(&note, "the backup %s is used", pc_path_base(backup));
    else
        pc_str_adds(&note, "there is no backup");
    if (saved > 0)
        pc_str_addf(&note, ", with %zu record%s that could still be read", saved,
                    saved == 1 ? "" : "s");
    return pc_str_take(&note);
}

static bool has_backup(const struct pc_store *store)
{
    PC_AUTO(pc_auto_free) char *latest = pc_backup_latest(store->dir);
    return latest != NULL;
}

static bool open_for_writing(struct pc_store *store, char **note, struct pc_err *err)
{
    struct pc_err why = {.msg = "it is empty"};
    PC_AUTO(pc_auto_free) char *aside = NULL, *backup = NULL;
    enum pc_condition condition =
        pc_connect(store->file, PC_ACCESS_WRITE, &store->db, &why);
    bool damaged =
        condition == PC_FILE_DAMAGED || (condition == PC_FILE_EMPTY && has_backup(store));
    struct pc_err reason = why;
    if (damaged) {
        if (!pc_repair(store->dir, store->file, &aside, &backup, err))
            return pc_while(err, "the progress file is damaged");
        condition = pc_connect(store->file, PC_ACCESS_WRITE, &store->db, &why);
    }
    bool ready = condition == PC_FILE_EMPTY ||
                 (condition == PC_FILE_SOUND && bring_up_to_date(store, &why));
    if (!ready) {
        sqlite3_close(store->db);
        store->db = NULL;
        return open_for_reading(store, note, why.msg, err);
    }
    if (aside || backup)
        *note = repair_note(reason.msg, aside, backup, aside ? salvage(store, aside) : 0);
    return true;
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
                              : open_for_reading(store, note, "it cannot be written", err);
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

sqlite3 *pc_store_reader(struct pc_store *store)
{
    /* Another instance may have made the file since. */
    if (!store->db && store->writable &&
        pc_connect(store->file, PC_ACCESS_WRITE, &store->db, NULL) == PC_FILE_NEWER)
        store->writable = false;
    return store->db;
}

sqlite3 *pc_store_begin(struct pc_store *store, struct pc_err *err)
{
    if (!store->writable) {
        pc_fail(err, PC_ENVIRONMENT, "progress is not kept");
        return NULL;
    }
    if (pc_store_reader(store)) {
        /* A change without a copy is better than a change that is lost. */
        pc_backup_daily(store->db, store->dir, false, NULL);
    } else if (!pc_connect_new(store->file, &store->db, err)) {
        return NULL;
    }
    return pc_sql_run(store->db, "BEGIN IMMEDIATE", err) ? store->db : NULL;
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
