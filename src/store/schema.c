#include "store/schema.h"

#include "base/mem.h"
#include "store/sql.h"

/* One step for each version; a step that has been released is never changed.  STRICT tables
 * refuse values of another type, so that an oddity is found when it is written.  Seeds have
 * 64 bits without a sign and are kept as text. */
static const char *const steps[] = {
    "CREATE TABLE sources("
    "  content TEXT PRIMARY KEY,"
    "  text BLOB NOT NULL) STRICT;"
    "CREATE TABLE attempts("
    "  id INTEGER PRIMARY KEY,"
    "  exercise TEXT NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  code INTEGER NOT NULL,"
    "  quick INTEGER NOT NULL,"
    "  ratio REAL, low REAL, high REAL,"
    "  content TEXT NOT NULL,"
    "  seed TEXT NOT NULL,"
    "  compiler TEXT NOT NULL,"
    "  UNIQUE(exercise, time, content)) STRICT;"
    "CREATE TABLE metrics("
    "  attempt INTEGER NOT NULL REFERENCES attempts(id),"
    "  name TEXT NOT NULL,"
    "  min REAL NOT NULL, max REAL NOT NULL, mean REAL NOT NULL,"
    "  PRIMARY KEY(attempt, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE passes("
    "  exercise TEXT PRIMARY KEY,"
    "  first INTEGER NOT NULL,"
    "  first_content TEXT NOT NULL,"
    "  best INTEGER NOT NULL,"
    "  best_content TEXT NOT NULL,"
    "  ratio REAL) STRICT;"
    "CREATE TABLE hints("
    "  exercise TEXT NOT NULL,"
    "  level INTEGER NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  PRIMARY KEY(exercise, level)) STRICT, WITHOUT ROWID;",

    "CREATE TABLE reveals("
    "  exercise TEXT PRIMARY KEY,"
    "  time INTEGER NOT NULL) STRICT;"
    "CREATE TABLE predictions("
    "  question TEXT NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  answer TEXT NOT NULL,"
    "  correct INTEGER NOT NULL,"
    "  PRIMARY KEY(question, time)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE pages("
    "  page TEXT PRIMARY KEY,"
    "  time INTEGER NOT NULL) STRICT;"
    "CREATE TABLE settings("
    "  key TEXT PRIMARY KEY,"
    "  value TEXT NOT NULL) STRICT;",

    "CREATE TABLE answers("
    "  card TEXT NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  chosen INTEGER,"
    "  correct INTEGER NOT NULL,"
    "  confidence INTEGER,"
    "  PRIMARY KEY(card, time)) STRICT, WITHOUT ROWID;",

    "CREATE TABLE medals("
    "  exercise TEXT NOT NULL,"
    "  level INTEGER NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  PRIMARY KEY(exercise, level)) STRICT, WITHOUT ROWID;",
};

int pc_schema_newest(void)
{
    return (int)PC_COUNT(steps);
}

bool pc_schema_version(sqlite3 *db, int64_t *version, struct pc_err *err)
{
    return pc_sql_number(db, err, version, 0, "PRAGMA user_version", "");
}

/* The version is read again inside of the transaction: another instance may have been
 * faster. */
static bool take_steps(sqlite3 *db, struct pc_err *err)
{
    int64_t version;
    if (!pc_schema_version(db, &version, err))
        return false;
    for (; version < pc_schema_newest(); version++) {
        PC_AUTO(pc_auto_free) char *mark =
            pc_strfmt("PRAGMA user_version = %d", (int)version + 1);
        if (!pc_sql_run(db, steps[version], err) || !pc_sql_run(db, mark, err))
            return pc_while(err, "step %d of its format", (int)version + 1);
    }
    return true;
}

bool pc_schema_migrate(sqlite3 *db, struct pc_err *err)
{
    if (!pc_sql_run(db, "BEGIN IMMEDIATE", err))
        return false;
    if (take_steps(db, err) && pc_sql_run(db, "COMMIT", err))
        return true;
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
