/*
 * Killed at each system call, and each system call failing: what was acknowledged is there,
 * what was not is there wholly or not at all, and nothing is left lying about.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/words.h"
#include "killer.h"
#include "snapshot.h"
#include "store/backup.h"
#include "store/connect.h"
#include "store_bed.h"
#include "store_old.h"

enum { CHANGES_MAX = 3 };

/* What the child tells, in memory that it shares. */
struct told {
    unsigned done; /* changes that were acknowledged */
    char msg[sizeof((struct pc_err *)NULL)->msg];
};

struct job {
    struct bed *bed;
    const struct scenario *scenario;
    unsigned limit; /* stop after so many changes */
    struct told *told;
};

/* What `make check` has the time for: nothing, one kind of strike, or all of them. */
enum length { LONG, BRIEF, BRIEFEST };

struct scenario {
    const char *name;
    void (*prepare)(const struct bed *bed);
    bool (*change[CHANGES_MAX])(struct pc_store *store, struct pc_err *err);
    const char *note; /* what an opening may say, NULL for nothing */
    enum length length;
};

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

static const struct scenario scenarios[] = {
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

/* In the child: open, change, and tell of each change. */
static int work(void *ctx)
{
    struct job *job = ctx;
    struct pc_store *store;
    struct pc_err err = {.msg = ""};
    char *note;
    if (!pc_store_open(job->bed->dir, &store, &note, &err)) {
        strcpy(job->told->msg, err.msg);
        return 1;
    }
    if (note)
        snprintf(job->told->msg, sizeof job->told->msg, "%s", note);
    free(note);
    bool ok = true;
    for (unsigned i = 0; ok && i < job->limit; i++) {
        ok = job->scenario->change[i](store, &err);
        job->told->done += ok;
    }
    if (!ok)
        strcpy(job->told->msg, err.msg);
    pc_store_close(store);
    return ok ? 0 : 1;
}

static unsigned changes_of(const struct scenario *scenario)
{
    unsigned n = 0;
    while (n < CHANGES_MAX && scenario->change[n])
        n++;
    return n;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All records, in an order of their own; without the last line, which only counts. */
static char *records_of(struct pc_store *store)
{
    size_t n;
    struct pc_err err = {.msg = ""};
    PC_AUTO(pc_auto_free) char *text = pc_store_export(store, &n, &err);
    if (!text)
        fail_msg("no export: %s", err.msg);
    struct pc_words lines = {0};
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        if (strncmp(line, "{\"end\"", 6) != 0)
            pc_words_add(&lines, line);
    qsort(lines.items, lines.n, sizeof *lines.items, by_text);
    struct pc_str out = {0};
    for (size_t i = 0; i < lines.n; i++)
        pc_str_addf(&out, "%s\n", lines.items[i]);
    pc_words_fini(&lines);
    return pc_str_take(&out);
}

/* Where a test is, for its message. */
static char *place_of(const struct job *job, const struct killer_plan *plan,
                      const struct killer_end *end)
{
    static const char *const acts[] = {"killed before", "killed after", "torn", "failing"};
    return pc_strfmt("%s, %s call %u (number %ld), told %u \"%s\"", job->scenario->name,
                     acts[plan->act], plan->nth, end->call, job->told->done,
                     job->told->msg);
}

static bool is_expected_file(const char *path)
{
    static const char *const begins[] = {"perfcourse.db-wal", "perfcourse.db-shm",
                                         "perfcourse.db.damaged-20", "backup/20"};
    if (strcmp(path, "perfcourse.db") == 0 || strcmp(path, "backup") == 0)
        return true;
    for (size_t i = 0; i < PC_COUNT(begins); i++)
        if (strncmp(path, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

static void must_be_tidy(const struct bed *bed, const char *where)
{
    struct snapshot files = snapshot_take(bed->dir);
    for (size_t i = 0; i < files.n; i++)
        if (!is_expected_file(files.items[i].path))
            fail_msg("%s: %s was left", where, files.items[i].path);
    snapshot_fini(&files);
}

static void backups_must_be_sound(const struct bed *bed, bool some, const char *where)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_join(bed->dir, "backup");
    char **names = pc_dir_names(folder, NULL);
    for (char **name = names; name && *name; name++) {
        sqlite3 *db;
        PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, *name);
        if (pc_connect(path, PC_ACCESS_FROZEN, &db, NULL) != PC_FILE_SOUND)
            fail_msg("%s: the backup %s is not sound", where, *name);
        sqlite3_close(db);
        some = false;
    }
    pc_names_free(names);
    if (some)
        fail_msg("%s: no backup is left", where);
}

/* Open it, and see that it holds what it must: `wanted[i]` is right after i changes. */
static void must_be_whole(const struct job *job, char *const wanted[], bool had_backup,
                          const char *where)
{
    struct pc_store *store;
    struct pc_err err = {.msg = ""};
    char *note;
    unsigned done = job->told->done;
    backups_must_be_sound(job->bed, had_backup, where);
    if (!pc_store_open(job->bed->dir, &store, &note, &err))
        fail_msg("%s: %s", where, err.msg);
    const char *allowed = job->scenario->note;
    if (note && !(allowed && strstr(note, allowed)))
        fail_msg("%s: note \"%s\"", where, note);
    free(note);
    PC_AUTO(pc_auto_free) char *found = records_of(store);
    bool last = done == changes_of(job->scenario);
    if (strcmp(found, wanted[done]) != 0 && (last || strcmp(found, wanted[done + 1]) != 0))
        fail_msg("%s: found\n%swanted\n%s", where, found, wanted[done]);
    if (!pc_store_set(store, "after", "all", &err))
        fail_msg("%s: cannot go on: %s", where, err.msg);
    pc_store_close(store);
    must_be_tidy(job->bed, where);
    pc_store_close(bed_open(job->bed, NULL));
}

/* What is right after 0, 1, ... changes that nothing disturbs. */
static void find_wanted(struct job *job, const struct snapshot *before, char *wanted[])
{
    for (unsigned n = 0; n <= changes_of(job->scenario); n++) {
        snapshot_put_back(before, job->bed->dir);
        job->limit = n;
        memset(job->told, 0, sizeof *job->told);
        assert_int_equal(work(job), 0);
        assert_int_equal(job->told->done, n);
        struct pc_store *store = bed_open(job->bed, NULL);
        wanted[n] = records_of(store);
        pc_store_close(store);
    }
}

static unsigned strike_everywhere(struct job *job, struct killer_plan plan,
                                  const struct snapshot *before, char *const wanted[])
{
    bool had_backup = snapshot_find(before, "backup") != NULL;
    struct killer_end end = {.reached = true};
    for (plan.nth = 1; end.reached; plan.nth++) {
        snapshot_put_back(before, job->bed->dir);
        memset(job->told, 0, sizeof *job->told);
        end = killer_run(&plan, work, job);
        PC_AUTO(pc_auto_free) char *where = place_of(job, &plan, &end);
        if (end.ended && end.code != 0 && !job->told->msg[0])
            fail_msg("%s: it failed and did not say why", where);
        if (strstr(job->told->msg, "locked"))
            fail_msg("%s: \"%s\"", where, job->told->msg);
        must_be_whole(job, wanted, had_backup, where);
    }
    return plan.nth - 2;
}

/* All of these strikes on one scenario. */
static void must_survive(const struct scenario *s, const struct killer_plan *plans,
                         size_t n)
{
    struct job job = {.scenario = s, .told = killer_share(sizeof *job.told)};
    char *wanted[CHANGES_MAX + 1] = {NULL};
    bed_make((void **)&job.bed);
    s->prepare(job.bed);
    struct snapshot before = snapshot_take(job.bed->dir);
    find_wanted(&job, &before, wanted);
    for (size_t k = 0; k < n; k++)
        print_message("%s: %u calls\n", s->name,
                      strike_everywhere(&job, plans[k], &before, wanted));
    for (size_t k = 0; k < PC_COUNT(wanted); k++)
        free(wanted[k]);
    snapshot_fini(&before);
    bed_remove((void **)&job.bed);
    killer_unshare(job.told, sizeof *job.told);
}

/* `make check-hostile` asks for all plans and scenarios; else it is the first plan. */
static void all_survive(const struct killer_plan *plans, size_t n, enum length least)
{
    bool everything = getenv("PC_HOSTILE") != NULL;
    if (!killer_can(plans[0].act)) {
        print_message("skipped: calls of children cannot be traced, or changed, here\n");
        skip();
    }
    for (size_t i = 0; i < PC_COUNT(scenarios); i++)
        if (everything || scenarios[i].length >= least)
            must_survive(&scenarios[i], plans, everything ? n : 1);
}

static void a_kill_at_any_call_loses_nothing(void **state)
{
    static const struct killer_plan plans[] = {
        {.act = KILLER_BEFORE},
        {.act = KILLER_AFTER},
        {.act = KILLER_BEFORE, .all = true},
    };
    all_survive(plans, PC_COUNT(plans), BRIEF);
    (void)state;
}

static void a_torn_write_loses_nothing(void **state)
{
    static const struct killer_plan plan = {.act = KILLER_TORN};
    all_survive(&plan, 1, BRIEFEST);
    (void)state;
}

static void a_call_that_fails_loses_nothing_and_is_told(void **state)
{
    static const struct killer_plan plans[] = {
        {.act = KILLER_FAIL, .error = ENOSPC},
        {.act = KILLER_FAIL, .error = EIO},
    };
    all_survive(plans, PC_COUNT(plans), BRIEFEST);
    (void)state;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_at_any_call_loses_nothing),
        cmocka_unit_test(a_torn_write_loses_nothing),
        cmocka_unit_test(a_call_that_fails_loses_nothing_and_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
