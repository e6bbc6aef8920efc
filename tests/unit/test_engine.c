/*
 * The engine on the real course: checks that run to their verdict, side by side, and checks that are
 * cancelled at any moment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "engine/engine.h"
#include "loop/loop.h"

struct fixture {
    struct pc_loop *loop;
    struct pc_engine *engine;
};

/* What a check told. */
struct heard {
    struct pc_loop *loop;
    struct pc_check *check;
    enum pc_event_kind kinds[64];
    size_t n;
    enum pc_code code;
    char content[64];
    int *left; /* checks that have not ended */
};

static int set_up(void **state)
{
    struct fixture *f = pc_alloc(sizeof *f);
    struct pc_err err;
    f->loop = pc_loop_create(&err);
    struct pc_engine_spec spec = {.loop = f->loop};
    f->engine = pc_engine_create(&spec, &err);
    if (!f->engine)
        fail_msg("%s", err.msg);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pc_engine_free(f->engine);
    pc_loop_free(f->loop);
    free(f);
    /* Whatever was started is dead and reaped. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    return 0;
}

static const struct pc_exercise *exercise(const struct fixture *f, const char *name)
{
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    assert_true(pc_course_choose(pc_engine_course(f->engine), name, &chosen, &n, NULL));
    const struct pc_exercise *one = chosen[0];
    free(chosen);
    return one;
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct heard *h = ctx;
    assert_true(h->n < PC_COUNT(h->kinds));
    h->kinds[h->n++] = event->kind;
    snprintf(h->content, sizeof h->content, "%s", event->content);
    if (event->kind != PC_EVENT_VERDICT)
        return;
    h->code = event->verdict->code;
    h->check = NULL;
    if (--*h->left == 0)
        pc_loop_stop(h->loop);
}

static void start(const struct fixture *f, struct heard *h, const char *name,
                  enum pc_use use, int *left)
{
    struct pc_check_spec spec = {.exercise = exercise(f, name),
                                 .use = use,
                                 .seed = 7,
                                 .budget_ms = 2000,
                                 .quick = true};
    struct pc_err err;
    *h = (struct heard){.loop = f->loop, .left = left};
    h->check = pc_check_start(f->engine, &spec, on_event, h, &err);
    if (!h->check)
        fail_msg("%s", err.msg);
}

static void checks_run_side_by_side_and_end_with_their_verdict(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        enum pc_use use;
        enum pc_code code;
    } rows[] = {
        {"join_names", PC_USE_STARTER, PC_MISSED},
        {"join_names", PC_USE_REFERENCE, PC_PASSED},
        {"string_builder", PC_USE_REFERENCE, PC_PASSED},
        {"csv_sum", PC_USE_STARTER, PC_MISSED},
    };
    struct heard heard[PC_COUNT(rows)];
    int left = PC_COUNT(rows);
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        start(f, &heard[i], rows[i].name, rows[i].use, &left);
    pc_loop_run(f->loop);
    assert_int_equal(left, 0);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        assert_int_equal(heard[i].code, rows[i].code);
        assert_int_equal(heard[i].kinds[heard[i].n - 1], PC_EVENT_VERDICT);
    }
    /* The content is the text's, whoever judges it. */
    assert_string_not_equal(heard[0].content, heard[1].content);
}

static void cancel_it(void *ctx)
{
    struct heard *h = ctx;
    if (h->check)
        pc_check_cancel(h->check);
    h->check = NULL;
    pc_loop_stop(h->loop);
}

/* Every few milliseconds from the beginning to beyond the end; the cache is left cold now and
 * then, so that compilers are among what is cancelled. */
static void a_check_can_be_cancelled_at_any_moment(void **state)
{
    struct fixture *f = *state;
    for (int ms = 0; ms < 240; ms += 12) {
        struct heard h;
        int left = 1;
        start(f, &h, "join_names", PC_USE_REFERENCE, &left);
        struct pc_timer *timer = pc_timer_start(f->loop, ms, cancel_it, &h);
        pc_loop_run(f->loop);
        pc_timer_free(timer);
        size_t events = h.n;
        /* Nothing comes afterwards, and nothing is left that could make the loop wait. */
        pc_loop_run(f->loop);
        assert_int_equal(h.n, events);
        assert_null(h.check);
        if (ms % 48 == 0) {
            tear_down(state);
            PC_AUTO(pc_auto_free) char *cache = pc_cachedir(NULL);
            assert_true(pc_file_remove_tree(cache, NULL));
            set_up(state);
            f = *state;
        }
    }
}

static void a_kernel_that_cannot_be_read_is_no_check(void **state)
{
    struct fixture *f = *state;
    struct pc_check_spec spec = {.exercise = exercise(f, "join_names"),
                                 .use = PC_USE_FILE,
                                 .file = "/nowhere/at/all.c"};
    struct pc_err err;
    assert_null(pc_check_start(f->engine, &spec, on_event, NULL, &err));
    assert_int_equal(err.code, PC_USAGE);
    assert_non_null(strstr(err.msg, "/nowhere/at/all.c"));
}

static void a_missing_compiler_is_a_verdict(void **state)
{
    struct fixture *f = *state;
    struct heard h;
    int left = 1;
    pc_engine_use_compiler(f->engine, "/nowhere/cc");
    start(f, &h, "join_names", PC_USE_STARTER, &left);
    pc_loop_run(f->loop);
    assert_int_equal(h.code, PC_ENVIRONMENT);
    assert_int_equal(h.n, 1);
}

static struct pc_card_answer answer_to(const struct pc_card *card, bool right)
{
    struct pc_card_answer a = {.chosen = 1, .right = right};
    snprintf(a.card, sizeof a.card, "%s", card->key);
    return a;
}

static void answers_to_cards_are_found_by_name(void **state)
{
    struct fixture *f = *state;
    const struct pc_topic *topic = pc_course_topic(pc_engine_course(f->engine), "07", NULL);
    assert_non_null(topic);
    assert_true(topic->n_cards > 2);
    struct pc_card_answer first = answer_to(&topic->cards[0], true);
    struct pc_card_answer third = answer_to(&topic->cards[2], false);
    struct pc_card_answer gone = {.card = "07/no_such_card", .right = true};
    pc_engine_answered(f->engine, &third);
    pc_engine_answered(f->engine, &gone);
    pc_engine_answered(f->engine, &first);
    assert_true(first.when > 0);
    int64_t when = first.when;
    first.sure = PC_SURE;
    pc_engine_answered(f->engine, &first);
    assert_int_equal(first.when, when);
    struct pc_card_answers answers = pc_engine_card_answers(f->engine, topic);
    assert_int_equal(answers.n, topic->n_cards);
    assert_int_equal(answers.items[0].sure, PC_SURE);
    assert_int_equal(answers.items[1].when, 0);
    assert_false(answers.items[2].right);
    pc_card_answers_fini(&answers);
    struct pc_card_status status = pc_engine_card_status(f->engine, topic);
    assert_int_equal(status.cards, topic->n_cards);
    assert_int_equal(status.answered, 2);
    assert_int_equal(status.right, 1);
}

/* The place of the progress is a file: nothing can be kept, which is told once. */
static void answers_that_cannot_be_kept_fail_nothing(void **state)
{
    struct fixture *f = *state;
    PC_AUTO(pc_auto_free) char *before = pc_strdup(getenv("XDG_STATE_HOME"));
    PC_AUTO(pc_auto_free) char *file = pc_path_join(before, "file");
    assert_true(pc_file_write(file, "x", 1, NULL));
    setenv("XDG_STATE_HOME", file, 1);
    const struct pc_topic *topic = pc_course_topic(pc_engine_course(f->engine), "07", NULL);
    struct pc_card_answer a = answer_to(&topic->cards[0], true);
    pc_engine_answered(f->engine, &a);
    pc_engine_answered(f->engine, &a);
    assert_int_equal(pc_engine_card_status(f->engine, topic).answered, 0);
    PC_AUTO(pc_auto_free) char *note = pc_engine_progress_note(f->engine);
    PC_AUTO(pc_auto_free) char *again = pc_engine_progress_note(f->engine);
    assert_non_null(note);
    assert_null(again);
    setenv("XDG_STATE_HOME", before, 1);
}

int main(void)
{
    char dir[] = "/tmp/pc-engine-XXXXXX";
    if (!mkdtemp(dir))
        return 1;
    setenv("XDG_CACHE_HOME", dir, 1);
    setenv("XDG_STATE_HOME", dir, 1);
    setenv("HOME", dir, 1);
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(checks_run_side_by_side_and_end_with_their_verdict,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_check_can_be_cancelled_at_any_moment, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_kernel_that_cannot_be_read_is_no_check, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_missing_compiler_is_a_verdict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_to_cards_are_found_by_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(answers_that_cannot_be_kept_fail_nothing, set_up,
                                        tear_down),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    pc_file_remove_tree(dir, NULL);
    return failed;
}
