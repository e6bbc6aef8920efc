#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "engine/internal.h"
#include "script/lesson.h"
#include "script/lines.h"

/*
 * The templates are a course of one topic with one exercise, which passes all checks of
 * content; copying it with other names gives something that does, too.
 */
enum { FILE_MAX = 1 << 20, REPLACEMENTS = 5, NAME_MAX_LETTERS = 31 };

#define TEMPLATE_TOPIC "01_new_topic"
#define TEMPLATE_EXERCISE "new_exercise"

struct scaffold {
    char *source, *target; /* the folders of the templates and of the course */
    char *folder, *name;   /* of the topic; of the exercise */
    struct {
        const char *from;
        char *to;
    } replacements[REPLACEMENTS];
    struct pc_words *made;
};

/* "count_ones" as "Count ones". */
static char *title_of(const char *name)
{
    char *title = pc_strdup(name);
    title[0] = (char)toupper((unsigned char)title[0]);
    for (char *p = title; *p; p++)
        if (*p == '_')
            *p = ' ';
    return title;
}

static char *upper_of(const char *name)
{
    char *upper = pc_strdup(name);
    for (char *p = upper; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return upper;
}

static void init(struct scaffold *s, const struct pc_engine *engine, struct pc_words *made)
{
    s->source = pc_path_join(engine->home, "templates");
    s->target = pc_strdup(engine->course.dir);
    s->made = made;
    const char *words = strchr(s->folder, '_') + 1;
    /* The folder comes before what is a part of it. */
    s->replacements[0].from = TEMPLATE_TOPIC;
    s->replacements[0].to = pc_strdup(s->folder);
    s->replacements[1].from = "New topic";
    s->replacements[1].to = title_of(words);
    s->replacements[2].from = TEMPLATE_EXERCISE;
    s->replacements[2].to = pc_strdup(s->name);
    s->replacements[3].from = "NEW_EXERCISE";
    s->replacements[3].to = upper_of(s->name);
    s->replacements[4].from = "New exercise";
    s->replacements[4].to = title_of(s->name);
}

static void fini(struct scaffold *s)
{
    free(s->source);
    free(s->target);
    free(s->folder);
    free(s->name);
    for (size_t i = 0; i < REPLACEMENTS; i++)
        free(s->replacements[i].to);
}

/* The text with the names of the new one. */
static char *rename_all(const struct scaffold *s, const char *text)
{
    struct pc_str out = {0};
    while (*text) {
        size_t i = 0;
        while (i < REPLACEMENTS &&
               strncmp(text, s->replacements[i].from, strlen(s->replacements[i].from)) != 0)
            i++;
        if (i < REPLACEMENTS) {
            pc_str_adds(&out, s->replacements[i].to);
            text += strlen(s->replacements[i].from);
        } else {
            pc_str_add(&out, text++, 1);
        }
    }
    return pc_str_take(&out);
}

static bool copy_file(struct scaffold *s, const char *path, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *from = pc_path_join(s->source, path);
    PC_AUTO(pc_auto_free) char *text = pc_file_read(from, FILE_MAX, NULL, err);
    if (!text)
        return false;
    PC_AUTO(pc_auto_free) char *renamed = rename_all(s, text);
    PC_AUTO(pc_auto_free) char *place = rename_all(s, path);
    PC_AUTO(pc_auto_free) char *to = pc_path_join(s->target, place);
    PC_AUTO(pc_auto_free) char *dir = pc_path_dir(to);
    bool made;
    if (!pc_mkdirs(dir, err) || !pc_file_create(to, renamed, strlen(renamed), &made, err))
        return false;
    /* What a killed `dev new` made already is no obstacle: the command goes on from there. */
    if (!made && !pc_file_holds(to, renamed, strlen(renamed)))
        return pc_fail(err, PC_USAGE, "%s is there already", place);
    if (made)
        pc_words_add(s->made, place);
    return true;
}

static bool copy_tree(struct scaffold *s, const char *path, struct pc_err *err)
{
    struct stat st;
    PC_AUTO(pc_auto_free) char *from = pc_path_join(s->source, path);
    if (stat(from, &st) != 0)
        return pc_fail_errno(err, "cannot read the template %s", from);
    if (!S_ISDIR(st.st_mode))
        return copy_file(s, path, err);
    char **names = pc_dir_names(from, err);
    bool ok = names != NULL;
    for (char **name = names; ok && *name; name++) {
        PC_AUTO(pc_auto_free) char *below = pc_path_join(path, *name);
        ok = copy_tree(s, below, err);
    }
    pc_names_free(names);
    return ok;
}

static char *lesson_of(const char *dir, const char *folder)
{
    return pc_strfmt("%s/lessons/%s/lesson.lua", dir, folder);
}

static bool find_exercises(const char *path, const char *text, struct pc_list_place *place,
                           struct pc_err *err)
{
    return pc_lines_find_list(text, strlen(text), "exercises", place) ||
           pc_fail(err, PC_USAGE,
                   "%s: it has no list `exercises = {...}` that an exercise could be added "
                   "to",
                   path);
}

/* The lesson's text with the entry of the new exercise at the end of its list; NULL when
 * there is no place for it. */
static char *with_entry(const struct scaffold *s, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *from = lesson_of(s->source, TEMPLATE_TOPIC);
    PC_AUTO(pc_auto_free) char *to = lesson_of(s->target, s->folder);
    PC_AUTO(pc_auto_free) char *template = pc_file_read(from, FILE_MAX, NULL, err);
    PC_AUTO(pc_auto_free) char *text =
        template ? pc_file_read(to, FILE_MAX, NULL, err) : NULL;
    struct pc_list_place entry, list;
    if (!text || !find_exercises(from, template, &entry, err) ||
        !find_exercises(to, text, &list, err))
        return NULL;
    template[entry.last] = '\0';
    PC_AUTO(pc_auto_free) char *renamed = rename_all(s, template + entry.begin);
    struct pc_str out = {0};
    pc_str_add(&out, text, list.last);
    pc_str_adds(&out, list.last > list.begin && !list.comma ? "," : "");
    pc_str_adds(&out, renamed);
    pc_str_adds(&out, text + list.last);
    return pc_str_take(&out);
}

static bool add_exercise(struct scaffold *s, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *text = with_entry(s, err);
    PC_AUTO(pc_auto_free) char *path = lesson_of(s->target, s->folder);
    if (!text || !copy_tree(s, "exercises/" TEMPLATE_TOPIC, err) ||
        !copy_tree(s, "checks/" TEMPLATE_TOPIC, err) ||
        !pc_file_write(path, text, strlen(text), err))
        return false;
    pc_words_addf(s->made, "lessons/%s/lesson.lua", s->folder);
    return true;
}

/* The lesson comes last: until then there is no topic. */
static bool add_topic(struct scaffold *s, struct pc_err *err)
{
    return copy_tree(s, "exercises/" TEMPLATE_TOPIC, err) &&
           copy_tree(s, "checks/" TEMPLATE_TOPIC, err) &&
           copy_tree(s, "lessons/" TEMPLATE_TOPIC "/pages", err) &&
           copy_tree(s, "lessons/" TEMPLATE_TOPIC, err);
}

static bool is_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n > 0 && name[n] == '\0' && isalpha((unsigned char)name[0]) &&
           n <= NAME_MAX_LETTERS;
}

static bool check_exercise(const struct pc_course *course, const char *name,
                           struct pc_err *err)
{
    if (!is_name(name))
        return pc_fail(err, PC_USAGE,
                       "an exercise is named in at most %d small letters, digits and _, "
                       "not \"%s\"",
                       NAME_MAX_LETTERS, name);
    for (size_t i = 0; i < course->n_topics; i++)
        for (size_t k = 0; k < course->topics[i].n_exercises; k++)
            if (strcmp(course->topics[i].exercises[k].name, name) == 0)
                return pc_fail(err, PC_USAGE, "an exercise is called %s already", name);
    return true;
}

static bool check_topic(const struct pc_course *course, const char *folder,
                        struct pc_err *err)
{
    if (!isdigit((unsigned char)folder[0]) || !isdigit((unsigned char)folder[1]) ||
        folder[2] != '_' || !is_name(folder + 3) || strncmp(folder, "00", 2) == 0)
        return pc_fail(err, PC_USAGE,
                       "\"%s\" is neither a topic, as 11_bits_and_masks, nor an exercise "
                       "in one, as 07/count_ones",
                       folder);
    for (size_t i = 0; i < course->n_topics; i++)
        if (strncmp(course->topics[i].folder, folder, 2) == 0)
            return pc_fail(err, PC_USAGE, "%s has that number already",
                           course->topics[i].folder);
    return true;
}

/* What was made is read as the next start of the program will do it. */
static bool check_made(const struct scaffold *s, const struct pc_evaluator *by,
                       struct pc_err *err)
{
    struct pc_course course;
    bool ok = pc_course_load_by(by, s->target, &course, NULL, err);
    pc_course_fini(&course);
    return ok;
}

bool pc_engine_scaffold(struct pc_engine *engine, const char *what, struct pc_words *made,
                        struct pc_err *err)
{
    const struct pc_course *course = &engine->course;
    const char *slash = strchr(what, '/');
    struct scaffold s = {0};
    bool ok;
    if (slash) {
        PC_AUTO(pc_auto_free) char *word = pc_strndup(what, (size_t)(slash - what));
        const struct pc_topic *topic = pc_course_topic(course, word, err);
        if (!topic || !check_exercise(course, slash + 1, err))
            return false;
        s.folder = pc_strdup(topic->folder);
        s.name = pc_strdup(slash + 1);
        init(&s, engine, made);
        ok = add_exercise(&s, err);
    } else {
        if (!check_topic(course, what, err))
            return false;
        s.folder = pc_strdup(what);
        s.name = pc_strfmt("first_of_%.2s", what);
        init(&s, engine, made);
        ok = add_topic(&s, err);
    }
    ok = ok && check_made(&s, pc_engine_evaluator(engine), err);
    fini(&s);
    return ok;
}
