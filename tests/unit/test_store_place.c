/*
 * The place of the progress file is not as it should be, or changes while it is used: nothing
 * that was kept is lost, and what cannot be kept is told with the cause.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "snapshot.h"
#include "store_bed.h"

enum { KEPT = 30 };

static void a_file_cut_off_anywhere_is_repaired(void **state)
{
    enum { PAGE = 4096, BEFORE = 10 };
    struct bed *bed = *state;
    bed_keep(bed, 0, BEFORE);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
    bed_keep(bed, BEFORE, KEPT);
    struct snapshot before = snapshot_take(bed->dir);
    const struct snapshot_file *file = snapshot_find(&before, "perfcourse.db");
    static const long odd[] = {0, -1, 1, 100, 517, PAGE / 2};
    for (size_t page = 0; page <= file->n / PAGE; page++) {
        for (size_t i = 0; i < PC_COUNT(odd); i++) {
            long cut = (long)(page * PAGE) + odd[i];
            if (cut < 0 || (size_t)cut >= file->n)
                continue;
            snapshot_put_back(&before, bed->dir);
            assert_int_equal(truncate(bed->file, cut), 0);
            struct pc_store *store = bed_open(bed, "damaged");
            size_t n = bed_count(store, "join");
            if (n < BEFORE || n > KEPT)
                fail_msg("cut at %ld: %zu attempts", cut, n);
            bed_add(store, "other", 1, PC_PASSED, 3, "new");
            pc_store_close(store);
            pc_store_close(bed_open(bed, NULL));
        }
    }
    snapshot_fini(&before);
}

enum odd_kind { A_SOCKET, A_FIFO, A_FOLDER, A_LOOP, TO_NOWHERE, RUBBISH };

static void make_odd(const char *path, enum odd_kind kind)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd;
    switch (kind) {
    case A_SOCKET:
        snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
        close(fd);
        break;
    case A_FIFO:
        assert_int_equal(mkfifo(path, 0666), 0);
        break;
    case A_FOLDER:
        assert_int_equal(mkdir(path, 0777), 0);
        break;
    case A_LOOP:
        assert_int_equal(symlink(path, path), 0);
        break;
    case TO_NOWHERE:
        assert_int_equal(symlink("/nowhere/at/all", path), 0);
        break;
    case RUBBISH:
        assert_true(pc_file_write_cache(path, "a shopping list", 15, NULL));
        assert_int_equal(truncate(path, 100 << 20), 0);
        break;
    }
}

static void what_is_no_file_of_progress_is_set_aside(void **state)
{
    static const struct {
        enum odd_kind kind;
        const char *note;
    } rows[] = {
        {A_SOCKET, "damaged (it is not a regular file)"},
        {A_FIFO, "damaged (it is not a regular file)"},
        {A_FOLDER, "damaged (it is not a regular file)"},
        {A_LOOP, "damaged (it is a symbolic link that leads nowhere)"},
        {TO_NOWHERE, "damaged (it is a symbolic link that leads nowhere)"},
        {RUBBISH, "damaged (it is no database)"},
    };
    struct bed *bed = *state;
    bed_keep(bed, 0, KEPT);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(backup, NULL));
    bed_keep(bed, KEPT, KEPT + 1);
    struct snapshot before = snapshot_take(bed->dir);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        snapshot_put_back(&before, bed->dir);
        assert_int_equal(unlink(bed->file), 0);
        make_odd(bed->file, rows[i].kind);
        struct pc_store *store = bed_open(bed, rows[i].note);
        assert_int_equal(bed_count(store, "join"), KEPT);
        bed_add(store, "join", 5000, PC_MISSED, 3, "new");
        pc_store_close(store);
        assert_int_equal(bed_kept(bed), KEPT + 1);
        assert_int_equal(bed_files(bed, "", "damaged-20"), 1);
    }
    snapshot_fini(&before);
}

enum side_kind { OF_ANOTHER, ZEROES, TEXT, CUT, FOLDER };

/* What a crash, a copy by hand or another program left beside the file. */
static void spoil_side(const struct bed *bed, const char *end, enum side_kind kind,
                       const struct snapshot *other)
{
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s%s", bed->file, end);
    PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse.db%s", end);
    const struct snapshot_file *of_another = snapshot_find(other, name);
    static const char zeroes[40000] = "";
    switch (kind) {
    case OF_ANOTHER:
        assert_true(pc_file_write_cache(path, of_another->content, of_another->n, NULL));
        break;
    case ZEROES:
        assert_true(pc_file_write_cache(path, zeroes, sizeof zeroes, NULL));
        break;
    case TEXT:
        assert_true(pc_file_write_cache(path, "a shopping list", 15, NULL));
        break;
    case CUT:
        assert_true(
            pc_file_write_cache(path, of_another->content, of_another->n / 3, NULL));
        break;
    case FOLDER:
        assert_int_equal(mkdir(path, 0777), 0);
        break;
    }
}

/* A program that still runs: its journal is not folded in. */
static struct snapshot journal_of_another(void)
{
    struct bed *bed;
    bed_make((void **)&bed);
    struct pc_store *store = bed_open(bed, NULL);
    for (int i = 0; i < 5; i++)
        bed_add(store, "elsewhere", 1 + i, PC_PASSED, 5, "other");
    struct snapshot s = snapshot_take(bed->dir);
    pc_store_close(store);
    bed_remove((void **)&bed);
    return s;
}

static void files_beside_it_do_no_harm(void **state)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};
    struct bed *bed = *state;
    bed_keep(bed, 0, KEPT);
    struct snapshot before = snapshot_take(bed->dir), other = journal_of_another();
    for (size_t i = 0; i < PC_COUNT(ends); i++) {
        for (enum side_kind kind = OF_ANOTHER; kind <= FOLDER; kind++) {
            PC_AUTO(pc_auto_free) char *name = pc_strfmt("perfcourse.db%s", ends[i]);
            if ((kind == OF_ANOTHER || kind == CUT) && !snapshot_find(&other, name))
                continue;
            snapshot_put_back(&before, bed->dir);
            spoil_side(bed, ends[i], kind, &other);
            struct pc_store *store;
            struct pc_err err = {.msg = ""};
            char *note;
            if (!pc_store_open(bed->dir, &store, &note, &err))
                fail_msg("%s %d: %s", ends[i], (int)kind, err.msg);
            size_t n = bed_count(store, "join");
            bool named = note && strstr(note, "is in the way: it is no file");
            if (n != KEPT || named != (kind == FOLDER))
                fail_msg("%s %d: %zu attempts, %s", ends[i], (int)kind, n,
                         note ? note : "no note");
            if (!note && !pc_store_set(store, "after", "all", &err))
                fail_msg("%s %d: %s", ends[i], (int)kind, err.msg);
            free(note);
            pc_store_close(store);
        }
    }
    snapshot_fini(&before);
    snapshot_fini(&other);
}

static void a_folder_that_disappears_is_written_again(void **state)
{
    struct bed *bed = *state;
    bed_keep(bed, 0, KEPT);
    struct pc_store *store = bed_open(bed, NULL), *other = bed_open(bed, NULL);
    bed_add(store, "join", 5000, PC_MISSED, 3, "new");
    assert_true(pc_file_remove_tree(bed->dir, NULL));
    assert_int_equal(bed_count(store, "join"), KEPT + 1);
    bed_add(store, "join", 6000, PC_MISSED, 3, "newer");
    bed_add(other, "join", 7000, PC_MISSED, 3, "newest");
    assert_int_equal(bed_count(store, "join"), KEPT + 3);
    pc_store_close(store);
    pc_store_close(other);
    assert_int_equal(bed_kept(bed), KEPT + 3);
}

/* As a repair by another instance does. */
static void a_file_that_is_replaced_is_followed(void **state)
{
    struct bed *bed = *state;
    bed_keep(bed, 0, KEPT);
    struct snapshot early = snapshot_take(bed->dir);
    const struct snapshot_file *file = snapshot_find(&early, "perfcourse.db");
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 5000, PC_MISSED, 3, "new");
    PC_AUTO(pc_auto_free) char *away = pc_path_join(bed->dir, "away.db");
    PC_AUTO(pc_auto_free) char *journal = pc_strfmt("%s-wal", bed->file);
    assert_int_equal(rename(bed->file, away), 0);
    assert_int_equal(unlink(journal), 0);
    assert_true(pc_file_write(bed->file, file->content, file->n, NULL));
    bed_add(store, "join", 6000, PC_MISSED, 3, "newer");
    assert_int_equal(bed_count(store, "join"), KEPT + 1);
    assert_int_equal(bed_kept(bed), KEPT + 1);
    pc_store_close(store);
    assert_int_equal(bed_kept(bed), KEPT + 1);
    snapshot_fini(&early);
}

/* What an ordinary user meets; root may read and write everything. */
static int open_as_nobody(const struct bed *bed, const char *wanted)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 77;
    struct pc_store *store = NULL;
    struct pc_err err = {.msg = ""};
    char *note = NULL;
    bool ok = pc_store_open(bed->dir, &store, &note, &err);
    const char *said = note ? note : err.msg;
    bool right = strstr(said, wanted) && !(ok && pc_store_is_writable(store));
    if (!right)
        fprintf(stderr, "said \"%s\", wanted \"%s\"\n", said, wanted);
    free(note);
    pc_store_close(store);
    return right ? 0 : 1;
}

static void what_may_not_be_touched_is_named_and_stays(void **state)
{
    static const struct {
        const char *path; /* in the bed's folder */
        mode_t mode;
        const char *wanted;
    } rows[] = {
        {"perfcourse.db", 0, "Permission denied"},
        {"perfcourse.db", 0444, "it cannot be written"},
        {"perfcourse.db-wal", 0, "perfcourse.db-wal: Permission denied"},
        {"perfcourse.db-shm", 0, "perfcourse.db-shm: Permission denied"},
        {"", 0555, "it cannot be written"},
        {"", 0, "Permission denied"},
    };
    static const char *const files[] = {"perfcourse.db", "perfcourse.db-wal",
                                        "perfcourse.db-shm"};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed *bed;
        bed_make((void **)&bed);
        bed_keep(bed, 0, KEPT);
        struct pc_store *store = bed_open(bed, NULL);
        bed_add(store, "join", 5000, PC_MISSED, 3, "in the journal");
        PC_AUTO(pc_auto_free) char *path = pc_path_join(bed->dir, rows[i].path);
        assert_int_equal(chmod(bed->dir, 0777), 0);
        for (size_t k = 0; k < PC_COUNT(files); k++) {
            PC_AUTO(pc_auto_free) char *file = pc_path_join(bed->dir, files[k]);
            assert_int_equal(chmod(file, 0666), 0);
        }
        assert_int_equal(chmod(path, rows[i].mode), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit(open_as_nobody(bed, rows[i].wanted));
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) != 77 && WEXITSTATUS(status) != 0)
            fail_msg("row %zu", i);
        assert_int_equal(chmod(bed->dir, 0700), 0);
        pc_store_close(store);
        assert_int_equal(chmod(bed->file, 0600), 0);
        assert_int_equal(bed_kept(bed), KEPT + 1);
        bed_remove((void **)&bed);
    }
    (void)state;
}

/* As many attempts as nobody makes.  Not a matter of time in `make check`. */
static void a_large_file_is_opened_quickly(void **state)
{
    struct bed *bed = *state;
    bool large = getenv("PC_HOSTILE") != NULL;
    bed_keep(bed, 0, KEPT);
    PC_AUTO(pc_auto_free) char *fill = pc_strfmt(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) "
        "INSERT INTO attempts(exercise, time, code, quick, content, seed, compiler) "
        "SELECT 'count', i, 1, 0, printf('%%032x', i), '1', 'gcc 12.2.0' FROM n",
        large ? 800000 : 2000);
    bed_sql(bed, fill);
    int64_t begin = pc_now();
    struct pc_store *store = bed_open(bed, NULL);
    int64_t opened = pc_now() - begin;
    struct stat st;
    assert_int_equal(stat(bed->file, &st), 0);
    assert_int_equal(bed_count(store, "count"), large ? 800000 : 2000);
    print_message("%lld bytes opened in %lld ms\n", (long long)st.st_size,
                  (long long)(opened / 1000000));
    if (large)
        assert_in_range(opened, 0, 2000000000);
    pc_store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_file_cut_off_anywhere_is_repaired),
        RULE(what_is_no_file_of_progress_is_set_aside),
        RULE(files_beside_it_do_no_harm),
        RULE(a_folder_that_disappears_is_written_again),
        RULE(a_file_that_is_replaced_is_followed),
        cmocka_unit_test(what_may_not_be_touched_is_named_and_stays),
        RULE(a_large_file_is_opened_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
