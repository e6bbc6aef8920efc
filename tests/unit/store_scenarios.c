#include "store_scenarios.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "snapshot.h"
#include "store_old.h"

/* The store before. */

static void nothing(const struct bed *bed)
{
    (void)bed;
}

static void some_attempts(const struct bed *bed)
{
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 1000, PC_MISSED, 2, "a kernel");
    bed_add(store, "join", 2000, PC_PASSED, 9, "a kernel");
    bed_add(store, "count", 3000, PC_WRONG, 0, "another");
    pc_store_close(store);
}

static void no_backup(const struct bed *bed)
{
    some_attempts(bed);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
}

static void version_1(const struct bed *bed)
{
    old_write(bed, 1);
}

static void version_2(const struct bed *bed)
{
    old_write(bed, 2);
}

static void version_3(const struct bed *bed)
{
    old_write(bed, 3);
}

/* Attempts that only the damaged file has, some of them only in its journal. */
static void damaged(const struct bed *bed)
{
    some_attempts(bed);
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 4000, PC_MISSED, 3, "late");
    pc_store_close(store);
    bed_sql(bed, "PRAGMA user_version = 0");
}

static void damaged_with_journal(const struct bed *bed)
{
    struct snapshot before;
    some_attempts(bed);
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 4000, PC_MISSED, 3, "late");
    before = snapshot_take(bed->dir);
    pc_store_close(store);
    /* As a crash leaves it: the journal is not folded in. */
    snapshot_put_back(&before, bed->dir);
    snapshot_fini(&before);
    PC_AUTO(pc_auto_free) char *wal = pc_strfmt("%s-wal", bed->file);
    assert_true(pc_file_exists(wal));
    size_t n;
    PC_AUTO(pc_auto_free) char *data = pc_file_read(bed->file, 1 << 24, &n, NULL);
    memset(data + 40, 0xff, 8);
    assert_true(pc_file_write_cache(bed->file, data, n, NULL));
}

static void damaged_without_backup(const struct bed *bed)
{
    damaged(bed);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
}

/* What is done to it. */

static bool add(struct pc_store *store, const char *exercise, int64_t when,
                enum pc_code code, double ratio, const char *source, struct pc_err *err)
{
    struct pc_attempt a = bed_attempt(exercise, when, code, ratio, source);
    return pc_store_add_attempt(store, &a, source, strlen(source), NULL, err);
}

static bool add_new_source(struct pc_store *store, struct pc_err *err)
{
    return add(store, "join", 5000, PC_MISSED, 3, "a new kernel", err);
}

static bool add_known_source(struct pc_store *store, struct pc_err *err)
{
    return add(store, "join", 6000, PC_MISSED, 3, "a kernel", err);
}

static bool add_first_pass(struct pc_store *store, struct pc_err *err)
{
    return add(store, "count", 7000, PC_PASSED, 4, "it counts", err);
}

static bool answer(struct pc_store *store, struct pc_err *err)
{
    struct pc_card_answer a = {
        .card = "07/strcat", .when = 8000, .chosen = 1, .right = true, .sure = PC_SURE};
    return pc_store_add_answer(store, &a, err);
}

static bool read_page(struct pc_store *store, struct pc_err *err)
{
    return pc_store_page_read(store, "07/9", 9000, err);
}

static bool take_import(struct pc_store *store, struct pc_err *err)
{
    static const char text[] = "{\"perfcourse\":\"progress\",\"format\":1}\n"
                               "{\"page\":\"07/1\",\"time\":1}\n"
                               "{\"hint\":\"join\",\"level\":1,\"time\":2}\n"
                               "{\"hint\":\"join\",\"level\":2,\"time\":3}\n"
                               "{\"reveal\":\"join\",\"time\":4}\n"
                               "{\"medal\":\"join\",\"level\":2,\"time\":5}\n"
                               "{\"setting\":\"place\",\"value\":\"07.2\"}\n"
                               "{\"end\":8}\n";
    struct pc_import added;
    return pc_store_import(store, text, sizeof text - 1, &added, err);
}

const struct store_scenario store_scenarios[STORE_SCENARIOS] = {
    {"first creation", nothing, {add_new_source, add_known_source}, NULL, BRIEF},
    {"attempts", some_attempts, {add_new_source, add_known_source}, NULL, BRIEFEST},
    {"a first pass", some_attempts, {add_first_pass, read_page}, NULL, LONG},
    {"the day's first change", no_backup, {answer, add_new_source}, NULL, LONG},
    {"an answer to a card", some_attempts, {answer, read_page}, NULL, LONG},
    {"an import", some_attempts, {take_import, answer}, NULL, LONG},
    {"format 1", version_1, {read_page, answer, add_first_pass}, NULL, LONG},
    {"format 2", version_2, {answer, add_first_pass}, NULL, LONG},
    {"format 3", version_3, {add_first_pass}, NULL, LONG},
    {"repair", damaged, {read_page}, "damaged", BRIEF},
    {"repair, journal", damaged_with_journal, {read_page}, "damaged", LONG},
    {"repair, no backup", damaged_without_backup, {read_page}, "damaged", LONG},
};
