/*
 * Whatever lies in the place of the progress file: it opens, says what happened, and what
 * was kept earlier is there.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "store_bed.h"
#include "store_old.h"

enum { BEFORE = 20, AFTER = 20 };

/* A file of two days: the backup holds the first BEFORE attempts. */
static void live_for_two_days(const struct bed *bed)
{
    struct pc_store *store = bed_open(bed, NULL);
    for (int i = 0; i < BEFORE; i++)
        bed_add(store, "join", 1000 + i, PC_PASSED, 2, "a kernel");
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
    for (int i = BEFORE; i < BEFORE + AFTER; i++) {
        PC_AUTO(pc_auto_free) char *source = pc_strfmt("kernel %d", i);
        bed_add(store, "join", 1000 + i, PC_PASSED, 2, source);
    }
    pc_store_close(store);
    assert_int_equal(bed_files(bed, "backup", ".db"), 1);
}

enum damage {
    EMPTY_FILE,
    TEXT,
    HALF,
    HEADER_ONLY,
    ZEROES,
    A_FOLDER,
    A_FIFO,
    MISSING,
    OTHER_DATABASE,
    LOST_TABLE,
};

static void spoil(const struct bed *bed, enum damage damage)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *data = pc_file_read(bed->file, 1 << 24, &n, NULL);
    assert_int_equal(unlink(bed->file), 0);
    switch (damage) {
    case EMPTY_FILE:
        n = 0;
        break;
    case TEXT:
        n = (size_t)sprintf(data, "my shopping list");
        break;
    case HALF:
        n /= 2;
        break;
    case HEADER_ONLY:
        n = 60;
        break;
    case ZEROES:
        memset(data + 4096, 0, n - 4096);
        break;
    case A_FOLDER:
        assert_int_equal(mkdir(bed->file, 0777), 0);
        return;
    case A_FIFO:
        assert_int_equal(mkfifo(bed->file, 0666), 0);
        return;
    case MISSING:
        return;
    case OTHER_DATABASE:
        bed_sql(bed, "CREATE TABLE bookmarks(url)");
        return;
    case LOST_TABLE:
        assert_true(pc_file_write_cache(bed->file, data, n, NULL));
        bed_sql(bed, "PRAGMA user_version = 0");
        return;
    }
    assert_true(pc_file_write_cache(bed->file, data, n, NULL));
}

static void a_damaged_file_is_set_aside_and_the_backup_used(void **state)
{
    static const struct {
        enum damage damage;
        const char *note;
        bool aside;
        size_t at_least, at_most; /* attempts that are there afterwards */
    } rows[] = {
        {EMPTY_FILE, "damaged", true, BEFORE, BEFORE},
        {TEXT, "damaged", true, BEFORE, BEFORE},
        {HALF, "damaged", true, BEFORE, BEFORE + AFTER},
        {HEADER_ONLY, "damaged", true, BEFORE, BEFORE},
        {ZEROES, "damaged", true, BEFORE, BEFORE + AFTER},
        {A_FOLDER, "not a regular file", true, BEFORE, BEFORE},
        {A_FIFO, "not a regular file", true, BEFORE, BEFORE},
        {MISSING, "missing", false, BEFORE, BEFORE},
        {OTHER_DATABASE, "no progress file", true, BEFORE, BEFORE},
        {LOST_TABLE, "with 20 records", true, BEFORE + AFTER, BEFORE + AFTER},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed *bed = NULL;
        bed_make((void **)&bed);
        live_for_two_days(bed);
        spoil(bed, rows[i].damage);
        struct pc_store *store = bed_open(bed, rows[i].note);
        assert_true(pc_store_is_writable(store));
        assert_in_range(bed_count(store, "join"), rows[i].at_least, rows[i].at_most);
        bed_add(store, "other", 1, PC_PASSED, 3, "new");
        pc_store_close(store);
        assert_int_equal(bed_files(bed, "", "perfcourse.db.damaged-20"), rows[i].aside);
        /* It is said once, and what was added is there. */
        store = bed_open(bed, NULL);
        assert_int_equal(bed_count(store, "other"), 1);
        pc_store_close(store);
        bed_remove((void **)&bed);
    }
    (void)state;
}

static void without_a_backup_it_begins_anew_with_what_can_be_read(void **state)
{
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    for (int i = 0; i < 50; i++)
        bed_add(store, "join", 1000 + i, PC_PASSED, 2 + i, "a kernel");
    assert_true(pc_store_hint_used(store, "join", 3, 5, NULL));
    pc_store_close(store);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
    bed_sql(bed, "PRAGMA user_version = 0");
    pc_store_close(bed_open(bed, "there is no backup, with 52 records"));
    store = bed_open(bed, NULL);
    assert_int_equal(bed_count(store, "join"), 50);
    struct pc_status status;
    assert_true(pc_store_status(store, "join", &status, NULL));
    assert_int_equal(status.hints, 3);
    assert_true(status.best == 51);
    pc_store_close(store);
}

/* A repair was stopped, and what it had put in place was damaged before it could go on: both are
 * kept, and both days are there. */
static void damage_during_a_repair_is_repaired(void **state)
{
    struct bed *bed = *state;
    live_for_two_days(bed);
    PC_AUTO(pc_auto_free) char *mark = pc_strfmt("%s.repairing", bed->file);
    assert_int_equal(rename(bed->file, mark), 0);
    assert_true(pc_file_write_cache(bed->file, "rubbish", 7, NULL));
    struct pc_store *store = bed_open(bed, "its repair was interrupted");
    assert_int_equal(bed_count(store, "join"), BEFORE + AFTER);
    pc_store_close(store);
    assert_int_equal(bed_files(bed, "", "damaged-20"), 2);
    pc_store_close(bed_open(bed, NULL));
}

static void a_bad_backup_is_passed_over(void **state)
{
    struct bed *bed = *state;
    live_for_two_days(bed);
    PC_AUTO(pc_auto_free) char *newer = pc_path_join(bed->dir, "backup/2999-01-01.db");
    assert_true(pc_file_write_cache(newer, "rubbish", 7, NULL));
    spoil(bed, TEXT);
    struct pc_store *store = bed_open(bed, "the backup 20");
    assert_int_equal(bed_count(store, "join"), BEFORE);
    pc_store_close(store);
}

/* A flipped bit in a value is not always seen; but it never crashes, never hangs, never
 * keeps the program from working, and structure that is broken is never used. */
static void a_flipped_bit_does_no_harm(void **state)
{
    struct bed *bed = *state;
    live_for_two_days(bed);
    size_t n, length;
    PC_AUTO(pc_auto_free) char *data = pc_file_read(bed->file, 1 << 24, &n, NULL);
    struct pc_rng rng;
    pc_rng_init(&rng, 3);
    size_t repaired = 0;
    for (size_t i = 0; i < 400; i++) {
        size_t bit = i < 100 ? i * 8 + i % 8 : pc_rng_below(&rng, n * 8);
        data[bit / 8] = (char)(data[bit / 8] ^ (1 << bit % 8));
        assert_true(pc_file_write_cache(bed->file, data, n, NULL));
        data[bit / 8] = (char)(data[bit / 8] ^ (1 << bit % 8));
        struct pc_store *store;
        struct pc_err err;
        char *note;
        assert_true(pc_store_open(bed->dir, &store, &note, &err));
        struct pc_status status;
        struct pc_attempts history;
        if (note && strstr(note, "damaged")) {
            repaired++;
            assert_in_range(bed_count(store, "join"), BEFORE, BEFORE + AFTER);
        }
        pc_store_status(store, "join", &status, NULL);
        pc_store_history(store, "join", 0, &history, NULL);
        pc_attempts_fini(&history);
        free(pc_store_export(store, &length, NULL));
        pc_store_close(store);
        free(note);
    }
    assert_true(repaired > 25);
}

static void a_newer_file_is_shown_and_left_alone(void **state)
{
    struct bed *bed = *state;
    live_for_two_days(bed);
    bed_sql(bed, "PRAGMA user_version = 99; ALTER TABLE attempts ADD COLUMN mood TEXT");
    size_t n, m;
    PC_AUTO(pc_auto_free) char *before = pc_file_read(bed->file, 1 << 24, &n, NULL);
    struct pc_store *store = bed_open(bed, "newer perfcourse");
    assert_false(pc_store_is_writable(store));
    assert_int_equal(bed_count(store, "join"), BEFORE + AFTER);
    struct pc_attempt a = bed_attempt("join", 1, PC_PASSED, 2, "x");
    struct pc_err err;
    assert_false(pc_store_add_attempt(store, &a, "x", 1, NULL, &err));
    assert_int_equal(err.code, PC_ENVIRONMENT);
    pc_store_close(store);
    PC_AUTO(pc_auto_free) char *after = pc_file_read(bed->file, 1 << 24, &m, NULL);
    assert_int_equal(n, m);
    assert_memory_equal(before, after, n);
}

static void an_older_file_is_copied_and_brought_up_to_date(void **state)
{
    struct bed *bed = *state;
    old_write(bed, 1);
    struct pc_store *a = bed_open(bed, NULL), *b = bed_open(bed, NULL);
    assert_int_equal(bed_files(bed, "backup", "-format-1.db"), 1);
    assert_true(pc_store_page_read(a, "07/1", 5, NULL));
    bool read;
    assert_true(pc_store_page_was_read(b, "07/1", &read, NULL));
    assert_true(read);
    struct pc_attempt best;
    bool found;
    assert_true(pc_store_best(a, "join", &best, &found, NULL));
    assert_true(found);
    assert_true(best.ratio == 9.5 && best.seed == 7);
    assert_int_equal(best.metrics.n, 1);
    struct pc_status status;
    assert_true(pc_store_status(b, "join", &status, NULL));
    assert_int_equal(status.hints, 2);
    assert_int_equal(status.passed, 1700000000000);
    pc_store_close(a);
    pc_store_close(b);
}

static void a_backup_of_an_older_format_does_as_well(void **state)
{
    struct bed *bed = *state;
    old_write(bed, 1);
    pc_store_close(bed_open(bed, NULL));
    assert_int_equal(bed_files(bed, "backup", ""), 1);
    assert_int_equal(unlink(bed->file), 0);
    struct pc_store *store = bed_open(bed, "missing");
    assert_int_equal(bed_count(store, "join"), 1);
    assert_true(pc_store_page_read(store, "07/1", 5, NULL));
    pc_store_close(store);
}

/* Root may write everywhere, so somebody else has to look. */
static int look_at_read_only(const struct bed *bed, size_t expected)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 77;
    struct pc_store *store;
    struct pc_err err;
    char *note;
    if (!pc_store_open(bed->dir, &store, &note, &err))
        return 1;
    struct pc_status status;
    bool right = note && strstr(note, "not kept") && !pc_store_is_writable(store) &&
                 pc_store_status(store, "join", &status, NULL) &&
                 status.attempts == expected &&
                 !pc_store_hint_used(store, "join", 1, 1, NULL);
    free(note);
    pc_store_close(store);
    return right ? 0 : 2;
}

static void a_read_only_folder_is_shown(void **state)
{
    static const struct {
        bool lived, wal; /* with a file; with a journal that nobody can fold in */
        size_t expected;
    } rows[] = {
        {true, false, BEFORE + AFTER}, {false, false, 0}, {true, true, BEFORE + AFTER + 1}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed *bed = NULL;
        bed_make((void **)&bed);
        if (rows[i].lived)
            live_for_two_days(bed);
        struct pc_store *open = NULL;
        if (rows[i].wal) {
            open = bed_open(bed, NULL);
            bed_add(open, "join", 9000, PC_PASSED, 2, "x");
        }
        assert_int_equal(chmod(bed->dir, 0555), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit(look_at_read_only(bed, rows[i].expected));
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) != 77)
            assert_int_equal(WEXITSTATUS(status), 0);
        assert_int_equal(chmod(bed->dir, 0755), 0);
        pc_store_close(open);
        bed_remove((void **)&bed);
    }
    (void)state;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_file_is_set_aside_and_the_backup_used),
        RULE(without_a_backup_it_begins_anew_with_what_can_be_read),
        RULE(damage_during_a_repair_is_repaired),
        RULE(a_bad_backup_is_passed_over),
        RULE(a_flipped_bit_does_no_harm),
        RULE(a_newer_file_is_shown_and_left_alone),
        RULE(an_older_file_is_copied_and_brought_up_to_date),
        RULE(a_backup_of_an_older_format_does_as_well),
        cmocka_unit_test(a_read_only_folder_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
