#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "loop/foreground.h"
#include "loop/input.h"
#include "loop/loop.h"
#include "loop/signal.h"
#include "loop/watch.h"

/* What happened is written down; the loop ends after `wanted` reports, or too late. */
struct scene {
    struct pc_loop *loop;
    char dir[64];
    struct pc_watch *watch;
    struct pc_input *input;
    struct pc_str seen;
    int wanted, came;
    bool frees;
    int pipe[2];
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    strcpy(scene->dir, "/tmp/pc-watch-XXXXXX");
    scene->loop = pc_loop_create(NULL);
    *state = scene;
    return scene->loop && mkdtemp(scene->dir) && pipe(scene->pipe) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    pc_watch_free(scene->watch);
    pc_input_free(scene->input);
    pc_loop_free(scene->loop);
    pc_file_remove_tree(scene->dir, NULL);
    pc_str_fini(&scene->seen);
    close(scene->pipe[0]);
    close(scene->pipe[1]);
    free(scene);
    return 0;
}

static void note(void *ctx, const char *name)
{
    struct scene *scene = ctx;
    pc_str_addf(&scene->seen, "%s ", name);
    if (scene->frees) {
        pc_watch_free(scene->watch);
        scene->watch = NULL;
    }
    if (++scene->came >= scene->wanted)
        pc_loop_stop(scene->loop);
}

static void stop(void *ctx)
{
    pc_loop_stop(ctx);
}

/* Serve until the reports have come; a test that waits in vain fails by what it has seen. */
static const char *serve(struct scene *scene, int wanted)
{
    pc_str_fini(&scene->seen);
    scene->came = 0;
    scene->wanted = wanted;
    struct pc_timer *limit = pc_timer_start(scene->loop, 5000, stop, scene->loop);
    pc_loop_run(scene->loop);
    pc_timer_free(limit);
    return pc_str_get(&scene->seen);
}

static void put(struct scene *scene, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(scene->dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void put_by_renaming(struct scene *scene, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(scene->dir, name);
    assert_true(pc_file_write(path, text, strlen(text), NULL));
}

static void unlink_it(struct scene *scene, const char *name, const char *text)
{
    (void)text;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(scene->dir, name);
    assert_int_equal(unlink(path), 0);
}

static const struct {
    const char *name;
    void (*change)(struct scene *scene, const char *name, const char *text);
    const char *file, *expected;
} changes[] = {
    {"a file that is written", put, "a.c", "a.c "},
    {"a file that is replaced", put_by_renaming, "a.c", "a.c "},
    {"a file that appears", put, "b.c", "b.c "},
    {"a file that disappears", unlink_it, "b.c", "b.c "},
    {"a file of another suffix", put, "notes", "notes "},
};

static void every_way_of_saving_is_seen(void **state)
{
    struct scene *scene = *state;
    put(scene, "a.c", "first");
    scene->watch = pc_watch_start(scene->loop, scene->dir, false, note, scene);
    for (size_t i = 0; i < PC_COUNT(changes); i++) {
        changes[i].change(scene, changes[i].file, changes[i].name);
        const char *seen = serve(scene, 1);
        if (strcmp(seen, changes[i].expected) != 0)
            fail_msg("%s: '%s'", changes[i].name, seen);
    }
}

static void a_burst_is_reported_once_and_dot_files_not_at_all(void **state)
{
    struct scene *scene = *state;
    scene->watch = pc_watch_start(scene->loop, scene->dir, false, note, scene);
    put(scene, "a.c", "1");
    put(scene, ".a.c.swp", "1");
    put(scene, "a.c", "22");
    put(scene, "a.c", "333");
    put(scene, "b.c", "1");
    assert_string_equal(serve(scene, 2), "a.c b.c ");
}

static void without_notification_it_looks_by_itself(void **state)
{
    struct scene *scene = *state;
    scene->watch = pc_watch_start(scene->loop, scene->dir, true, note, scene);
    assert_true(pc_watch_is_polling(scene->watch));
    put(scene, "a.c", "1");
    assert_string_equal(serve(scene, 1), "a.c ");
}

static void a_folder_may_go_and_come_back(void **state)
{
    struct scene *scene = *state;
    put(scene, "a.c", "1");
    scene->watch = pc_watch_start(scene->loop, scene->dir, false, note, scene);
    assert_false(pc_watch_is_polling(scene->watch));
    assert_true(pc_file_remove_tree(scene->dir, NULL));
    assert_string_equal(serve(scene, 1), "a.c ");
    assert_true(pc_watch_is_polling(scene->watch));
    assert_int_equal(mkdir(scene->dir, 0755), 0);
    put(scene, "b.c", "1");
    assert_string_equal(serve(scene, 1), "b.c ");
    assert_false(pc_watch_is_polling(scene->watch));
    put(scene, "b.c", "22");
    assert_string_equal(serve(scene, 1), "b.c ");
}

static void a_report_may_free_the_watch(void **state)
{
    struct scene *scene = *state;
    scene->frees = true;
    scene->watch = pc_watch_start(scene->loop, scene->dir, false, note, scene);
    put(scene, "a.c", "1");
    put(scene, "b.c", "1");
    assert_string_equal(serve(scene, 1), "a.c ");
}

static void a_watch_that_is_left_is_freed_with_the_loop(void **state)
{
    struct scene *scene = *state;
    pc_watch_start(scene->loop, scene->dir, false, note, scene);
    pc_watch_start(scene->loop, scene->dir, true, note, scene);
    pc_signal_start(scene->loop, SIGUSR1, stop, scene->loop);
    pc_input_start(scene->loop, scene->pipe[0], stop, scene->loop, NULL);
}

static void read_letter(void *ctx)
{
    struct scene *scene = ctx;
    char text[2] = {0};
    assert_int_equal(read(scene->pipe[0], text, 1), 1);
    note(scene, text);
}

static void input_is_read_when_it_is_there_and_wanted(void **state)
{
    struct scene *scene = *state;
    scene->input = pc_input_start(scene->loop, scene->pipe[0], read_letter, scene, NULL);
    assert_int_equal(write(scene->pipe[1], "ab", 2), 2);
    assert_string_equal(serve(scene, 1), "a ");
    pc_input_pause(scene->input);
    pc_loop_run(scene->loop);
    pc_input_resume(scene->input);
    assert_string_equal(serve(scene, 1), "b ");
}

static void read_end(void *ctx)
{
    struct scene *scene = ctx;
    char c;
    if (read(scene->pipe[0], &c, 1) == 0)
        note(scene, "end");
}

static void a_hang_up_is_something_to_read(void **state)
{
    struct scene *scene = *state;
    scene->input = pc_input_start(scene->loop, scene->pipe[0], read_end, scene, NULL);
    close(scene->pipe[1]);
    assert_string_equal(serve(scene, 1), "end ");
}

static void note_signal(void *ctx)
{
    note(ctx, "signal");
}

static void a_signal_is_an_event(void **state)
{
    struct scene *scene = *state;
    struct pc_signal *signal = pc_signal_start(scene->loop, SIGWINCH, note_signal, scene);
    raise(SIGWINCH);
    assert_string_equal(serve(scene, 1), "signal ");
    pc_signal_free(signal);
    pc_loop_run(scene->loop);
}

static void note_status(void *ctx, int status)
{
    char text[32];
    snprintf(text, sizeof text, "%s %d", WIFSIGNALED(status) ? "signal" : "exit",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    note(ctx, text);
}

static const struct {
    const char *command, *expected;
} programs[] = {
    {"exit 3", "exit 3 "},
    {"kill -TERM $$", "signal 15 "},
    {"kill -INT $PPID; kill -QUIT $PPID; exit 0", "exit 0 "},
};

static void a_program_in_the_foreground_tells_how_it_ended(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < PC_COUNT(programs); i++) {
        const char *const argv[] = {"sh", "-c", programs[i].command, NULL};
        assert_true(pc_foreground_start(scene->loop, argv, STDERR_FILENO, note_status,
                                        scene, NULL));
        assert_string_equal(serve(scene, 1), programs[i].expected);
    }
}

static void a_program_that_is_missing_is_an_error(void **state)
{
    struct scene *scene = *state;
    const char *const argv[] = {"pc-no-such-editor", NULL};
    struct pc_err err;
    assert_false(
        pc_foreground_start(scene->loop, argv, STDERR_FILENO, note_status, scene, &err));
    assert_non_null(strstr(err.msg, "cannot start pc-no-such-editor: No such file"));
    pc_loop_run(scene->loop);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_way_of_saving_is_seen),
        TEST(a_burst_is_reported_once_and_dot_files_not_at_all),
        TEST(without_notification_it_looks_by_itself),
        TEST(a_folder_may_go_and_come_back),
        TEST(a_report_may_free_the_watch),
        TEST(a_watch_that_is_left_is_freed_with_the_loop),
        TEST(input_is_read_when_it_is_there_and_wanted),
        TEST(a_hang_up_is_something_to_read),
        TEST(a_signal_is_an_event),
        TEST(a_program_in_the_foreground_tells_how_it_ended),
        TEST(a_program_that_is_missing_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
