#include "store_old.h"

/* What each version added, as it was written then. */
static const char *const versions[OLD_VERSIONS] = {
    "CREATE TABLE sources(content TEXT PRIMARY KEY, text BLOB NOT NULL) STRICT;"
    "CREATE TABLE attempts(id INTEGER PRIMARY KEY, exercise TEXT NOT NULL,"
    "  time INTEGER NOT NULL, code INTEGER NOT NULL, quick INTEGER NOT NULL, ratio REAL,"
    "  low REAL, high REAL, content TEXT NOT NULL, seed TEXT NOT NULL,"
    "  compiler TEXT NOT NULL, UNIQUE(exercise, time, content)) STRICT;"
    "CREATE TABLE metrics(attempt INTEGER NOT NULL REFERENCES attempts(id),"
    "  name TEXT NOT NULL, min REAL NOT NULL, max REAL NOT NULL, mean REAL NOT NULL,"
    "  PRIMARY KEY(attempt, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE passes(exercise TEXT PRIMARY KEY, first INTEGER NOT NULL,"
    "  first_content TEXT NOT NULL, best INTEGER NOT NULL, best_content TEXT NOT NULL,"
    "  ratio REAL) STRICT;"
    "CREATE TABLE hints(exercise TEXT NOT NULL, level INTEGER NOT NULL,"
    "  time INTEGER NOT NULL, PRIMARY KEY(exercise, level)) STRICT, WITHOUT ROWID;"
    "INSERT INTO attempts VALUES(1, 'join', 1700000000000, 0, 0, 9.5, 9.1, 9.9,"
    "  '0123456789abcdef0123456789abcdef', '7', 'gcc 12.2.0');"
    "INSERT INTO metrics VALUES(1, 'allocs/op', 1, 1, 1);"
    "INSERT INTO passes VALUES('join', 1700000000000, '0123456789abcdef0123456789abcdef',"
    "  1700000000000, '0123456789abcdef0123456789abcdef', 9.5);"
    "INSERT INTO hints VALUES('join', 2, 1700000000000);"
    "PRAGMA user_version = 1; PRAGMA journal_mode = WAL;",

    "CREATE TABLE reveals(exercise TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT;"
    "CREATE TABLE predictions(question TEXT NOT NULL, time INTEGER NOT NULL,"
    "  answer TEXT NOT NULL, correct INTEGER NOT NULL,"
    "  PRIMARY KEY(question, time)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE pages(page TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT;"
    "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "INSERT INTO reveals VALUES('join', 1700000000001);"
    "INSERT INTO predictions VALUES('07/walks', 1700000000002, 'quadratic', 1);"
    "INSERT INTO pages VALUES('07/1', 1700000000003);"
    "INSERT INTO settings VALUES('place', '07.1');"
    "PRAGMA user_version = 2;",

    "CREATE TABLE answers(card TEXT NOT NULL, time INTEGER NOT NULL, chosen INTEGER,"
    "  correct INTEGER NOT NULL, confidence INTEGER,"
    "  PRIMARY KEY(card, time)) STRICT, WITHOUT ROWID;"
    "INSERT INTO answers VALUES('07/strcat', 1700000000004, 2, 1, 3);"
    "PRAGMA user_version = 3;",
};

void old_write(const struct bed *bed, int version)
{
    for (int i = 0; i < version; i++)
        bed_sql(bed, versions[i]);
}
