/*
 * Profiles that are kept: which one is the one before, and what becomes of files that are
 * damaged, too many or in the way.
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
#include "base/path.h"
#include "engine/kept.h"
#include "profile_bed.h"

struct fixture {
    char dir[64];
    char *folder; /* in which the profiles are */
    struct pc_engine *engine;
    const struct pc_exercise *exercise;
};

static int set_up(void **state)
{
    struct fixture *f = pc_alloc(sizeof *f);
    struct pc_err err;
    strcpy(f->dir, "/tmp/pc-kept-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    setenv("HOME", f->dir, 1);
    setenv("XDG_STATE_HOME", f->dir, 1);
    setenv("XDG_CACHE_HOME", f->dir, 1);
    f->engine = pc_engine_create(&(struct pc_engine_spec){0}, &err);
    if (!f->engine)
        fail_msg("%s", err.msg);
    f->exercise = &pc_engine_course(f->engine)->topics[0].exercises[0];
    f->folder = pc_strfmt("%s/perfcourse/profiles/%s", f->dir, f->exercise->name);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pc_engine_free(f->engine);
    assert_true(pc_file_remove_tree(f->dir, NULL));
    free(f->folder);
    free(f);
    return 0;
}

/* A profile of a kernel with this text. */
struct taken {
    struct pc_profile profile;
    struct pc_profiled found;
};

static void take(struct taken *taken, const char *text, enum pc_profile_kind kind,
                 size_t size)
{
    pc_profile_init(&taken->profile, kind);
    bed_add(&taken->profile, "!main;+bench;sort:10", NULL, 5, 10);
    taken->profile.source = pc_strdup(text);
    taken->profile.source_name = pc_strdup("sort.c");
    taken->found =
        (struct pc_profiled){.profile = &taken->profile, .bench = "sorts", .size = size};
}

static void keep(struct fixture *f, const char *text, enum pc_profile_kind kind,
                 size_t size)
{
    struct taken taken;
    take(&taken, text, kind, size);
    pc_kept_add(f->engine, f->exercise, &taken.found);
    pc_profile_fini(&taken.profile);
}

/* The text of what is kept of before `text`; NULL when that is nothing. */
static char *before(struct fixture *f, const char *text, enum pc_profile_kind kind,
                    size_t size)
{
    struct taken taken;
    struct pc_profile found;
    char *source = NULL;
    take(&taken, text, kind, size);
    if (pc_kept_before(f->engine, f->exercise, &taken.found, &found)) {
        source = pc_strdup(found.source);
        pc_profile_fini(&found);
    }
    pc_profile_fini(&taken.profile);
    return source;
}

static void is_before(struct fixture *f, const char *text, const char *wanted)
{
    PC_AUTO(pc_auto_free) char *source = before(f, text, PC_PROFILE_CPU, 100);
    assert_int_equal(source == NULL, wanted == NULL);
    if (wanted)
        assert_string_equal(source, wanted);
}

static void the_one_before_is_of_another_text(void **state)
{
    struct fixture *f = *state;
    is_before(f, "one", NULL);
    keep(f, "one", PC_PROFILE_CPU, 100);
    is_before(f, "one", NULL);
    is_before(f, "two", "one");
    /* As often as it is taken again. */
    keep(f, "two", PC_PROFILE_CPU, 100);
    keep(f, "two", PC_PROFILE_CPU, 100);
    is_before(f, "two", "one");
    is_before(f, "three", "two");
    keep(f, "three", PC_PROFILE_CPU, 100);
    is_before(f, "three", "two");
    /* Who goes back compares with what was left. */
    is_before(f, "two", "three");
    assert_null(pc_engine_progress_note(f->engine));
}

static void other_kinds_and_sizes_are_kept_by_themselves(void **state)
{
    static const struct {
        enum pc_profile_kind kind;
        size_t size;
        bool found;
    } rows[] = {{PC_PROFILE_CPU, 100, true},
                {PC_PROFILE_CPU, 0, false},
                {PC_PROFILE_WALL, 100, false},
                {PC_PROFILE_ALLOC, 100, false}};
    struct fixture *f = *state;
    keep(f, "one", PC_PROFILE_CPU, 100);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *source = before(f, "two", rows[i].kind, rows[i].size);
        assert_int_equal(source != NULL, rows[i].found);
    }
}

static void what_says_nothing_is_not_kept(void **state)
{
    static const struct {
        enum pc_ending ending;
        bool is_empty;
        const char *bench;
    } rows[] = {{PC_ENDING_TIME, false, "sorts"},
                {PC_ENDING_NONE, true, "sorts"},
                {PC_ENDING_NONE, false, "../../sorts"},
                {PC_ENDING_NONE, false, ""}};
    struct fixture *f = *state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct taken taken;
        take(&taken, "one", PC_PROFILE_CPU, 100);
        taken.found.crash.ending = rows[i].ending;
        taken.found.bench = rows[i].bench;
        size_t n = taken.profile.samples.n;
        if (rows[i].is_empty)
            taken.profile.samples.n = 0;
        pc_kept_add(f->engine, f->exercise, &taken.found);
        taken.profile.samples.n = n;
        assert_false(pc_file_exists(f->folder));
        pc_profile_fini(&taken.profile);
    }
    assert_null(pc_engine_progress_note(f->engine));
}

/* That a kernel allocates nothing any more is what one wants to see. */
static void no_allocations_are_something(void **state)
{
    struct fixture *f = *state;
    struct taken taken;
    pc_profile_init(&taken.profile, PC_PROFILE_ALLOC);
    taken.profile.ops = 32;
    taken.profile.source = pc_strdup("one");
    taken.profile.source_name = pc_strdup("sort.c");
    taken.found =
        (struct pc_profiled){.profile = &taken.profile, .bench = "sorts", .size = 100};
    pc_kept_add(f->engine, f->exercise, &taken.found);
    pc_profile_fini(&taken.profile);
    PC_AUTO(pc_auto_free) char *source = before(f, "two", PC_PROFILE_ALLOC, 100);
    assert_non_null(source);
}

static void a_damaged_file_is_none(void **state)
{
    struct fixture *f = *state;
    struct pc_err err;
    keep(f, "one", PC_PROFILE_CPU, 100);
    keep(f, "two", PC_PROFILE_CPU, 100);
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s/sorts-100-cpu.pb.gz", f->folder);
    PC_AUTO(pc_auto_free) char *other =
        pc_strfmt("%s/sorts-100-cpu-before.pb.gz", f->folder);
    assert_true(pc_file_write(path, "rubbish", 7, &err));
    is_before(f, "three", "one");
    assert_true(pc_file_write(other, "", 0, &err));
    is_before(f, "three", NULL);
    /* And it is replaced by the next one. */
    keep(f, "three", PC_PROFILE_CPU, 100);
    is_before(f, "four", "three");
}

static void there_are_never_many_files(void **state)
{
    struct fixture *f = *state;
    for (size_t size = 1; size <= 50; size++)
        keep(f, "one", PC_PROFILE_CPU, size);
    struct pc_err err;
    char **names = pc_dir_names(f->folder, &err);
    size_t n = 0;
    while (names[n])
        n++;
    pc_names_free(names);
    assert_in_range(n, 20, 32);
    PC_AUTO(pc_auto_free) char *oldest = before(f, "two", PC_PROFILE_CPU, 1);
    PC_AUTO(pc_auto_free) char *latest = before(f, "two", PC_PROFILE_CPU, 50);
    assert_null(oldest);
    assert_string_equal(latest, "one");
}

static void what_cannot_be_kept_is_told_once(void **state)
{
    struct fixture *f = *state;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *place = pc_strfmt("%s/perfcourse/profiles", f->dir);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(place);
    assert_true(pc_mkdirs(folder, &err));
    assert_true(pc_file_write(place, "in the way", 10, &err));
    keep(f, "one", PC_PROFILE_CPU, 100);
    PC_AUTO(pc_auto_free) char *note = pc_engine_progress_note(f->engine);
    assert_non_null(note);
    assert_non_null(strstr(note, "the profile is not kept: "));
    keep(f, "one", PC_PROFILE_CPU, 100);
    assert_null(pc_engine_progress_note(f->engine));
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(the_one_before_is_of_another_text),
        RULE(other_kinds_and_sizes_are_kept_by_themselves),
        RULE(what_says_nothing_is_not_kept),
        RULE(no_allocations_are_something),
        RULE(a_damaged_file_is_none),
        RULE(there_are_never_many_files),
        RULE(what_cannot_be_kept_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
