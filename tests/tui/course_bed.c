#include "course_bed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"

#define TOPIC "07_strings_bytes_and_builders"

enum { FILE_MAX = 1 << 20, CODE_ROWS = 120 };

#define PAGE \
    { \
        "gjj\r", "page 2 of 5" \
    }
#define EXERCISE \
    { \
        "gjjjjjj\r", "07.1 join_names" \
    }

const struct course_screen course_screens[] = {
    {.name = "home", .steps = {{"", "Enter open"}}},
    {.name = "page", .steps = {PAGE}},
    {.name = "links", .steps = {PAGE, {"o", "example.org"}}},
    {.name = "search", .steps = {PAGE, {"/", "Enter find"}}, .takes_text = true},
    {.name = "experiment", .steps = {PAGE, {"x", "asks you"}}},
    {.name = "card", .steps = {{"G\r", "1 of 10"}}},
    {.name = "exercise", .steps = {EXERCISE}},
    {.name = "verdict",
     .steps = {EXERCISE, {"c", "join_names › verdict"}},
     .needs_time = true},
    {.name = "changes", .steps = {EXERCISE, {"d", "changes since"}}},
    {.name = "history", .steps = {EXERCISE, {"i", "history"}}},
    {.name = "source", .steps = {EXERCISE, {"i", "history"}, {"\r", "#include"}}},
    {.name = "question", .steps = {EXERCISE, {"R", "Put the starter"}}, .takes_text = true},
    {.name = "compare", .steps = {EXERCISE, {"s", "at least"}}, .needs_time = true},
    /* Allocations are counted at once, time would have to pass. */
    {.name = "profile", .steps = {EXERCISE, {"pA", "operations, on"}}, .needs_time = true},
    {.name = "help", .steps = {EXERCISE, {"?", "exercise view"}}},
    {.name = "palette", .steps = {{":", "matches"}}, .takes_text = true},
};
const size_t n_course_screens = PC_COUNT(course_screens);

const char course_passed[] = " PASSED", course_missed[] = " NOT YET";

const struct course_screen *course_screen_named(const char *name)
{
    for (size_t i = 0; i < n_course_screens; i++)
        if (strcmp(course_screens[i].name, name) == 0)
            return &course_screens[i];
    abort();
}

static bool fails(const char *what)
{
    fprintf(stderr, "course: cannot %s\n", what);
    return false;
}

/* Run a command of the shell with the course's surroundings. */
static bool run(const struct course *course, const char *command)
{
    struct pc_str line = {0};
    pc_str_adds(&line, "env");
    for (size_t i = 0; i < COURSE_ENV && course->env[i]; i++)
        pc_str_addf(&line, " '%s'", course->env[i]);
    pc_str_addf(&line, " sh -c '%s' >/dev/null", command);
    bool ok = system(line.s) == 0;
    pc_str_fini(&line);
    return ok || fails(command);
}

/* Make the second page long: coloured code for many screens. */
static bool lengthen(const struct course *course)
{
    size_t n;
    char *page = pc_file_read(course->page, FILE_MAX, &n, NULL);
    struct pc_str text = {.s = page, .len = n, .cap = n + 1};
    if (!page)
        return fails("read the second page");
    pc_str_adds(&text, "\n\nThere is [a link](https://example.org/link).\n\n```c\n");
    for (int i = 0; i < CODE_ROWS; i++)
        pc_str_addf(&text, "    for (int i%d = 0; i%d < %d; i%d++) /* %d */ puts(\"x\");\n",
                    i, i, i * 10, i, i);
    pc_str_adds(&text, "```\n");
    bool ok = pc_file_write_cache(course->page, text.s, text.len, NULL);
    pc_str_fini(&text);
    return ok || fails("write the second page");
}

bool course_make(struct course *course)
{
    const char *built = getenv("PC_BUILDDIR"), *source = getenv("PC_SRCDIR");
    const char *cache = getenv("PC_TEST_CACHE");
    *course = (struct course){.dir = "/tmp/pc-course-XXXXXX"};
    if (!built || !source || !mkdtemp(course->dir))
        return fails("make a folder; PC_BUILDDIR and PC_SRCDIR must be set");
    const char *dir = course->dir;
    course->program = pc_path_join(built, "perfcourse");
    course->page = pc_strfmt("%s/course/lessons/" TOPIC "/pages/2_the_builder.md", dir);
    course->kernel = pc_strfmt("%s/ws/" TOPIC "/join_names/join_names.c", dir);
    course->starter = pc_strfmt("%s/exercises/" TOPIC "/join_names/join_names.c", source);
    course->reference = pc_strfmt("%s/checks/" TOPIC "/join_names/reference.c", source);
    course->endless = pc_strfmt("%s/tests/hostile/kernels/endless.c", source);
    course->env[0] = pc_strfmt("HOME=%s/home", dir);
    course->env[1] = pc_strfmt("XDG_STATE_HOME=%s/state", dir);
    course->env[2] = cache ? pc_strfmt("XDG_CACHE_HOME=%s", cache)
                           : pc_strfmt("XDG_CACHE_HOME=%s/tests/cache", built);
    course->env[3] = pc_strfmt("PERFCOURSE_WORKSPACE=%s/ws", dir);
    course->env[4] = pc_strfmt("PERFCOURSE_DATADIR=%s/course", dir);
    PC_AUTO(pc_auto_free) char *copy =
        pc_strfmt("mkdir -p \"$HOME\" \"$XDG_CACHE_HOME\" \"$PERFCOURSE_DATADIR\" && "
                  "cd %s && cp -R --parents lessons/" TOPIC " exercises/" TOPIC
                  " checks/" TOPIC " checks/selfproof \"$PERFCOURSE_DATADIR\" && "
                  "chmod -R u+w \"$PERFCOURSE_DATADIR\"",
                  source);
    PC_AUTO(pc_auto_free) char *init = pc_strfmt("%s init %s/ws", course->program, dir);
    /* With a check that passed there is a history, and something to compare.  On a machine
     * that is too busy to tell it is asked again. */
    PC_AUTO(pc_auto_free) char *pass =
        pc_strfmt("cp %s %s && for k in 1 2 3 4 5; do %s check 07.1 --careful && exit 0; "
                  "done; exit 1",
                  course->reference, course->kernel, course->program);
    return run(course, copy) && lengthen(course) && run(course, init) && run(course, pass);
}

void course_remove(struct course *course)
{
    pc_file_remove_tree(course->dir, NULL);
    for (size_t i = 0; i < COURSE_ENV; i++)
        free((char *)course->env[i]);
    free(course->page);
    free(course->program);
    free(course->kernel);
    free(course->starter);
    free(course->reference);
    free(course->endless);
}

bool course_start(const struct course *course, struct pty *pty, const char *term, int width,
                  int height)
{
    const char *const argv[] = {course->program, NULL};
    const struct pty_spec spec = {.argv = argv,
                                  .env = course->env,
                                  .term = term,
                                  .width = width,
                                  .height = height,
                                  .ignores_hang_up = true};
    return pty_start(pty, &spec) && pty_shows(pty, "? help");
}

bool course_save(const struct course *course, const char *file)
{
    size_t n;
    char *source = pc_file_read(file, FILE_MAX, &n, NULL);
    struct pc_str text = {.s = source, .len = n, .cap = n + 1};
    if (!source)
        return fails("read a kernel");
    /* What was built once would be taken from the cache. */
    pc_str_addf(&text, "/* %lld */\n", (long long)pc_now());
    bool ok = pc_file_write_cache(course->kernel, text.s, text.len, NULL);
    pc_str_fini(&text);
    return ok || fails("save the kernel");
}

bool course_go(struct pty *pty, const struct course_screen *screen)
{
    for (size_t i = 0; i < COURSE_STEPS && screen->steps[i].keys; i++) {
        pty_type(pty, screen->steps[i].keys);
        if (!pty_shows(pty, screen->steps[i].shows))
            return false;
    }
    pty_rest(pty, PTY_REST_MS);
    return true;
}

void course_back(struct pty *pty, const struct course_screen *screen)
{
    /* Home is left by no key here: it would end the program. */
    for (size_t i = 0; i < COURSE_STEPS && screen->steps[i].keys; i++) {
        if (*screen->steps[i].keys)
            pty_type(pty, "\033");
        pty_rest(pty, PTY_REST_MS);
    }
}
