/* What the words of a command select. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/course.h"

static bool is_prefix(const char *word, const char *name)
{
    return strncmp(word, name, strlen(word)) == 0;
}

/* Whether `word` begins a word of "07_strings_bytes_and_builders". */
static bool begins_a_word(const char *word, const char *folder)
{
    for (const char *p = folder; p; p = strchr(p, '_')) {
        p += *p == '_';
        if (is_prefix(word, p))
            return true;
    }
    return false;
}

/* "7" or "07" gives 7 and no exercise, "07.1" gives both; false for anything else. */
static bool parse_number(const char *word, int *topic, int *exercise)
{
    char *end;
    if (!isdigit((unsigned char)word[0]))
        return false;
    long t = strtol(word, &end, 10), e = 0;
    if (*end == '.') {
        if (!isdigit((unsigned char)end[1]))
            return false;
        e = strtol(end + 1, &end, 10);
        if (e == 0)
            return false;
    }
    if (*end || t > 99 || e > 999)
        return false;
    *topic = (int)t;
    *exercise = (int)e;
    return true;
}

/* What a word selects: exercises, and names for the message when they are too many. */
struct selection {
    const struct pc_exercise **items;
    size_t n, cap;
    struct pc_str names;
    size_t n_names;
};

static void select_exercise(struct selection *s, const struct pc_exercise *e)
{
    pc_reserve(&s->items, &s->cap, s->n + 1, sizeof(struct pc_exercise *));
    s->items[s->n++] = e;
}

static void select_topic(struct selection *s, const struct pc_topic *topic)
{
    for (size_t i = 0; i < topic->n_exercises; i++)
        select_exercise(s, &topic->exercises[i]);
}

static void name_candidate(struct selection *s, const char *name)
{
    pc_str_addf(&s->names, "%s%s", s->n_names++ ? ", " : "", name);
}

static void by_number(const struct pc_course *course, int topic, int exercise,
                      struct selection *s)
{
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *t = &course->topics[i];
        if (t->number != topic)
            continue;
        if (exercise == 0) {
            select_topic(s, t);
            name_candidate(s, t->folder);
        }
        for (size_t k = 0; k < t->n_exercises; k++)
            if (t->exercises[k].number == exercise)
                select_exercise(s, &t->exercises[k]);
    }
}

/* Whether `word` is all of "07_strings_bytes_and_builders", with or without the number. */
static bool names_topic(const char *word, const char *folder)
{
    const char *rest = strchr(folder, '_');
    return strcmp(word, folder) == 0 || (rest && strcmp(word, rest + 1) == 0);
}

/* Whole names first: "join" is an exercise even if another is called "join_names". */
static void by_name(const struct pc_course *course, const char *word, bool whole,
                    struct selection *s)
{
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *t = &course->topics[i];
        if (whole ? names_topic(word, t->folder) : begins_a_word(word, t->folder)) {
            select_topic(s, t);
            name_candidate(s, t->folder);
        }
        for (size_t k = 0; k < t->n_exercises; k++) {
            const struct pc_exercise *e = &t->exercises[k];
            if (whole ? strcmp(word, e->name) == 0 : is_prefix(word, e->name)) {
                select_exercise(s, e);
                name_candidate(s, e->name);
            }
        }
    }
}

static bool unknown_word(const struct pc_course *course, const char *word,
                         struct pc_err *err)
{
    const char **names = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *t = &course->topics[i];
        pc_reserve(&names, &cap, n + t->n_exercises + 2, sizeof(char *));
        names[n++] = t->folder;
        if (strchr(t->folder, '_'))
            names[n++] = strchr(t->folder, '_') + 1;
        for (size_t k = 0; k < t->n_exercises; k++)
            names[n++] = t->exercises[k].name;
    }
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(word, names, n);
    free(names);
    if (near)
        return pc_fail(err, PC_USAGE,
                       "no topic or exercise is called \"%s\"; did you mean %s?", word,
                       near);
    return pc_fail(
        err, PC_USAGE,
        "no topic or exercise is called \"%s\"; `perfcourse list` shows them all", word);
}

void pc_exercises_add(const struct pc_exercise ***chosen, size_t *n,
                      const struct pc_exercise *exercise)
{
    for (size_t i = 0; i < *n; i++)
        if ((*chosen)[i] == exercise)
            return;
    *chosen = pc_realloc(*chosen, (*n + 1) * sizeof(struct pc_exercise *));
    (*chosen)[(*n)++] = exercise;
}

bool pc_course_choose(const struct pc_course *course, const char *word,
                      const struct pc_exercise ***chosen, size_t *n, struct pc_err *err)
{
    struct selection s = {0};
    int topic, exercise;
    bool ok = true;
    if (parse_number(word, &topic, &exercise)) {
        by_number(course, topic, exercise, &s);
        if (s.n == 0 && s.n_names == 0)
            ok = pc_fail(err, PC_USAGE,
                         "there is no %s; `perfcourse list` shows what there is", word);
    } else {
        if (*word)
            by_name(course, word, true, &s);
        if (*word && s.n_names == 0)
            by_name(course, word, false, &s);
        if (s.n_names > 1)
            ok = pc_fail(err, PC_USAGE, "\"%s\" is ambiguous: %s", word,
                         pc_str_get(&s.names));
        else if (s.n_names == 0)
            ok = unknown_word(course, word, err);
    }
    if (ok && s.n == 0)
        ok = pc_fail(err, PC_USAGE, "%s has no exercises", pc_str_get(&s.names));
    for (size_t i = 0; ok && i < s.n; i++)
        pc_exercises_add(chosen, n, s.items[i]);
    free(s.items);
    pc_str_fini(&s.names);
    return ok;
}

/* Names collected for a message. */
struct names {
    struct pc_str text;
    size_t n;
};

static void add_name(struct names *names, const char *name)
{
    pc_str_addf(&names->text, "%s%s", names->n++ ? ", " : "", name);
}

static const struct pc_topic *topic_of_number(const struct pc_course *course, int number)
{
    for (size_t i = 0; i < course->n_topics; i++)
        if (course->topics[i].number == number)
            return &course->topics[i];
    return NULL;
}

static const struct pc_topic *topic_of_name(const struct pc_course *course,
                                            const char *word, bool whole,
                                            struct names *names)
{
    const struct pc_topic *found = NULL;
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *t = &course->topics[i];
        if (whole ? names_topic(word, t->folder) : begins_a_word(word, t->folder)) {
            add_name(names, t->folder);
            found = t;
        }
    }
    return found;
}

const struct pc_topic *pc_course_topic(const struct pc_course *course, const char *word,
                                       struct pc_err *err)
{
    struct names names = {0};
    const struct pc_topic *found = NULL;
    int number, exercise;
    if (parse_number(word, &number, &exercise)) {
        found = exercise == 0 ? topic_of_number(course, number) : NULL;
    } else if (*word) {
        found = topic_of_name(course, word, true, &names);
        if (!found)
            found = topic_of_name(course, word, false, &names);
    }
    if (names.n > 1) {
        pc_fail(err, PC_USAGE, "\"%s\" is ambiguous: %s", word, pc_str_get(&names.text));
        found = NULL;
    } else if (!found) {
        pc_fail(err, PC_USAGE,
                "no topic is called \"%s\"; `perfcourse list` shows them all", word);
    }
    pc_str_fini(&names.text);
    return found;
}

const struct pc_experiment *pc_topic_experiment(const struct pc_topic *topic,
                                                const char *name, struct pc_err *err)
{
    struct names all = {0}, matches = {0};
    const struct pc_experiment *found = NULL;
    for (size_t i = 0; i < topic->n_experiments; i++) {
        const struct pc_experiment *x = &topic->experiments[i];
        add_name(&all, x->name);
        if (strcmp(x->name, name) == 0) {
            found = x;
            matches.n = 1;
            break;
        }
        if (is_prefix(name, x->name)) {
            add_name(&matches, x->name);
            found = x;
        }
    }
    if (all.n == 0)
        pc_fail(err, PC_USAGE, "topic %02d has no experiments", topic->number);
    else if (matches.n == 0)
        pc_fail(err, PC_USAGE, "topic %02d has no experiment \"%s\"; there is %s",
                topic->number, name, pc_str_get(&all.text));
    else if (matches.n > 1 && !*name)
        pc_fail(err, PC_USAGE, "which experiment of topic %02d: %s?", topic->number,
                pc_str_get(&matches.text));
    else if (matches.n > 1)
        pc_fail(err, PC_USAGE, "\"%s\" is ambiguous: %s", name, pc_str_get(&matches.text));
    pc_str_fini(&all.text);
    pc_str_fini(&matches.text);
    return matches.n == 1 ? found : NULL;
}
