/*
 * Killed at each system call, and each system call failing: every file of the learner is the
 * old or the new one, whole; nothing that was edited is lost; undo works.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "killer.h"
#include "snapshot.h"
#include "workspace_place.h"

#define MINE "what took an evening\n"
#define UNDO ".perfcourse/undo/join/"
#define KERNEL "07_strings/join/join.c"

/* What `make check` has the time for: nothing, one kind of strike, or all of them. */
enum length { LONG, BRIEF, BRIEFEST };

struct scenario {
    const char *name;
    void (*prepare)(struct place *place);
    bool (*act)(struct place *place, struct pc_err *err);
    enum length length;
};

struct job {
    struct place *place;
    const struct scenario *scenario;
    char *msg; /* shared; that of the error */
};

/* The workspace before. */

static void edited(struct place *place)
{
    place_put_bytes(place->kernel, MINE, strlen(MINE));
}

static void nothing(struct place *place)
{
    assert_true(pc_file_remove_tree(place->work, NULL));
}

static void deleted(struct place *place)
{
    assert_int_equal(unlink(place->kernel), 0);
}

static void reset_once(struct place *place)
{
    edited(place);
    place_reset(place, true);
}

static void reset_and_edited(struct place *place)
{
    reset_once(place);
    place_put_bytes(place->kernel, "another evening\n", 16);
}

/* The course has new files; the header is unedited, the kernel is not. */
static void course_changed(struct place *place)
{
    edited(place);
    place_put(place, "course/exercises/07_strings/join/join.c", "new starter\n");
    place_put(place, "course/exercises/07_strings/join/join.h", "new header\n");
    place_put(place, "course/exercises/07_strings/join/bench.c", "new bench\n");
}

/* What is done to it. */

static bool init(struct place *place, struct pc_err *err)
{
    struct pc_workspace ws;
    size_t made;
    return pc_workspace_init(place->work, &place->course, "/usr/include", &ws, &made, err);
}

static bool reset(struct place *place, struct pc_err *err)
{
    bool changed;
    return pc_workspace_reset(&place->ws, &place->course, &place->join, &changed, err);
}

static bool replace(struct place *place, struct pc_err *err)
{
    bool changed;
    return pc_workspace_replace(&place->ws, &place->join, "from history\n", 13, &changed,
                                err);
}

static bool undo(struct place *place, struct pc_err *err)
{
    return pc_workspace_undo(&place->ws, &place->join, err);
}

static bool rewrite_commands(struct place *place, struct pc_err *err)
{
    return pc_workspace_provide(&place->ws, &place->course, &place->join,
                                "/usr/local/include", err);
}

static const struct scenario scenarios[] = {
    {"init", nothing, init, LONG},
    {"init over work", course_changed, init, LONG},
    {"a deleted kernel", deleted, place_provide, BRIEFEST},
    {"reset", edited, reset, BRIEFEST},
    {"another version", edited, replace, BRIEF},
    {"undo", reset_once, undo, BRIEF},
    {"undo of an edited one", reset_and_edited, undo, LONG},
    {"a newer course", course_changed, place_provide, LONG},
    {"compile_commands.json", edited, rewrite_commands, LONG},
};

/* In the child. */
static int work(void *ctx)
{
    struct job *job = ctx;
    struct pc_err err = {.msg = ""};
    if (job->scenario->act(job->place, &err))
        return 0;
    strcpy(job->msg, err.msg);
    return 1;
}

/* Records of what was provided are no files of the learner; a lost one does no harm. */
static bool is_record(const char *path)
{
    static const char provided[] = ".perfcourse/provided";
    return strncmp(path, provided, strlen(provided)) == 0;
}

static bool is_temporary(const char *path)
{
    return strstr(path, ".perfcourse-") != NULL;
}

/* Each file is as before or as after. */
static void must_be_old_or_new(const struct snapshot *before, const struct snapshot *after,
                               const struct snapshot *found, const char *where)
{
    for (size_t i = 0; i < before->n; i++) {
        const char *path = before->items[i].path;
        if (!snapshot_find(found, path) && snapshot_find(after, path))
            fail_msg("%s: %s is missing", where, path);
    }
    for (size_t i = 0; i < found->n; i++) {
        const struct snapshot_file *file = &found->items[i];
        if (is_record(file->path) || is_temporary(file->path) ||
            snapshot_same(file, snapshot_find(before, file->path)) ||
            snapshot_same(file, snapshot_find(after, file->path)))
            continue;
        /* What an undo that was stopped put aside is there under its number. */
        if (strncmp(file->path, UNDO, strlen(UNDO)) != 0)
            fail_msg("%s: %s is neither old nor new: \"%s\"", where, file->path,
                     file->content ? file->content : "");
    }
}

static bool has_content(const struct snapshot *s, const char *text)
{
    for (size_t i = 0; i < s->n; i++)
        if (!s->items[i].folder && !is_temporary(s->items[i].path) && s->items[i].content &&
            strcmp(s->items[i].content, text) == 0)
            return true;
    return false;
}

static void no_work_may_be_lost(const struct snapshot *before, const struct snapshot *found,
                                const char *where)
{
    for (size_t i = 0; i < before->n; i++) {
        const struct snapshot_file *file = &before->items[i];
        bool work =
            strcmp(file->path, KERNEL) == 0 || strncmp(file->path, UNDO, strlen(UNDO)) == 0;
        if (work && !file->folder && !has_content(found, file->content))
            fail_msg("%s: what was in %s is lost", where, file->path);
    }
}

/* The next use makes it complete and tidy, and the scenario can be done again. */
static void must_go_on(const struct job *job, const char *where)
{
    struct place *place = job->place;
    struct pc_err err = {.msg = ""};
    size_t made;
    struct pc_workspace ws;
    if (!pc_workspace_init(place->work, &place->course, "/usr/include", &ws, &made, &err))
        fail_msg("%s: %s", where, err.msg);
    pc_workspace_fini(&ws);
    struct snapshot found = snapshot_take(place->work);
    for (size_t i = 0; i < found.n; i++)
        if (is_temporary(found.items[i].path))
            fail_msg("%s: %s was left", where, found.items[i].path);
    snapshot_fini(&found);
    place_put_bytes(place->kernel, "later\n", 6);
    place_reset(place, true);
    if (!undo(place, &err))
        fail_msg("%s: undo: %s", where, err.msg);
    place_assert_file(place->kernel, "later\n");
}

static unsigned strike_everywhere(const struct job *job, struct killer_plan plan,
                                  const struct snapshot *before,
                                  const struct snapshot *after)
{
    static const char *const acts[] = {"killed before", "killed after", "torn", "failing"};
    struct killer_end end = {.reached = true};
    for (plan.nth = 1; end.reached; plan.nth++) {
        snapshot_put_back(before, job->place->work);
        job->msg[0] = '\0';
        end = killer_run(&plan, work, (void *)job);
        PC_AUTO(pc_auto_free) char *where =
            pc_strfmt("%s, %s call %u (number %ld), \"%s\"", job->scenario->name,
                      acts[plan.act], plan.nth, end.call, job->msg);
        if (end.ended && end.code != 0 && !job->msg[0])
            fail_msg("%s: it failed and did not say why", where);
        struct snapshot found = snapshot_take(job->place->work);
        must_be_old_or_new(before, after, &found, where);
        no_work_may_be_lost(before, &found, where);
        if (end.ended && end.code == 0 &&
            !snapshot_same(snapshot_find(&found, KERNEL), snapshot_find(after, KERNEL)))
            fail_msg("%s: it was not done", where);
        snapshot_fini(&found);
        must_go_on(job, where);
    }
    return plan.nth - 2;
}

static void must_survive(const struct scenario *s, const struct killer_plan *plans,
                         size_t n)
{
    struct job job = {.scenario = s,
                      .msg = killer_share(sizeof((struct pc_err *)NULL)->msg)};
    place_make((void **)&job.place);
    s->prepare(job.place);
    struct snapshot before = {0};
    if (pc_file_exists(job.place->work))
        before = snapshot_take(job.place->work);
    assert_int_equal(work(&job), 0);
    struct snapshot after = snapshot_take(job.place->work);
    for (size_t k = 0; k < n; k++)
        print_message("%s: %u calls\n", s->name,
                      strike_everywhere(&job, plans[k], &before, &after));
    snapshot_fini(&before);
    snapshot_fini(&after);
    place_remove((void **)&job.place);
    killer_unshare(job.msg, sizeof((struct pc_err *)NULL)->msg);
}

/* `make check-hostile` asks for all plans and scenarios; else it is the first plan. */
static void all_survive(const struct killer_plan *plans, size_t n, enum length least)
{
    bool everything = killer_has_time();
    killer_needs(plans[0].act);
    for (size_t i = 0; i < PC_COUNT(scenarios); i++)
        if (everything || scenarios[i].length >= least)
            must_survive(&scenarios[i], plans, everything ? n : 1);
}

static void a_kill_at_any_call_loses_no_work(void **state)
{
    (void)state;
    all_survive(killer_kills, KILLER_KILLS, BRIEF);
}

static void a_torn_write_loses_no_work(void **state)
{
    (void)state;
    all_survive(&killer_tear, 1, BRIEFEST);
}

static void a_call_that_fails_loses_no_work_and_is_told(void **state)
{
    (void)state;
    all_survive(killer_failures, KILLER_FAILURES, BRIEFEST);
}

/* An editor, at each moment of a reset. */
static void save(void *ctx)
{
    const struct job *job = ctx;
    place_put_bytes(job->place->kernel, "saved meanwhile\n", 16);
}

static void what_is_saved_during_a_reset_stays(void **state)
{
    static const struct scenario *const these[] = {&scenarios[3], &scenarios[4],
                                                   &scenarios[5], &scenarios[7]};
    killer_needs(KILLER_BEFORE);
    for (size_t i = 0; i < PC_COUNT(these); i++) {
        struct job job = {.scenario = these[i],
                          .msg = killer_share(sizeof((struct pc_err *)NULL)->msg)};
        place_make((void **)&job.place);
        these[i]->prepare(job.place);
        struct snapshot before = snapshot_take(job.place->work);
        struct killer_end end = {.reached = true};
        struct killer_plan plan = {
            .act = KILLER_MEET, .all = true, .meet = save, .ctx = &job};
        for (plan.nth = 1; end.reached; plan.nth++) {
            snapshot_put_back(&before, job.place->work);
            end = killer_run(&plan, work, &job);
            struct snapshot found = snapshot_take(job.place->work);
            if (end.reached && !has_content(&found, "saved meanwhile\n"))
                fail_msg("%s, saved at call %u (number %ld): the save is lost",
                         these[i]->name, plan.nth, end.call);
            snapshot_fini(&found);
        }
        snapshot_fini(&before);
        place_remove((void **)&job.place);
        killer_unshare(job.msg, sizeof((struct pc_err *)NULL)->msg);
    }
    (void)state;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_at_any_call_loses_no_work),
        cmocka_unit_test(a_torn_write_loses_no_work),
        cmocka_unit_test(a_call_that_fails_loses_no_work_and_is_told),
        cmocka_unit_test(what_is_saved_during_a_reset_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
