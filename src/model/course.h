/*
 * The course as plain data: topics with what they teach, in order.
 */
#ifndef PC_MODEL_COURSE_H
#define PC_MODEL_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum pc_level { PC_WARMUP, PC_CORE, PC_STRETCH };

struct pc_experiment;

struct pc_exercise {
    char *name;   /* "join_names": a C identifier, also the name of its folder and files */
    char *title;  /* one line */
    char *story;  /* plain text, paragraphs separated by empty lines */
    char **hints; /* n_hints of them, each more telling than the one before */
    size_t n_hints;
    char *afterword; /* shown after a pass; may be NULL */
    enum pc_level level;
    int number; /* 1.. in its topic: the 2 of 07.2 */
    const struct pc_experiment
        *experiment; /* that belongs to it; NULL: its topic has none */
    struct pc_topic *topic;
};

/* A page to read: Markdown. */
struct pc_page {
    char *file;  /* below the topic's folder of lessons/: "pages/1_the_end.md" */
    char *title; /* its first heading */
    char *key;   /* how progress knows it: "07/1_the_end" */
};

/* Which axes of an experiment's plot are logarithmic. */
enum pc_scale { PC_SCALE_LOG_LOG, PC_SCALE_LOG_X, PC_SCALE_LOG_Y, PC_SCALE_LINEAR };

/* An experiment, without what it does: that is a script (script/run.h). */
struct pc_experiment {
    char *name; /* a C identifier */
    char *title;
    char *question; /* what it will answer; a few sentences */
    char *x, *y;    /* what the axes show: "appends", "time of one append" */
    char *unit;     /* of y, as a metric is named: "ns/op", "B/op" */
    enum pc_scale scale;
    char **needs; /* pkg-config names of libraries that its C files link */
    size_t n_needs;
};

/* A question for after the lesson and for revision. */
struct pc_card {
    char *name;     /* a C identifier, unique in its topic: wording and order may change */
    char *key;      /* how progress knows it: "07/strcat_walks" */
    char *question; /* Markdown, as answer and why are; choices are plain text */
    char **choices; /* n_choices of them, none when the answer is to be recalled freely */
    size_t n_choices;
    size_t right; /* the choice that is right, from 1; 0 without choices */
    char *answer; /* in words: the right choice, or what should have been recalled */
    char *why;
    char *proof; /* name of the experiment that shows it; may be NULL */
};

struct pc_topic {
    int number;   /* 7 */
    char *folder; /* "07_strings_bytes_and_builders" */
    char *title;
    struct pc_exercise *exercises;
    size_t n_exercises;
    struct pc_page *pages;
    size_t n_pages;
    struct pc_experiment *experiments;
    size_t n_experiments;
    struct pc_card *cards;
    size_t n_cards;
    char **essence; /* what to remember, one line each */
    size_t n_essence;
};

struct pc_course {
    char *dir;  /* holds lessons/, exercises/, checks/ */
    char *pack; /* the name of the pack that it is; NULL: the course of the installation */
    struct pc_topic *topics;
    size_t n_topics;
};

void pc_topic_fini(struct pc_topic *topic);
void pc_course_fini(struct pc_course *course);

/* "07.2" in memory of the caller, at least 16 bytes. */
const char *pc_exercise_id(const struct pc_exercise *exercise, char id[16]);

/* Choose exercises by a word: "07" or "7" (a topic), "07.1", an exercise's name, or any
 * unambiguous prefix of an exercise's or a topic's name (with or without its number;
 * prefixes of the words of a topic's name count too).  A whole name outranks a prefix; a
 * topic without exercises is refused.  Appends to the array of `*n` pointers at `*chosen`,
 * which the caller frees; each exercise once.  On failure the message names the candidates
 * or the nearest names; code PC_USAGE. */
bool pc_course_choose(const struct pc_course *course, const char *word,
                      const struct pc_exercise ***chosen, size_t *n, struct pc_err *err);

/* Append an exercise to such an array, unless it is in it. */
void pc_exercises_add(const struct pc_exercise ***chosen, size_t *n,
                      const struct pc_exercise *exercise);

/* The one topic that a word selects, by the same rules; NULL with PC_USAGE. */
const struct pc_topic *pc_course_topic(const struct pc_course *course, const char *word,
                                       struct pc_err *err);

/* The experiment of that name or, when it is the only match, that begins so; "" is the
 * only one of the topic.  NULL with PC_USAGE. */
const struct pc_experiment *pc_topic_experiment(const struct pc_topic *topic,
                                                const char *name, struct pc_err *err);

#endif
