#include "workspace_place.h"

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

char *place_path(const struct place *place, const char *name)
{
    return pc_path_join(place->dir, name);
}

void place_put_bytes(const char *path, const char *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    assert_true(pc_mkdirs(folder, NULL));
    assert_true(pc_file_write_cache(path, data, n, NULL));
}

void place_put(const struct place *place, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = place_path(place, name);
    place_put_bytes(path, text, strlen(text));
}

void place_assert_file(const char *path, const char *text)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *found = pc_file_read(path, 1 << 20, &n, NULL);
    assert_non_null(found);
    assert_string_equal(found, text);
    assert_int_equal(n, strlen(text));
}

void place_assert_names(const char *folder, const char *expected)
{
    char **names = pc_dir_names(folder, NULL);
    assert_non_null(names);
    char found[512] = "";
    for (char **name = names; *name; name++) {
        strcat(found, *name);
        strcat(found, " ");
    }
    pc_names_free(names);
    assert_string_equal(found, expected);
}

void place_init(struct place *place, size_t expected)
{
    struct pc_err err = {.msg = ""};
    size_t made;
    pc_workspace_fini(&place->ws);
    bool ok = pc_workspace_init(place->work, &place->course, "/usr/include", &place->ws,
                                &made, &err);
    assert_string_equal(err.msg, "");
    assert_true(ok);
    assert_int_equal(made, expected);
}

bool place_provide(struct place *place, struct pc_err *err)
{
    return pc_workspace_provide(&place->ws, &place->course, &place->join, "/usr/include",
                                err);
}

void place_reset(struct place *place, bool expected)
{
    bool changed;
    assert_true(
        pc_workspace_reset(&place->ws, &place->course, &place->join, &changed, NULL));
    assert_int_equal(changed, expected);
}

int place_make(void **state)
{
    struct place *p = pc_alloc(sizeof *p);
    /* Memory, where there is some: what is tested is the order of writes, not the disk. */
    strcpy(p->dir, "/dev/shm/pc-work-XXXXXX");
    if (!mkdtemp(p->dir)) {
        strcpy(p->dir, "/tmp/pc-work-XXXXXX");
        assert_non_null(mkdtemp(p->dir));
    }
    p->topic = (struct pc_topic){.number = 7,
                                 .folder = (char *)"07_strings",
                                 .exercises = &p->join,
                                 .n_exercises = 1};
    p->join = (struct pc_exercise){.name = (char *)"join", .number = 1, .topic = &p->topic};
    p->course = (struct pc_course){
        .dir = place_path(p, "course"), .topics = &p->topic, .n_topics = 1};
    place_put(p, "course/exercises/07_strings/join/join.c", "starter\n");
    place_put(p, "course/exercises/07_strings/join/join.h", "header\n");
    place_put(p, "course/exercises/07_strings/join/bench.c", "bench\n");
    p->work = place_path(p, "my \"w\303\266rk\"\n'place'");
    p->kernel = pc_strfmt("%s/07_strings/join/join.c", p->work);
    PC_AUTO(pc_auto_free) char *home = place_path(p, "home");
    assert_true(pc_mkdirs(home, NULL));
    setenv("HOME", home, true);
    unsetenv("PERFCOURSE_WORKSPACE");
    assert_int_equal(chdir(p->dir), 0);
    place_init(p, 5);
    assert_true(p->ws.created);
    *state = p;
    return 0;
}

int place_remove(void **state)
{
    struct place *place = *state;
    assert_int_equal(chdir("/"), 0);
    assert_true(pc_file_remove_tree(place->dir, NULL));
    pc_workspace_fini(&place->ws);
    free(place->course.dir);
    free(place->work);
    free(place->kernel);
    free(place);
    return 0;
}
