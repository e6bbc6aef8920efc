#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "workspace_place.h"

static void the_first_rule_that_applies_finds_the_workspace(void **state)
{
    static const struct {
        const char *given, *env, *cwd; /* relative to the temporary folder */
        const char *found;
        bool created;
    } rows[] = {
        {"a", "b", "c/07_strings/join", "a", false},
        {NULL, "b", "c/07_strings/join", "b", false},
        {NULL, NULL, "c/07_strings/join", "c", false},
        {NULL, NULL, "c", "c", false},
        {NULL, "", "c", "c", false},
        {NULL, NULL, ".", "home/perfcourse", true},
        {NULL, NULL, ".", "home/perfcourse", false},
        {NULL, NULL, "home/perfcourse/.perfcourse", "home/perfcourse", false},
    };
    struct place *place = *state;
    place_put(place, "a/.perfcourse/version", "1\n");
    place_put(place, "b/.perfcourse/version", "1\n");
    place_put(place, "c/.perfcourse/x", "");
    place_put(place, "c/07_strings/join/x", "");
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *cwd = place_path(place, rows[i].cwd);
        PC_AUTO(pc_auto_free) char *found = place_path(place, rows[i].found);
        PC_AUTO(pc_auto_free) char *env = place_path(place, rows[i].env ? rows[i].env : "");
        assert_int_equal(chdir(cwd), 0);
        if (rows[i].env)
            setenv("PERFCOURSE_WORKSPACE", *rows[i].env ? env : "", true);
        else
            unsetenv("PERFCOURSE_WORKSPACE");
        PC_AUTO(pc_auto_free) char *given =
            place_path(place, rows[i].given ? "a/../a" : "");
        struct pc_workspace ws;
        struct pc_err err = {.msg = ""};
        bool ok = pc_workspace_find(rows[i].given ? given : NULL, &ws, &err);
        assert_string_equal(err.msg, "");
        assert_true(ok);
        assert_string_equal(ws.dir, found);
        assert_int_equal(ws.created, rows[i].created);
        pc_workspace_fini(&ws);
    }
}

static void what_is_no_workspace_is_refused_with_the_remedy(void **state)
{
    struct place *place = *state;
    struct pc_workspace ws;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *no = place_path(place, "course");
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%s is no workspace; `perfcourse init DIR` makes one", no);
    assert_false(pc_workspace_find("course", &ws, &err));
    assert_int_equal(err.code, PC_USAGE);
    assert_string_equal(strchr(err.msg, ' ') + 1, text);
    setenv("PERFCOURSE_WORKSPACE", no, true);
    assert_false(pc_workspace_find(NULL, &ws, &err));
    assert_int_equal(err.code, PC_USAGE);
    assert_string_equal(strchr(err.msg, ' ') + 1, text);
    unsetenv("PERFCOURSE_WORKSPACE");
    place_put(place, "home/perfcourse/configure.ac", "");
    place_put(place, "home/perfcourse-workspace/x", "");
    assert_false(pc_workspace_find(NULL, &ws, &err));
    assert_int_equal(err.code, PC_USAGE);
    PC_AUTO(pc_auto_free) char *home = place_path(place, "home/perfcourse");
    place_assert_names(home, "configure.ac ");
    place_put(place, "a/.perfcourse/version", "2\n");
    assert_false(pc_workspace_find("a", &ws, &err));
    assert_non_null(strstr(err.msg, "a is of format 2, made by a newer perfcourse"));
}

static void a_source_tree_at_home_moves_the_workspace_aside(void **state)
{
    struct place *place = *state;
    struct pc_workspace ws;
    struct pc_err err;
    place_put(place, "home/perfcourse/configure.ac", "");
    PC_AUTO(pc_auto_free) char *source = place_path(place, "home/perfcourse");
    PC_AUTO(pc_auto_free) char *aside = place_path(place, "home/perfcourse-workspace");
    assert_int_equal(chdir(source), 0);
    for (int first = 1; first >= 0; first--) {
        assert_true(pc_workspace_find(NULL, &ws, &err));
        assert_string_equal(ws.dir, aside);
        assert_int_equal(ws.created, first);
        pc_workspace_fini(&ws);
    }
    place_assert_names(source, "configure.ac ");
    /* It stays when the source is gone. */
    PC_AUTO(pc_auto_free) char *moved = place_path(place, "home/elsewhere");
    assert_int_equal(rename(source, moved), 0);
    assert_true(pc_workspace_find(NULL, &ws, &err));
    assert_string_equal(ws.dir, aside);
    pc_workspace_fini(&ws);
}

static void init_is_complete_and_does_nothing_twice(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *header =
        pc_strfmt("%s/07_strings/join/join.h", place->work);
    PC_AUTO(pc_auto_free) char *bench =
        pc_strfmt("%s/07_strings/join/bench.c", place->work);
    place_assert_file(place->kernel, "starter\n");
    place_assert_file(header, "header\n");
    place_assert_file(bench, "bench\n");
    place_assert_names(place->work, "07_strings README.md compile_commands.json ");
    PC_AUTO(pc_auto_free) char *kernel = pc_workspace_kernel(&place->ws, &place->join);
    assert_string_equal(kernel, place->kernel);
    place_init(place, 0);
    assert_false(place->ws.created);
    assert_int_equal(unlink(bench), 0);
    place_init(place, 1);
    place_assert_file(bench, "bench\n");
}

static void only_an_unedited_file_follows_the_course(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *header =
        pc_strfmt("%s/07_strings/join/join.h", place->work);
    place_put_bytes(place->kernel, "mine\n", 5);
    place_put(place, "course/exercises/07_strings/join/join.c", "new starter\n");
    place_put(place, "course/exercises/07_strings/join/join.h", "new header\n");
    place_init(place, 1);
    place_assert_file(place->kernel, "mine\n");
    place_assert_file(header, "new header\n");
    /* A record that was lost makes a file count as edited. */
    PC_AUTO(pc_auto_free) char *records = pc_strfmt("%s/.perfcourse/provided", place->work);
    assert_true(pc_file_remove_tree(records, NULL));
    place_put(place, "course/exercises/07_strings/join/join.h", "newest header\n");
    place_init(place, 0);
    place_assert_file(header, "new header\n");
    /* Whoever goes back to the course's text goes with the course again. */
    place_put_bytes(place->kernel, "new starter\n", 12);
    place_init(place, 0);
    place_put(place, "course/exercises/07_strings/join/join.c", "newest starter\n");
    place_init(place, 1);
    place_assert_file(place->kernel, "newest starter\n");
}

static void the_kernel_knows_whether_it_was_edited(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text;
        bool edited;
    } rows[] = {{"starter\n", false}, {"starter", true}, {"Starter\n", true}, {"", true}};
    bool edited;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        place_put_bytes(place->kernel, rows[i].text, strlen(rows[i].text));
        assert_true(
            pc_workspace_edited(&place->ws, &place->course, &place->join, &edited, NULL));
        assert_int_equal(edited, rows[i].edited);
    }
    assert_int_equal(unlink(place->kernel), 0);
    assert_true(
        pc_workspace_edited(&place->ws, &place->course, &place->join, &edited, NULL));
    assert_false(edited);
    assert_true(place_provide(place, NULL));
    place_assert_file(place->kernel, "starter\n");
}

enum odd_kind { A_FOLDER, A_FIFO, A_LOOP, A_HUGE_FILE };

static void make_odd(const char *path, enum odd_kind kind)
{
    assert_true(pc_file_remove_tree(path, NULL));
    if (kind == A_FOLDER)
        assert_int_equal(mkdir(path, 0777), 0);
    else if (kind == A_FIFO)
        assert_int_equal(mkfifo(path, 0666), 0);
    else if (kind == A_LOOP)
        assert_int_equal(symlink(path, path), 0);
    else {
        place_put_bytes(path, "x", 1);
        assert_int_equal(truncate(path, 50 << 20), 0);
    }
}

static void an_odd_kernel_is_refused_and_stays(void **state)
{
    static const struct {
        enum odd_kind kind;
        const char *why;
    } rows[] = {
        {A_FOLDER, "it is not a regular file"},
        {A_FIFO, "it is not a regular file"},
        {A_LOOP, "Too many levels of symbolic links"},
        {A_HUGE_FILE, "52428800 bytes, at most 4194304 are allowed"},
    };
    struct place *place = *state;
    place_put_bytes(place->kernel, "mine\n", 5);
    place_reset(place, true);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("cannot read %s: %s; move it away and the course's file "
                      "comes back",
                      place->kernel, rows[i].why);
        struct pc_err errs[4];
        bool flag;
        make_odd(place->kernel, rows[i].kind);
        assert_false(place_provide(place, &errs[0]));
        assert_false(
            pc_workspace_edited(&place->ws, &place->course, &place->join, &flag, &errs[1]));
        assert_false(
            pc_workspace_reset(&place->ws, &place->course, &place->join, &flag, &errs[2]));
        assert_false(pc_workspace_undo(&place->ws, &place->join, &errs[3]));
        for (size_t k = 0; k < PC_COUNT(errs); k++)
            assert_string_equal(errs[k].msg, text);
        assert_true(pc_file_exists(place->kernel));
    }
}

static void undo_walks_back_byte_for_byte(void **state)
{
    static const char first[] = "one\0\r\n\xff", second[] = "two";
    struct place *place = *state;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *folder = pc_strfmt("%s/.perfcourse/undo/join", place->work);
    place_reset(place, false);
    assert_false(pc_workspace_undo(&place->ws, &place->join, &err));
    assert_int_equal(err.code, PC_USAGE);
    place_put_bytes(place->kernel, first, sizeof first);
    place_reset(place, true);
    place_reset(place, false);
    place_assert_file(place->kernel, "starter\n");
    place_put_bytes(place->kernel, second, sizeof second - 1);
    place_reset(place, true);
    place_assert_names(folder, "000001.c 000002.c ");
    assert_true(pc_workspace_undo(&place->ws, &place->join, &err));
    place_assert_file(place->kernel, "two");
    place_assert_names(folder, "000001.c 000003.undone.c ");
    assert_true(pc_workspace_undo(&place->ws, &place->join, &err));
    size_t n;
    PC_AUTO(pc_auto_free) char *back = pc_file_read(place->kernel, 100, &n, NULL);
    assert_int_equal(n, sizeof first);
    assert_memory_equal(back, first, n);
    place_assert_names(folder, "000003.undone.c 000004.undone.c ");
    PC_AUTO(pc_auto_free) char *kept = pc_path_join(folder, "000004.undone.c");
    place_assert_file(kept, "two");
    assert_false(pc_workspace_undo(&place->ws, &place->join, &err));
    assert_string_equal(err.msg, "join: there is no reset left to undo");
    /* A deleted kernel has nothing to put aside; other files there are not touched. */
    PC_AUTO(pc_auto_free) char *other = pc_path_join(folder, "9.c");
    place_put_bytes(other, "", 0);
    place_reset(place, true);
    assert_int_equal(unlink(place->kernel), 0);
    place_reset(place, true);
    assert_true(pc_workspace_undo(&place->ws, &place->join, &err));
    place_assert_names(folder, "000003.undone.c 000004.undone.c 000006.undone.c 9.c ");
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(the_first_rule_that_applies_finds_the_workspace),
        RULE(what_is_no_workspace_is_refused_with_the_remedy),
        RULE(a_source_tree_at_home_moves_the_workspace_aside),
        RULE(init_is_complete_and_does_nothing_twice),
        RULE(only_an_unedited_file_follows_the_course),
        RULE(the_kernel_knows_whether_it_was_edited),
        RULE(an_odd_kernel_is_refused_and_stays),
        RULE(undo_walks_back_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
