/*
 * What the engine tells about kernels as texts: sources, differences, and texts put in place
 * of the learner's file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "engine/engine.h"
#include "loop/loop.h"

struct fixture {
    char dir[64];
    struct pc_loop *loop;
    struct pc_engine *engine;
    const struct pc_exercise *exercise;
    char *text; /* what a diff gave, or NULL */
    char trouble[512];
};

static int set_up(void **state)
{
    struct fixture *f = pc_alloc(sizeof *f);
    struct pc_err err;
    strcpy(f->dir, "/tmp/pc-files-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    setenv("HOME", f->dir, 1);
    setenv("XDG_CACHE_HOME", f->dir, 1);
    unsetenv("PERFCOURSE_WORKSPACE");
    f->loop = pc_loop_create(&err);
    struct pc_engine_spec spec = {.loop = f->loop};
    f->engine = pc_engine_create(&spec, &err);
    if (!f->engine)
        fail_msg("%s", err.msg);
    size_t files;
    if (!pc_engine_init(f->engine, f->dir, &files, &err))
        fail_msg("%s", err.msg);
    f->exercise = &pc_engine_course(f->engine)->topics[0].exercises[0];
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pc_engine_free(f->engine);
    pc_loop_free(f->loop);
    assert_true(pc_file_remove_tree(f->dir, NULL));
    free(f->text);
    free(f);
    return 0;
}

static void on_diff(void *ctx, const char *text, const struct pc_err *trouble)
{
    struct fixture *f = ctx;
    f->text = text ? pc_strdup(text) : NULL;
    snprintf(f->trouble, sizeof f->trouble, "%s", trouble ? trouble->msg : "");
    pc_loop_stop(f->loop);
}

static struct pc_diff *start_diff(struct fixture *f, const char *from, const char *to,
                                  int context)
{
    struct pc_diff_spec spec = {
        .from = {.name = "the starter", .text = from, .n = strlen(from)},
        .to = {.name = "yours", .text = to, .n = strlen(to)},
        .context = context,
    };
    struct pc_err err;
    struct pc_diff *diff = pc_diff_start(f->engine, &spec, on_diff, f, &err);
    if (!diff)
        fail_msg("%s", err.msg);
    return diff;
}

/* Folders of diffs that are still there. */
static int left_over(const struct fixture *f)
{
    PC_AUTO(pc_auto_free) char *cache = pc_strfmt("%s/perfcourse", f->dir);
    char **names = pc_dir_names(cache, NULL);
    int n = 0;
    for (char **name = names; name && *name; name++)
        n += strncmp(*name, "diff.", 5) == 0;
    pc_names_free(names);
    return n;
}

static void a_diff_shows_what_changed_and_leaves_nothing(void **state)
{
    static const struct {
        const char *from, *to;
        int context;
        const char *text;
    } rows[] = {
        {"a\nb\n", "a\nb\n", 3, ""},
        {"", "", 3, ""},
        {"a\nb\nc\n", "a\nB\nc\n", 1,
         "--- the starter\n+++ yours\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
        {"a\nb\nc\n", "a\nB\nc\n", 0, "--- the starter\n+++ yours\n@@ -2 +2 @@\n-b\n+B\n"},
        {"", "a\n", 3, "--- the starter\n+++ yours\n@@ -0,0 +1 @@\n+a\n"},
        {"a", "a\n", 3,
         "--- the starter\n+++ yours\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        start_diff(f, rows[i].from, rows[i].to, rows[i].context);
        pc_loop_run(f->loop);
        assert_string_equal(f->trouble, "");
        assert_string_equal(f->text, rows[i].text);
        free(PC_TAKE(f->text));
    }
    assert_int_equal(left_over(f), 0);
}

static void a_cancelled_diff_is_never_heard_of_again(void **state)
{
    struct fixture *f = *state;
    pc_diff_cancel(start_diff(f, "a\n", "b\n", 3));
    start_diff(f, "c\n", "d\n", 0);
    pc_loop_run(f->loop);
    assert_non_null(strstr(f->text, "-c\n+d\n"));
    assert_int_equal(left_over(f), 0);
}

static void sources_are_the_files_that_a_check_would_judge(void **state)
{
    struct fixture *f = *state;
    size_t n_starter, n_mine, n_reference, n;
    PC_AUTO(pc_auto_free) char *starter =
        pc_engine_source(f->engine, f->exercise, PC_USE_STARTER, NULL, &n_starter, NULL);
    PC_AUTO(pc_auto_free) char *mine =
        pc_engine_source(f->engine, f->exercise, PC_USE_LEARNERS, NULL, &n_mine, NULL);
    PC_AUTO(pc_auto_free) char *reference = pc_engine_source(
        f->engine, f->exercise, PC_USE_REFERENCE, NULL, &n_reference, NULL);
    assert_int_equal(n_mine, n_starter);
    assert_string_equal(mine, starter);
    assert_int_equal(n_reference, strlen(reference));
    assert_string_not_equal(reference, starter);
    struct pc_err err;
    assert_null(
        pc_engine_source(f->engine, f->exercise, PC_USE_FILE, "/no/such.c", &n, &err));
    assert_int_equal(err.code, PC_USAGE);
}

static void a_text_put_in_place_can_be_undone(void **state)
{
    struct fixture *f = *state;
    struct pc_err err;
    bool changed;
    size_t n;
    assert_true(pc_engine_replace(f->engine, f->exercise, "int x;\n", 7, &changed, &err));
    assert_true(changed);
    assert_true(pc_engine_replace(f->engine, f->exercise, "int x;\n", 7, &changed, &err));
    assert_false(changed);
    /* It is the learner's own: what the course hands out does not take its place. */
    PC_AUTO(pc_auto_free) char *mine =
        pc_engine_source(f->engine, f->exercise, PC_USE_LEARNERS, NULL, &n, &err);
    assert_string_equal(mine, "int x;\n");
    assert_true(pc_engine_undo(f->engine, f->exercise, &err));
    bool edited;
    assert_true(pc_engine_edited(f->engine, f->exercise, &edited, &err));
    assert_false(edited);
}

static void an_editor_is_told_the_line_where_it_understands_one(void **state)
{
    static const struct {
        const char *visual, *editor;
        int line;
        const char *words; /* behind `sh -c` */
    } rows[] = {
        {NULL, NULL, 7, "[exec vi \"$@\"][sh][+7][a b;c.c]"},
        {NULL, NULL, 0, "[exec vi \"$@\"][sh][a b;c.c]"},
        {"", " ", 7, "[exec vi \"$@\"][sh][+7][a b;c.c]"},
        {"vim -u NONE", "nano", 7, "[exec vim -u NONE \"$@\"][sh][+7][a b;c.c]"},
        {NULL, "/usr/bin/nano", 7, "[exec /usr/bin/nano \"$@\"][sh][+7][a b;c.c]"},
        {"code --wait", NULL, 7, "[exec code --wait \"$@\"][sh][--goto][a b;c.c:7]"},
        {"code --wait", NULL, 0, "[exec code --wait \"$@\"][sh][a b;c.c]"},
        {"hx", NULL, 7, "[exec hx \"$@\"][sh][a b;c.c:7]"},
        {"ed", NULL, 7, "[exec ed \"$@\"][sh][a b;c.c]"},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_words argv = {0};
        struct pc_str text = {0};
        unsetenv("VISUAL");
        unsetenv("EDITOR");
        if (rows[i].visual)
            setenv("VISUAL", rows[i].visual, 1);
        if (rows[i].editor)
            setenv("EDITOR", rows[i].editor, 1);
        pc_engine_editor("a b;c.c", rows[i].line, &argv);
        for (size_t k = 2; k < argv.n; k++)
            pc_str_addf(&text, "[%s]", argv.items[k]);
        assert_string_equal(pc_str_get(&text), rows[i].words);
        pc_words_fini(&argv);
        pc_str_fini(&text);
    }
}

int main(void)
{
#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        RULE(a_diff_shows_what_changed_and_leaves_nothing),
        RULE(a_cancelled_diff_is_never_heard_of_again),
        RULE(sources_are_the_files_that_a_check_would_judge),
        RULE(a_text_put_in_place_can_be_undone),
        RULE(an_editor_is_told_the_line_where_it_understands_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
