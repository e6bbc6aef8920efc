#include "store_bed.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"

int bed_make(void **state)
{
    struct bed *bed = pc_alloc(sizeof *bed);
    /* Memory, where there is some: what is tested is the order of writes, not the disk. */
    strcpy(bed->dir, "/dev/shm/pc-store-XXXXXX");
    if (!mkdtemp(bed->dir)) {
        strcpy(bed->dir, "/tmp/pc-store-XXXXXX");
        assert_non_null(mkdtemp(bed->dir));
    }
    bed->file = pc_path_join(bed->dir, "perfcourse.db");
    *state = bed;
    return 0;
}

int bed_remove(void **state)
{
    struct bed *bed = *state;
    assert_true(pc_file_remove_tree(bed->dir, NULL));
    free(bed->file);
    free(bed);
    return 0;
}

struct pc_store *bed_open(const struct bed *bed, const char *note)
{
    struct pc_store *store;
    struct pc_err err = {.msg = ""};
    char *said;
    bool ok = pc_store_open(bed->dir, &store, &said, &err);
    assert_string_equal(err.msg, ok ? err.msg : "");
    assert_true(ok);
    if (!note && said)
        fail_msg("unexpected note: %s", said);
    if (note && !(said && strstr(said, note)))
        fail_msg("note \"%s\" does not say \"%s\"", said ? said : "", note);
    free(said);
    return store;
}

struct pc_attempt bed_attempt(const char *exercise, int64_t when, enum pc_code code,
                              double ratio, const char *source)
{
    struct pc_attempt a = {
        .when = when,
        .code = code,
        .ratio = ratio > 0 ? ratio : (double)NAN,
        .low = ratio > 0 ? ratio * 0.95 : (double)NAN,
        .high = ratio > 0 ? ratio * 1.05 : (double)NAN,
        .metrics = {.n = 2,
                    .items = {{.name = "allocs/op", .min = 1, .max = 3, .mean = 2},
                              {.name = "B/op", .min = 0.1, .max = 1e9, .mean = 1.0 / 3}}},
        .seed = UINT64_MAX,
        .compiler = "gcc 12.2.0",
    };
    snprintf(a.exercise, sizeof a.exercise, "%s", exercise);
    pc_hash_of(source, strlen(source), a.content);
    return a;
}

struct pc_record bed_add(struct pc_store *store, const char *exercise, int64_t when,
                         enum pc_code code, double ratio, const char *source)
{
    struct pc_attempt a = bed_attempt(exercise, when, code, ratio, source);
    struct pc_record record;
    struct pc_err err = {.msg = ""};
    bool ok = pc_store_add_attempt(store, &a, source, strlen(source), &record, &err);
    assert_string_equal(err.msg, ok ? err.msg : "");
    assert_true(ok);
    return record;
}

size_t bed_count(struct pc_store *store, const char *exercise)
{
    struct pc_status status;
    struct pc_err err = {.msg = ""};
    bool ok = pc_store_status(store, exercise, &status, &err);
    assert_string_equal(err.msg, ok ? err.msg : "");
    assert_true(ok);
    return status.attempts;
}

size_t bed_files(const struct bed *bed, const char *folder, const char *part)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(bed->dir, folder);
    char **names = pc_dir_names(path, NULL);
    size_t n = 0;
    for (char **name = names; name && *name; name++)
        n += strstr(*name, part) != NULL;
    pc_names_free(names);
    return n;
}

void bed_sql(const struct bed *bed, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;
    assert_int_equal(sqlite3_open(bed->file, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

void bed_keep(const struct bed *bed, int from, int to)
{
    struct pc_store *store = bed_open(bed, NULL);
    for (int i = from; i < to; i++) {
        PC_AUTO(pc_auto_free) char *source = pc_strfmt("kernel %d", i);
        bed_add(store, "join", 1000 + i, PC_MISSED, 2, source);
    }
    pc_store_close(store);
}

size_t bed_kept(const struct bed *bed)
{
    struct pc_store *store = bed_open(bed, NULL);
    size_t n = bed_count(store, "join");
    pc_store_close(store);
    return n;
}
