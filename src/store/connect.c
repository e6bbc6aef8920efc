#include "store/connect.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/schema.h"
#include "store/sql.h"

/* A version beyond this is no version but a flipped bit. */
enum { VERSION_MAX = 1000, BUSY_MS = 10000 };

/* A path as a URI, which alone can ask for a frozen file. */
static char *uri_of(const char *path, const char *query)
{
    struct pc_str uri = {0};
    pc_str_adds(&uri, "file:");
    for (const char *p = path; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (isalnum(c) || strchr("/-_.", c))
            pc_str_add(&uri, p, 1);
        else
            pc_str_addf(&uri, "%%%02X", c);
    }
    pc_str_adds(&uri, query);
    return pc_str_take(&uri);
}

static bool open_file(const char *file, enum pc_access access, int more, sqlite3 **db,
                      struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *uri =
        uri_of(file, access == PC_ACCESS_FROZEN ? "?immutable=1" : "");
    int flags = access == PC_ACCESS_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    flags |= SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | more;
    if (sqlite3_open_v2(uri, db, flags, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(*db, BUSY_MS);
        return true;
    }
    pc_sql_fail(*db, err);
    pc_while(err, "%s", file);
    sqlite3_close(*db);
    *db = NULL;
    return false;
}

static enum pc_condition condition_of_failure(sqlite3 *db)
{
    int code = sqlite3_errcode(db);
    bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
    return damaged ? PC_FILE_DAMAGED : PC_FILE_UNREADABLE;
}

/* The one word that a question about the file gives must be the right one. */
static bool answers(sqlite3 *db, const char *question, const char *right,
                    enum pc_condition *otherwise, struct pc_err *err)
{
    PC_AUTO(pc_sql_end) sqlite3_stmt *query = pc_sql_ask(db, err, question, "");
    int row = query ? pc_sql_next(query, err) : -1;
    if (row < 0)
        return *otherwise = condition_of_failure(db), false;
    *otherwise = PC_FILE_DAMAGED;
    const char *answer = row ? pc_sql_text(query, 0) : "";
    return strcmp(answer, right) == 0 || pc_fail(err, PC_ENVIRONMENT, "%s", answer);
}

static enum pc_condition examine(sqlite3 *db, struct pc_err *err)
{
    enum pc_condition condition;
    int64_t version, tables;
    if (!answers(db, "PRAGMA quick_check(1)", "ok", &condition, err) ||
        !answers(db, "PRAGMA encoding", "UTF-8", &condition, err))
        return condition;
    if (!pc_schema_version(db, &version, err) ||
        !pc_sql_number(db, err, &tables, 0, "SELECT count(*) FROM sqlite_master", ""))
        return condition_of_failure(db);
    if (version == 0 && tables == 0)
        return PC_FILE_EMPTY;
    if (version < 1 || version > VERSION_MAX || tables == 0) {
        pc_fail(err, PC_ENVIRONMENT, "it is no progress file");
        return PC_FILE_DAMAGED;
    }
    return version > pc_schema_newest() ? PC_FILE_NEWER : PC_FILE_SOUND;
}

/* What SQLite does not ask of the file itself: where it is without a journal, that it ends
 * with a whole page; and where it has one, that both are of the same number.  The file is read
 * through SQLite: to open and close it here would take away the locks of this process. */
static bool fits_together(sqlite3 *db, const char *path, struct pc_err *err)
{
    enum { NUMBER_AT = 68 }; /* in the header, after the format of SQLite files */
    PC_AUTO(pc_auto_free) char *journal = pc_strfmt("%s-wal", path);
    struct stat st;
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
        return true;
    if (stat(journal, &st) != 0 || st.st_size == 0) {
        sqlite3_int64 size;
        int64_t page;
        return file->pMethods->xFileSize(file, &size) != SQLITE_OK ||
               !pc_sql_number(db, NULL, &page, 1, "PRAGMA page_size", "") || page <= 0 ||
               size % page == 0 || pc_fail(err, PC_ENVIRONMENT, "it was cut off");
    }
    unsigned char at[4];
    if (file->pMethods->xRead(file, at, sizeof at, NUMBER_AT) != SQLITE_OK)
        return true;
    uint32_t on_disk =
        (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    int64_t number;
    return on_disk == 0 ||
           !pc_sql_number(db, NULL, &number, 0, "PRAGMA application_id", "") ||
           (uint32_t)number == on_disk ||
           pc_fail(err, PC_ENVIRONMENT, "the journal beside it is of another file");
}

void pc_connect_mark(sqlite3 *db)
{
    int64_t number;
    if (!pc_sql_number(db, NULL, &number, 1, "PRAGMA application_id", "") || number != 0)
        return;
    sqlite3_randomness(sizeof number, &number);
    PC_AUTO(pc_auto_free) char *set =
        pc_strfmt("PRAGMA application_id = %d", (int)(number & INT32_MAX) | 1);
    pc_sql_run(db, set, NULL);
}

/* What the file system says of it. */
static enum pc_condition look_at(const char *file, struct pc_err *err)
{
    struct stat st;
    if (stat(file, &st) == 0) {
        if (S_ISREG(st.st_mode))
            return PC_FILE_SOUND;
        pc_fail(err, PC_ENVIRONMENT, "it is not a regular file");
        return PC_FILE_DAMAGED;
    }
    int why = errno;
    if (why == ENOENT && lstat(file, &st) != 0)
        return PC_FILE_EMPTY;
    if (why == ENOENT || why == ELOOP) {
        pc_fail(err, PC_ENVIRONMENT, "it is a symbolic link that leads nowhere");
        return PC_FILE_DAMAGED;
    }
    errno = why;
    pc_fail_errno(err, "cannot open %s", file);
    return PC_FILE_UNREADABLE;
}

/* SQLite finds out late that it cannot write beside the file, and does not say where. */
static bool can_write_beside(const char *file, struct pc_err *err)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < PC_COUNT(ends); i++) {
        struct stat st;
        PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s%s", file, ends[i]);
        if (stat(path, &st) != 0)
            continue;
        if (!S_ISREG(st.st_mode))
            return pc_fail(err, PC_ENVIRONMENT, "%s is in the way: it is no file", path);
        if (access(path, R_OK | W_OK) != 0)
            return pc_fail_errno(err, "cannot write %s", path);
    }
    return true;
}

enum pc_condition pc_connect(const char *file, enum pc_access access, sqlite3 **db,
                             struct pc_err *err)
{
    *db = NULL;
    enum pc_condition condition = look_at(file, err);
    if (condition != PC_FILE_SOUND)
        return condition;
    if (access == PC_ACCESS_WRITE && !can_write_beside(file, err))
        return PC_FILE_UNREADABLE;
    if (!open_file(file, access, 0, db, err))
        return PC_FILE_UNREADABLE;
    /* A damaged file is set aside as it was found: closing must not change it. */
    sqlite3_db_config(*db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    condition = examine(*db, err);
    /* SQLite reads on when the header asks for a newer way of writing; ours never does. */
    if (condition == PC_FILE_SOUND && access == PC_ACCESS_WRITE &&
        sqlite3_db_readonly(*db, "main") == 1) {
        pc_fail(err, PC_ENVIRONMENT, "its header does not let it be written");
        condition = PC_FILE_DAMAGED;
    }
    if (condition == PC_FILE_SOUND && access != PC_ACCESS_FROZEN &&
        !fits_together(*db, file, err))
        condition = PC_FILE_DAMAGED;
    if (condition == PC_FILE_SOUND || condition == PC_FILE_NEWER) {
        sqlite3_db_config(*db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    } else {
        sqlite3_close(*db);
        *db = NULL;
    }
    return condition;
}

sqlite3 *pc_connect_damaged(const char *file, bool journal)
{
    sqlite3 *db = NULL;
    struct stat st;
    PC_AUTO(pc_auto_free) char *beside = pc_strfmt("%s-wal", file);
    enum pc_access access = journal ? PC_ACCESS_READ : PC_ACCESS_FROZEN;
    if ((journal && stat(beside, &st) != 0) || stat(file, &st) != 0 ||
        !S_ISREG(st.st_mode) || !open_file(file, access, 0, &db, NULL))
        return NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return db;
}

bool pc_connect_new(const char *file, sqlite3 **db, struct pc_err *err)
{
    if (!open_file(file, PC_ACCESS_WRITE, SQLITE_OPEN_CREATE, db, err))
        return false;
    /* Where it cannot be had (another instance is at it, a network folder) the older kind of
     * journal does as well. */
    sqlite3_exec(*db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (pc_schema_migrate(*db, err))
        return true;
    sqlite3_close(*db);
    *db = NULL;
    return false;
}
