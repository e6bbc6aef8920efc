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
#include "store_scenarios.h"

/* What the child tells, in memory that it shares. */
struct told {
    unsigned done; /* changes that were acknowledged */
    char msg[sizeof((struct pc_err *)NULL)->msg];
};

struct job {
    struct bed *bed;
    const struct store_scenario *scenario;
    unsigned limit; /* stop after so many changes */
    struct told *told;
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

static unsigned changes_of(const struct store_scenario *scenario)
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
static void must_survive(const struct store_scenario *s, const struct killer_plan *plans,
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
static void all_survive(const struct killer_plan *plans, size_t n, enum store_length least)
{
    bool everything = killer_has_time();
    killer_needs(plans[0].act);
    for (size_t i = 0; i < STORE_SCENARIOS; i++)
        if (everything || store_scenarios[i].length >= least)
            must_survive(&store_scenarios[i], plans, everything ? n : 1);
}

static void a_kill_at_any_call_loses_nothing(void **state)
{
    (void)state;
    all_survive(killer_kills, KILLER_KILLS, BRIEF);
}

static void a_torn_write_loses_nothing(void **state)
{
    (void)state;
    all_survive(&killer_tear, 1, BRIEFEST);
}

static void a_call_that_fails_loses_nothing_and_is_told(void **state)
{
    (void)state;
    all_survive(killer_failures, KILLER_FAILURES, BRIEFEST);
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
