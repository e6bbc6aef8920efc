/*
 * Experiments in the engine, on the course of templates, also as a pack: what is told, and
 * leaving at any moment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "engine/engine.h"
#include "loop/loop.h"

struct fixture {
    struct pc_loop *loop;
    struct pc_engine *engine;
    char state[32]; /* a folder of its own for progress */
};

static int set_up_from(void **state, bool as_pack)
{
    struct fixture *f = pc_alloc(sizeof *f);
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *course = pc_strfmt("%s/templates", getenv("PC_SRCDIR"));
    if (as_pack)
        unsetenv("PERFCOURSE_DATADIR");
    else
        setenv("PERFCOURSE_DATADIR", course, 1);
    strcpy(f->state, "/tmp/pc-experiment-XXXXXX");
    assert_non_null(mkdtemp(f->state));
    setenv("XDG_STATE_HOME", f->state, 1);
    f->loop = pc_loop_create(&err);
    struct pc_engine_spec spec = {.loop = f->loop, .pack = as_pack ? course : NULL};
    f->engine = pc_engine_create(&spec, &err);
    if (!f->engine)
        fail_msg("%s", err.msg);
    *state = f;
    return 0;
}

static int set_up(void **state)
{
    return set_up_from(state, false);
}

static int set_up_pack(void **state)
{
    return set_up_from(state, true);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pc_engine_free(f->engine);
    pc_loop_free(f->loop);
    pc_file_remove_tree(f->state, NULL);
    free(f);
    /* Whatever was started is dead and reaped. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    return 0;
}

/* What an experiment told, one letter an event. */
struct heard {
    struct fixture *f;
    struct pc_experiment_run *run;
    char events[64];
    size_t n, cancel_at; /* events; 0: it is not cancelled */
    size_t choice;
    bool late; /* the answer comes later, and twice */
    struct pc_timer *timer;
    size_t chosen, right;
    enum pc_code code;
};

static void answer_late(void *ctx)
{
    struct heard *h = ctx;
    pc_experiment_answer(h->run, h->choice);
    pc_experiment_answer(h->run, h->choice + 1);
}

static void on_predict(struct heard *h)
{
    if (h->late)
        h->timer = pc_timer_start(h->f->loop, 1, answer_late, h);
    else
        pc_experiment_answer(h->run, h->choice);
}

static void on_event(void *ctx, const struct pc_experiment_event *event)
{
    static const char letters[] = {
        [PC_EXPERIMENT_STARTED] = 'b', [PC_EXPERIMENT_PREDICT] = 'p',
        [PC_EXPERIMENT_SCORED] = 's',  [PC_EXPERIMENT_WORKING] = 'w',
        [PC_EXPERIMENT_POINT] = '.',   [PC_EXPERIMENT_SLOPE] = '/',
        [PC_EXPERIMENT_NOTE] = 'n',    [PC_EXPERIMENT_DONE] = 'd',
        [PC_EXPERIMENT_PROFILE] = 'f',
    };
    struct heard *h = ctx;
    assert_non_null(h->run);
    assert_true(h->n < sizeof h->events - 1);
    h->events[h->n++] = letters[event->kind];
    if (event->kind == PC_EXPERIMENT_DONE) {
        h->run = NULL;
        h->code = event->code;
        pc_loop_stop(h->f->loop);
    } else if (h->n == h->cancel_at) {
        pc_experiment_cancel(h->run);
        h->run = NULL;
        pc_loop_stop(h->f->loop);
    } else if (event->kind == PC_EXPERIMENT_PREDICT) {
        on_predict(h);
    } else if (event->kind == PC_EXPERIMENT_SCORED) {
        h->chosen = event->prediction->chosen;
        h->right = event->prediction->right;
    }
}

static void start(struct fixture *f, struct heard *h)
{
    static const struct pc_experiment_ops ops = {.event = on_event};
    const struct pc_topic *topic = pc_course_topic(pc_engine_course(f->engine), "01", NULL);
    struct pc_experiment_spec spec = {.topic = topic,
                                      .experiment = pc_topic_experiment(topic, "", NULL),
                                      .seed = 7,
                                      .budget_ms = 1};
    struct pc_err err;
    h->f = f;
    h->run = pc_experiment_start(f->engine, &spec, &ops, h, &err);
    if (!h->run)
        fail_msg("%s", err.msg);
}

static const char whole[] = "bpw.w.w.s/nd";

static void an_experiment_tells_everything_in_order(void **state)
{
    struct fixture *f = *state;
    struct heard h = {.choice = 1};
    start(f, &h);
    assert_int_equal(h.n, 0);
    pc_loop_run(f->loop);
    assert_string_equal(h.events, whole);
    assert_int_equal(h.code, PC_PASSED);
    assert_int_equal(h.chosen, 1);
    assert_true(h.right >= 1 && h.right <= 3);
}

static void predictions_are_kept_by_name(void **state)
{
    struct fixture *f = *state;
    struct pc_prediction kept;
    struct heard h = {.choice = 2, .late = true};
    start(f, &h);
    pc_loop_run(f->loop);
    pc_timer_free(h.timer);
    assert_string_equal(h.events, whole);
    assert_int_equal(h.chosen, 2);
    assert_true(pc_engine_prediction(f->engine, "01/grow/1", &kept));
    assert_string_equal(kept.answer, "ten times as much");
    assert_int_equal(kept.right, h.right == 2);
}

static void an_answer_may_be_none_or_nonsense(void **state)
{
    struct fixture *f = *state;
    static const size_t choices[] = {0, 4, SIZE_MAX};
    for (size_t i = 0; i < PC_COUNT(choices); i++) {
        struct pc_prediction kept;
        struct heard h = {.choice = choices[i]};
        start(f, &h);
        pc_loop_run(f->loop);
        assert_string_equal(h.events, whole);
        assert_int_equal(h.chosen, 0);
        assert_false(pc_engine_prediction(f->engine, "01/grow/1", &kept));
    }
}

static void an_experiment_can_be_left_in_each_of_its_events(void **state)
{
    struct fixture *f = *state;
    for (size_t at = 1; at < sizeof whole - 1; at++) {
        struct heard h = {.choice = 1, .cancel_at = at};
        start(f, &h);
        pc_loop_run(f->loop);
        assert_int_equal(h.n, at);
        assert_memory_equal(h.events, whole, at);
    }
}

static void leave(void *ctx)
{
    struct heard *h = ctx;
    if (h->run)
        pc_experiment_cancel(h->run);
    h->run = NULL;
    pc_loop_stop(h->f->loop);
}

static void an_experiment_can_be_left_at_any_moment(void **state)
{
    struct fixture *f = *state;
    for (int ms = 0; ms < 120; ms += 7) {
        struct heard h = {.choice = 1};
        start(f, &h);
        struct pc_timer *timer = pc_timer_start(f->loop, ms, leave, &h);
        pc_loop_run(f->loop);
        pc_timer_free(timer);
        assert_memory_equal(h.events, whole, h.n);
    }
}

static void an_experiment_that_was_not_begun_can_be_left(void **state)
{
    struct fixture *f = *state;
    struct heard h = {.choice = 1};
    start(f, &h);
    pc_experiment_cancel(h.run);
    assert_int_equal(h.n, 0);
}

#define RULE(name) \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down), \
        cmocka_unit_test_setup_teardown(name, set_up_pack, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(an_experiment_tells_everything_in_order),
        RULE(predictions_are_kept_by_name),
        RULE(an_answer_may_be_none_or_nonsense),
        RULE(an_experiment_can_be_left_in_each_of_its_events),
        RULE(an_experiment_can_be_left_at_any_moment),
        RULE(an_experiment_that_was_not_begun_can_be_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
