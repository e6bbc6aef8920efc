#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "workspace_place.h"

/* Run `action` in a child that was prepared by `limit`; gives the child's message, which
 * the caller frees.  The child's memory ends with it. */
static char *in_child(struct place *place, bool (*limit)(struct place *),
                      bool (*action)(struct place *, struct pc_err *))
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct pc_err err = {.msg = "(it was done)"};
        if (!limit(place))
            strcpy(err.msg, "(the child cannot be limited)");
        else
            action(place, &err);
        ssize_t n = write(ends[1], err.msg, strlen(err.msg));
        _exit(n > 0 ? 0 : 1);
    }
    close(ends[1]);
    char msg[sizeof((struct pc_err *)NULL)->msg] = "";
    size_t len = 0;
    for (ssize_t n = 1; n > 0 && len<sizeof msg - 1; len += n> 0 ? (size_t)n : 0)
        n = read(ends[0], msg + len, sizeof msg - 1 - len);
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return pc_strdup(msg);
}

/* As a disk with room for small files only. */
static bool limit_files(struct place *place)
{
    (void)place;
    struct rlimit limit = {1000, 1000};
    signal(SIGXFSZ, SIG_IGN);
    return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/* Root may write everywhere, so it becomes somebody else. */
static bool limit_rights(struct place *place)
{
    return chmod(place->dir, 0755) == 0 && chmod(place->work, 0555) == 0 &&
           (geteuid() != 0 || setresuid(65534, 65534, 65534) == 0);
}

static bool do_reset(struct place *place, struct pc_err *err)
{
    bool changed;
    return pc_workspace_reset(&place->ws, &place->course, &place->join, &changed, err);
}

static bool do_undo(struct place *place, struct pc_err *err)
{
    return pc_workspace_undo(&place->ws, &place->join, err);
}

static bool do_provide(struct place *place, struct pc_err *err)
{
    return place_provide(place, err);
}

static bool do_init(struct place *place, struct pc_err *err)
{
    struct pc_workspace ws;
    size_t made;
    PC_AUTO(pc_auto_free) char *dir = pc_path_join(place->work, "new");
    return pc_workspace_init(dir, &place->course, "/usr/include", &ws, &made, err);
}

static char *long_text(char c)
{
    char *text = pc_alloc(2001);
    memset(text, c, 2000);
    return text;
}

static void a_full_disk_loses_nothing_and_leaves_nothing(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *mine = long_text('m');
    PC_AUTO(pc_auto_free) char *starter = long_text('s');
    PC_AUTO(pc_auto_free) char *exercise = pc_path_dir(place->kernel);
    PC_AUTO(pc_auto_free) char *undo = pc_strfmt("%s/.perfcourse/undo/join", place->work);
    static const char too_large[] = "File too large (`ulimit -f` allows larger files)";
    PC_AUTO(pc_auto_free) char *full = pc_strfmt("%s: %s", place->kernel, too_large);
    PC_AUTO(pc_auto_free) char *aside =
        pc_strfmt("cannot write %s/000001.c: %s", undo, too_large);
    /* The old kernel does not fit where reset puts it aside. */
    place_put_bytes(place->kernel, mine, 2000);
    PC_AUTO(pc_auto_free) char *reset = in_child(place, limit_files, do_reset);
    assert_string_equal(reset, aside);
    place_assert_file(place->kernel, mine);
    place_assert_names(undo, "");
    /* It fits, but the starter does not. */
    place_put(place, "course/exercises/07_strings/join/join.c", starter);
    place_put_bytes(place->kernel, "mine\n", 5);
    PC_AUTO(pc_auto_free) char *second = in_child(place, limit_files, do_reset);
    assert_string_equal(strstr(second, place->dir), full);
    place_assert_file(place->kernel, "mine\n");
    place_assert_names(undo, "000001.c ");
    /* What undo would bring back does not fit. */
    PC_AUTO(pc_auto_free) char *kept = pc_path_join(undo, "000002.c");
    place_put_bytes(kept, mine, 2000);
    PC_AUTO(pc_auto_free) char *third = in_child(place, limit_files, do_undo);
    assert_string_equal(strstr(third, place->dir), full);
    place_assert_file(place->kernel, "mine\n");
    place_assert_file(kept, mine);
    /* A missing kernel cannot be provided. */
    assert_int_equal(unlink(place->kernel), 0);
    PC_AUTO(pc_auto_free) char *fourth = in_child(place, limit_files, do_provide);
    assert_string_equal(strstr(fourth, place->dir), full);
    place_assert_names(exercise, "bench.c join.h ");
    assert_true(place_provide(place, NULL));
    place_assert_file(place->kernel, starter);
}

static void a_folder_without_rights_is_named(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *new = pc_path_join(place->work, "new");
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("cannot make the folder %s: Permission denied", new);
    PC_AUTO(pc_auto_free) char *msg = in_child(place, limit_rights, do_init);
    assert_int_equal(chmod(place->work, 0755), 0);
    if (strcmp(msg, "(the child cannot be limited)") == 0)
        skip();
    assert_string_equal(msg, text);
}

static void what_stands_where_a_folder_should_be_is_named(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *exercise = pc_path_dir(place->kernel);
    PC_AUTO(pc_auto_free) char *file = place_path(place, "file");
    struct pc_workspace ws;
    struct pc_err err;
    size_t made;
    assert_true(pc_file_remove_tree(exercise, NULL));
    place_put_bytes(exercise, "", 0);
    assert_false(place_provide(place, &err));
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%s is in the way: it is not a folder", exercise);
    assert_string_equal(err.msg, text);
    place_put_bytes(file, "", 0);
    assert_false(pc_workspace_init(file, &place->course, "/x", &ws, &made, &err));
    assert_null(ws.dir);
    PC_AUTO(pc_auto_free) char *below =
        pc_strfmt("%s is in the way: it is not a folder", file);
    assert_string_equal(err.msg, below);
}

/* Each quote, backslash and control character of a path is escaped, UTF-8 is not, and what
 * is not UTF-8 becomes a character that says so. */
static void compile_commands_are_json_whatever_the_paths_hold(void **state)
{
    struct place *place = *state;
    PC_AUTO(pc_auto_free) char *odd = pc_strfmt("%s/a\\b\x7f\xffz", place->dir);
    PC_AUTO(pc_auto_free) char *file = pc_path_join(place->work, "compile_commands.json");
    PC_AUTO(pc_auto_free) char *folder =
        pc_strfmt("%s/my \\\"w\303\266rk\\\"\\u000a'place'/07_strings/join", place->dir);
    struct pc_str wanted = {0};
    for (int i = 0; i < 2; i++)
        pc_str_addf(&wanted,
                    "%s  {\"directory\": \"%s\",\n   \"file\": \"%s/%s.c\",\n"
                    "   \"arguments\": [\"cc\", \"-std=gnu17\", \"-Wall\", \"-Wextra\", "
                    "\"-I%s/a\\\\b\\u007f\\ufffdz\", \"-c\", \"%s/%s.c\"]}",
                    i ? ",\n" : "[\n", folder, folder, i ? "bench" : "join", place->dir,
                    folder, i ? "bench" : "join");
    pc_str_adds(&wanted, "\n]\n");
    assert_true(pc_workspace_provide(&place->ws, &place->course, &place->join, odd, NULL));
    place_assert_file(file, pc_str_get(&wanted));
    /* Damage is repaired. */
    place_put_bytes(file, "[]", 2);
    assert_true(pc_workspace_provide(&place->ws, &place->course, &place->join, odd, NULL));
    place_assert_file(file, pc_str_get(&wanted));
    pc_str_fini(&wanted);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_full_disk_loses_nothing_and_leaves_nothing),
        RULE(a_folder_without_rights_is_named),
        RULE(what_stands_where_a_folder_should_be_is_named),
        RULE(compile_commands_are_json_whatever_the_paths_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
