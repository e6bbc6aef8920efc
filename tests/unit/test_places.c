#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/words.h"

/* A folder of the test's own, which the environment points to. */
static int make_folder(void **state)
{
    char *dir = pc_strdup("/tmp/pc-places-XXXXXX");
    *state = dir;
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct pc_err err;
    bool removed = pc_file_remove_tree(*state, &err);
    free(*state);
    return removed ? 0 : -1;
}

static void the_environment_names_the_places(void **state)
{
    struct pc_err err;
    setenv("XDG_CACHE_HOME", *state, 1);
    setenv("XDG_STATE_HOME", *state, 1);
    setenv("HOME", *state, 1);
    PC_AUTO(pc_auto_free) char *wanted = pc_path_join(*state, "perfcourse");
    PC_AUTO(pc_auto_free) char *cache = pc_cachedir(&err);
    PC_AUTO(pc_auto_free) char *states = pc_statedir(&err);
    PC_AUTO(pc_auto_free) char *home = pc_homedir(&err);
    assert_string_equal(cache, wanted);
    assert_string_equal(states, wanted);
    assert_string_equal(home, *state);
    assert_true(pc_file_exists(wanted));

    /* The XDG specification: a relative path counts as unset. */
    setenv("XDG_CACHE_HOME", "relative", 1);
    PC_AUTO(pc_auto_free) char *below_home = pc_path_join(*state, ".cache/perfcourse");
    PC_AUTO(pc_auto_free) char *other = pc_cachedir(&err);
    assert_string_equal(other, below_home);
}

static void a_place_without_its_contents_is_an_error_with_a_remedy(void **state)
{
    static const struct {
        const char *env, *missing;
        char *(*find)(struct pc_err *err);
    } rows[] = {
        {"PERFCOURSE_DATADIR", "lessons", pc_datadir},
        {"PERFCOURSE_LIBEXECDIR", "perfcourse-run", pc_libexecdir},
        {"PERFCOURSE_INCLUDEDIR", "perfbench.h", pc_perfbench_include},
        {"PERFCOURSE_LIBDIR", "libperfbench.a", pc_perfbench_library},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_err err;
        setenv(rows[i].env, *state, 1);
        assert_null(rows[i].find(&err));
        assert_int_equal(err.code, PC_ENVIRONMENT);
        assert_non_null(strstr(err.msg, rows[i].missing));
        assert_non_null(strstr(err.msg, "install"));

        PC_AUTO(pc_auto_free) char *file = pc_path_join(*state, rows[i].missing);
        assert_true(pc_file_write(file, "", 0, &err));
        PC_AUTO(pc_auto_free) char *found = rows[i].find(&err);
        assert_non_null(found);
        assert_memory_equal(found, *state, strlen(*state));
        unsetenv(rows[i].env);
    }
}

static void paths_are_joined_and_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *path, *dir, *base;
    } rows[] = {
        {"/a/b", "/a", "b"},
        {"b", ".", "b"},
        {"/b", "/", "b"},
        {"a/b/", "a/b", ""},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *dir = pc_path_dir(rows[i].path);
        assert_string_equal(dir, rows[i].dir);
        assert_string_equal(pc_path_base(rows[i].path), rows[i].base);
    }
    PC_AUTO(pc_auto_free) char *one = pc_path_join("a/", "b");
    PC_AUTO(pc_auto_free) char *two = pc_path_join("a", "b");
    assert_string_equal(one, "a/b");
    assert_string_equal(two, "a/b");
}

static void a_file_in_the_way_of_a_folder_is_named(void **state)
{
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *file = pc_path_join(*state, "file");
    PC_AUTO(pc_auto_free) char *below = pc_path_join(file, "folder");
    assert_true(pc_file_write(file, "x", 1, &err));
    assert_false(pc_mkdirs(file, &err));
    assert_non_null(strstr(err.msg, "not a folder"));
    assert_false(pc_mkdirs(below, &err));
    assert_non_null(strstr(err.msg, "file is in the way: it is not a folder"));
}

static void special_files_are_not_read_and_links_not_followed(void **state)
{
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *fifo = pc_path_join(*state, "fifo");
    PC_AUTO(pc_auto_free) char *kept = pc_path_join(*state, "kept");
    PC_AUTO(pc_auto_free) char *folder = pc_path_join(*state, "folder");
    PC_AUTO(pc_auto_free) char *link = pc_path_join(folder, "link");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_null(pc_file_read(fifo, 10, NULL, &err)); /* and does not wait for a writer */
    assert_true(pc_mkdirs(kept, &err) && pc_mkdirs(folder, &err));
    assert_int_equal(symlink("../kept", link), 0);
    assert_true(pc_file_remove_tree(folder, &err));
    assert_true(pc_file_remove_tree(folder, &err)); /* a missing one is fine */
    assert_true(pc_file_exists(kept));
}

static void a_file_is_made_once_and_replaced_whole(void **state)
{
    struct pc_err err;
    bool made;
    size_t n;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(*state, "file");
    assert_true(pc_file_create(path, "a\0b", 3, &made, &err));
    assert_true(made);
    assert_true(pc_file_write_cache(path, "longer", 6, &err));
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, 6, &n, &err);
    assert_int_equal(n, 6);
    assert_string_equal(text, "longer");
    char **names = pc_dir_names(*state, &err);
    assert_string_equal(names[0], "file");
    assert_null(names[1]);
    pc_names_free(names);
}

static void words_end_with_null_and_are_copies(void **state)
{
    (void)state;
    struct pc_words words = {0}, more = {0};
    assert_null(pc_words_argv(&words)[0]);
    char word[] = "one";
    pc_words_add(&words, word);
    word[0] = 'O';
    pc_words_addf(&words, "--n=%d", 7);
    for (int i = 0; i < 100; i++)
        pc_words_addf(&more, "%d", i);
    pc_words_add_list(&words, &more);
    pc_words_fini(&more);
    assert_int_equal(words.n, 102);
    const char *const *argv = pc_words_argv(&words);
    assert_string_equal(argv[0], "one");
    assert_string_equal(argv[1], "--n=7");
    assert_string_equal(argv[101], "99");
    assert_null(argv[102]);
    pc_words_fini(&words);
    assert_int_equal(words.n, 0);
}

int main(void)
{
#define WITH_FOLDER(rule) cmocka_unit_test_setup_teardown(rule, make_folder, remove_folder)
    static const struct CMUnitTest tests[] = {
        WITH_FOLDER(the_environment_names_the_places),
        WITH_FOLDER(a_place_without_its_contents_is_an_error_with_a_remedy),
        cmocka_unit_test(paths_are_joined_and_taken_apart),
        WITH_FOLDER(a_file_in_the_way_of_a_folder_is_named),
        WITH_FOLDER(special_files_are_not_read_and_links_not_followed),
        WITH_FOLDER(a_file_is_made_once_and_replaced_whole),
        cmocka_unit_test(words_end_with_null_and_are_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
