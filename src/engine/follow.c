#include "engine/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "loop/watch.h"

/* One kernel that is followed. */
struct followed {
    struct pc_follow *follow;
    const struct pc_exercise *exercise;
    char *path;
    struct pc_watch *watch;
    char judged[PC_HASH_HEX]; /* content of the check that runs or ran last; "" for none */
    bool quick;               /* that check is without timing */
    int64_t budget_ms;        /* of its timing */
};

/* There is one check at a time, since measurements disturb each other; a later save, of
 * whichever kernel, takes its place. */
struct pc_follow {
    struct pc_engine *engine;
    struct pc_follow_spec spec;
    void (*event)(void *ctx, const struct pc_event *event);
    void (*trouble)(void *ctx, const struct pc_exercise *exercise,
                    const struct pc_err *err);
    void *ctx;
    struct followed **items;
    size_t n, cap;
    struct followed *running;
    struct pc_check *check;
    struct pc_timer *again; /* the running one is to be checked anew */
};

static void free_follow(struct pc_follow *follow)
{
    if (follow->check)
        pc_check_cancel(follow->check);
    pc_timer_free(follow->again);
    for (size_t i = 0; i < follow->n; i++) {
        pc_watch_free(follow->items[i]->watch);
        free(follow->items[i]->path);
        free(follow->items[i]);
    }
    free(follow->items);
    free(follow);
}

void pc_follow_stop(struct pc_follow *follow)
{
    if (follow)
        free_follow(follow);
}

/* The content of the file now; false when it cannot be read. */
static bool content_now(const struct followed *item, char content[PC_HASH_HEX])
{
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(item->path, PC_KERNEL_MAX, &n, NULL);
    if (!text)
        return false;
    pc_hash_of(text, n, content);
    return true;
}

static void begin(struct followed *item);

static void begin_again(void *ctx)
{
    struct pc_follow *follow = ctx;
    pc_timer_free(follow->again);
    follow->again = NULL;
    begin(follow->running);
}

/* The check of an older content has nothing more to say, not even its verdict. */
static bool is_outdated(const struct followed *item, const struct pc_event *event)
{
    char now[PC_HASH_HEX];
    return content_now(item, now) && strcmp(now, event->content) != 0;
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct followed *item = ctx;
    struct pc_follow *follow = item->follow;
    bool is_verdict = event->kind == PC_EVENT_VERDICT;
    if (is_verdict)
        follow->check = NULL;
    if (is_verdict && is_outdated(item, event)) {
        follow->again = pc_timer_start(follow->engine->spec.loop, 0, begin_again, follow);
        return;
    }
    if (is_verdict)
        follow->running = NULL;
    follow->event(follow->ctx, event);
}

static void begin(struct followed *item)
{
    struct pc_follow *follow = item->follow;
    struct pc_check_spec spec = {.exercise = item->exercise,
                                 .use = PC_USE_LEARNERS,
                                 .seed = pc_rng_fresh_seed(),
                                 .budget_ms = item->budget_ms,
                                 .quick = item->quick};
    struct pc_err err;
    if (follow->check)
        pc_check_cancel(follow->check);
    pc_timer_free(follow->again);
    follow->again = NULL;
    follow->running = item;
    follow->check = pc_check_start(follow->engine, &spec, on_event, item, &err);
    if (follow->check) {
        snprintf(item->judged, sizeof item->judged, "%s", pc_check_content(follow->check));
        return;
    }
    follow->running = NULL;
    item->judged[0] = '\0';
    follow->trouble(follow->ctx, item->exercise, &err);
}

/* Something in the kernel's folder was written.  Touching a file without changing it asks
 * for nothing; a file that is gone for a moment is being replaced. */
static void on_change(void *ctx, const char *name)
{
    struct followed *item = ctx;
    char content[PC_HASH_HEX];
    if (strcmp(name, pc_path_base(item->path)) == 0 && content_now(item, content) &&
        strcmp(content, item->judged) != 0) {
        item->quick = item->follow->spec.quick;
        item->budget_ms = item->follow->spec.budget_ms;
        begin(item);
    }
}

static struct followed *find(const struct pc_follow *follow,
                             const struct pc_exercise *exercise)
{
    for (size_t i = 0; i < follow->n; i++)
        if (follow->items[i]->exercise == exercise)
            return follow->items[i];
    return NULL;
}

void pc_follow_check(struct pc_follow *follow, const struct pc_exercise *exercise,
                     bool quick)
{
    struct followed *item = find(follow, exercise);
    if (!item)
        return;
    item->quick = quick;
    item->budget_ms = follow->spec.budget_ms;
    begin(item);
}

void pc_follow_measure_on(struct pc_follow *follow, const struct pc_exercise *exercise,
                          int64_t budget_ms)
{
    struct followed *item = find(follow, exercise);
    if (!item)
        return;
    item->quick = false;
    item->budget_ms = budget_ms;
    begin(item);
}

bool pc_follow_cancel(struct pc_follow *follow)
{
    bool ran = follow->running != NULL;
    if (follow->check)
        pc_check_cancel(follow->check);
    follow->check = NULL;
    pc_timer_free(follow->again);
    follow->again = NULL;
    follow->running = NULL;
    return ran;
}

const struct pc_exercise *pc_follow_running(const struct pc_follow *follow)
{
    return follow->running ? follow->running->exercise : NULL;
}

int64_t pc_follow_budget(const struct pc_follow *follow)
{
    return follow->running ? follow->running->budget_ms : follow->spec.budget_ms;
}

bool pc_follow_add(struct pc_follow *follow, const struct pc_exercise *exercise,
                   struct pc_err *err)
{
    struct pc_engine *engine = follow->engine;
    if (find(follow, exercise))
        return true;
    if (!pc_engine_provide(engine, exercise, err))
        return false;
    struct followed *item = pc_alloc(sizeof *item);
    *item = (struct followed){.follow = follow, .exercise = exercise};
    *PC_PUSH(follow) = item;
    item->path = pc_workspace_kernel(&engine->workspace, exercise);
    if (follow->spec.only_asked)
        return true;
    PC_AUTO(pc_auto_free) char *dir = pc_path_dir(item->path);
    item->watch =
        pc_watch_start(engine->spec.loop, dir, follow->spec.poll, on_change, item);
    return true;
}

struct pc_follow *pc_follow_start(struct pc_engine *engine,
                                  const struct pc_follow_spec *spec,
                                  const struct pc_follow_ops *ops, void *ctx,
                                  struct pc_err *err)
{
    struct pc_follow *follow = pc_alloc(sizeof *follow);
    follow->engine = engine;
    follow->spec = *spec;
    follow->event = ops->event;
    follow->trouble = ops->trouble;
    follow->ctx = ctx;
    for (size_t i = 0; i < spec->n; i++) {
        if (!pc_follow_add(follow, spec->exercises[i], err)) {
            free_follow(follow);
            return NULL;
        }
    }
    return follow;
}
