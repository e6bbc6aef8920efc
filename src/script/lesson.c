#include "script/lesson.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "script/sandbox.h"
#include "script/shape.h"
#include "script/study.h"

enum {
    HINTS_MAX = 9,
    EXERCISES_MAX = 20,
    PAGES_MAX = 40,
    CARDS_MAX = 60,
    ESSENCE_MAX = 20
};

static const struct pc_rule topic_rules[] = {
    {.key = "title", .type = PC_SHAPE_LINE, .required = true},
    {.key = "exercises",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_TABLE,
     .required = true,
     .least = 1,
     .most = EXERCISES_MAX},
    {.key = "pages", .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE, .most = PAGES_MAX},
    {.key = "experiments", .type = PC_SHAPE_TABLE},
    {.key = "cards", .type = PC_SHAPE_LIST, .item = PC_SHAPE_TABLE, .most = CARDS_MAX},
    {.key = "essence", .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE, .most = ESSENCE_MAX},
};
static const struct pc_shape topic_shape = {topic_rules, PC_COUNT(topic_rules), NULL};

static const struct pc_rule exercise_rules[] = {
    {.key = "name", .type = PC_SHAPE_NAME, .required = true},
    {.key = "title", .type = PC_SHAPE_LINE, .required = true},
    {.key = "level", .type = PC_SHAPE_LINE, .required = true},
    {.key = "story", .type = PC_SHAPE_PROSE, .required = true},
    {.key = "hints",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_PROSE,
     .required = true,
     .least = 1,
     .most = HINTS_MAX},
    {.key = "afterword", .type = PC_SHAPE_PROSE},
    {.key = "experiment", .type = PC_SHAPE_NAME},
};
static const struct pc_shape exercise_shape = {exercise_rules, PC_COUNT(exercise_rules),
                                               NULL};

bool pc_script_evaluate(const struct pc_evaluator *by, const char *path, const char *name,
                        struct pc_value *result, struct pc_err *err)
{
    return by ? by->run(by->ctx, path, name, result, err)
              : pc_sandbox_run(path, name, result, err);
}

char *pc_lesson_file(const struct pc_course *course, const struct pc_topic *topic)
{
    return pc_strfmt("%s/lessons/%s/lesson.lua", course->dir, topic->folder);
}

char *pc_lesson_name(const struct pc_topic *topic)
{
    return pc_strfmt("%02d lesson.lua", topic->number);
}

static bool read_level(const struct pc_document *doc, const char *path,
                       const struct pc_value *table, enum pc_level *level)
{
    static const char *const names[] = {
        [PC_WARMUP] = "warm-up", [PC_CORE] = "core", [PC_STRETCH] = "stretch"};
    const struct pc_value *v = pc_value_find(table, "level");
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        if (strcmp(v->text, names[i]) == 0) {
            *level = (enum pc_level)i;
            return true;
        }
    }
    return pc_document_fail(doc, v->line,
                            "%s.level must be warm-up, core or stretch, got \"%s\"", path,
                            v->text);
}

static bool is_readable_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, R_OK) == 0;
}

/* Each exercise brings six files; a course without one of them is broken, and better now
 * than in the middle of a check. */
static bool check_files(const struct pc_document *doc, int line,
                        const struct pc_course *course, const struct pc_exercise *e)
{
    static const struct {
        const char *tree, *file; /* no file: named after the exercise */
        const char *ending;
    } wanted[] = {
        {"exercises", NULL, ".h"},    {"exercises", NULL, ".c"},
        {"exercises", "bench", ".c"}, {"checks", "limits", ".lua"},
        {"checks", "test", ".c"},     {"checks", "reference", ".c"},
    };
    for (size_t i = 0; i < PC_COUNT(wanted); i++) {
        PC_AUTO(pc_auto_free) char *path =
            pc_strfmt("%s/%s/%s/%s%s", wanted[i].tree, e->topic->folder, e->name,
                      wanted[i].file ? wanted[i].file : e->name, wanted[i].ending);
        PC_AUTO(pc_auto_free) char *whole = pc_path_join(course->dir, path);
        if (!is_readable_file(whole))
            return pc_document_fail(doc, line, "%s needs the file %s", e->name, path);
    }
    return true;
}

/* Learners choose exercises by name, so a name is taken only once in the course. */
static bool check_unique(const struct pc_document *doc, const char *path, int line,
                         const struct pc_course *course, const struct pc_exercise *e)
{
    for (size_t t = 0; t <= course->n_topics; t++) {
        const struct pc_topic *topic = &course->topics[t];
        for (size_t i = 0; i < topic->n_exercises; i++) {
            const struct pc_exercise *other = &topic->exercises[i];
            char id[16];
            if (other != e && strcmp(other->name, e->name) == 0)
                return pc_document_fail(doc, line, "%s.name: %s is called %s already", path,
                                        pc_exercise_id(other, id), e->name);
        }
    }
    return true;
}

static bool read_exercise(const struct pc_document *doc, const struct pc_course *course,
                          const struct pc_value *table, struct pc_exercise *e)
{
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("exercises[%d]", e->number);
    if (!pc_shape_check(doc, path, table, &exercise_shape) ||
        !read_level(doc, path, table, &e->level))
        return false;
    const struct pc_value *hints = pc_value_find(table, "hints");
    e->hints = pc_alloc_array(hints->n, sizeof *e->hints);
    for (; e->n_hints < hints->n; e->n_hints++)
        e->hints[e->n_hints] = pc_value_trimmed(&hints->items[e->n_hints].value);
    e->name = pc_value_trimmed(pc_value_find(table, "name"));
    e->title = pc_value_trimmed(pc_value_find(table, "title"));
    e->story = pc_value_trimmed(pc_value_find(table, "story"));
    e->afterword = pc_value_trimmed(pc_value_find(table, "afterword"));
    int line = pc_value_find(table, "name")->line;
    return check_unique(doc, path, line, course, e) && check_files(doc, line, course, e);
}

static bool read_topic(const struct pc_document *doc, const struct pc_course *course,
                       const struct pc_value *table, struct pc_topic *topic)
{
    if (!pc_shape_check(doc, "", table, &topic_shape))
        return false;
    topic->title = pc_value_trimmed(pc_value_find(table, "title"));
    const struct pc_value *list = pc_value_find(table, "exercises");
    topic->exercises = pc_alloc_array(list->n, sizeof *topic->exercises);
    for (size_t i = 0; i < list->n; i++) {
        struct pc_exercise *e = &topic->exercises[i];
        *e = (struct pc_exercise){.number = (int)i + 1, .topic = topic};
        /* Counted only when complete: what is compared with it has all its fields. */
        bool ok = read_exercise(doc, course, &list->items[i].value, e);
        topic->n_exercises++;
        if (!ok)
            return false;
    }
    PC_AUTO(pc_auto_free) char *dir =
        pc_strfmt("%s/lessons/%s", course->dir, topic->folder);
    return pc_study_read(doc, dir, table, topic);
}

/* Whether `folder` reads NN_name, with a number from 01. */
static bool is_topic_name(const char *folder)
{
    if (!isdigit((unsigned char)folder[0]) || !isdigit((unsigned char)folder[1]) ||
        folder[2] != '_' || folder[3] == '\0' || strncmp(folder, "00", 2) == 0)
        return false;
    size_t n = strlen(folder + 3);
    return strspn(folder + 3, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* Read one topic into `topic`, which holds something to free also on failure. */
static bool load_topic(const struct pc_evaluator *by, const struct pc_course *course,
                       const char *folder, struct pc_topic *topic, struct pc_err *err)
{
    if (!is_topic_name(folder))
        return pc_fail(err, PC_ENVIRONMENT,
                       "lessons/%s: a topic is named NN_name in small letters, "
                       "as 07_strings",
                       folder);
    topic->number = (folder[0] - '0') * 10 + folder[1] - '0';
    topic->folder = pc_strdup(folder);
    for (size_t i = 0; i < course->n_topics; i++)
        if (course->topics[i].number == topic->number)
            return pc_fail(err, PC_ENVIRONMENT, "lessons/%s: %s has the same number",
                           folder, course->topics[i].folder);
    PC_AUTO(pc_auto_free) char *path = pc_lesson_file(course, topic);
    PC_AUTO(pc_auto_free) char *name = pc_lesson_name(topic);
    struct pc_value value;
    const struct pc_document doc = {name, err};
    bool ok = pc_script_evaluate(by, path, doc.name, &value, err) &&
              read_topic(&doc, course, &value, topic);
    pc_value_fini(&value);
    return ok;
}

static bool is_folder(const char *dir, const char *name)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, name);
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Load the topics of the folders `names`; the ones that fail are listed in `broken`, or the
 * first of them ends it when that is NULL. */
static bool load_topics(const struct pc_evaluator *by, const char *lessons, char **names,
                        struct pc_course *course, char **broken, struct pc_err *err)
{
    size_t n_broken = 0;
    for (char **name = names; *name; name++) {
        if (!is_folder(lessons, *name))
            continue;
        struct pc_topic *topic = &course->topics[course->n_topics];
        if (load_topic(by, course, *name, topic, err)) {
            course->n_topics++;
            continue;
        }
        pc_topic_fini(topic);
        if (!broken)
            return false;
        broken[n_broken++] = pc_text_harmless(err->msg, strlen(err->msg), sizeof err->msg);
    }
    if (course->n_topics + n_broken == 0)
        return pc_fail(err, PC_ENVIRONMENT, "%s holds no topic", lessons);
    return true;
}

bool pc_course_load(const char *dir, struct pc_course *course, char ***broken,
                    struct pc_err *err)
{
    return pc_course_load_by(NULL, dir, course, broken, err);
}

bool pc_course_load_by(const struct pc_evaluator *by, const char *dir,
                       struct pc_course *course, char ***broken, struct pc_err *err)
{
    struct pc_err unused;
    if (!err)
        err = &unused;
    *course = (struct pc_course){.dir = pc_strdup(dir)};
    if (broken)
        *broken = pc_alloc_array(1, sizeof **broken);
    PC_AUTO(pc_auto_free) char *lessons = pc_path_join(dir, "lessons");
    char **names = pc_dir_names(lessons, err);
    if (!names)
        return false;
    size_t n = 1;
    while (names[n - 1])
        n++;
    /* Exercises point at their topics, so these must not move while more are read. */
    course->topics = pc_alloc_array(n, sizeof *course->topics);
    if (broken) {
        free(*broken);
        *broken = pc_alloc_array(n, sizeof **broken);
    }
    bool ok = load_topics(by, lessons, names, course, broken ? *broken : NULL, err);
    pc_names_free(names);
    return ok;
}
