/*
 * The course as plain data: topics and their exercises, in order.
 */
#ifndef PC_MODEL_COURSE_H
#define PC_MODEL_COURSE_H

#include <stddef.h>

#include "base/err.h"

enum pc_level { PC_WARMUP, PC_CORE, PC_STRETCH };

struct pc_exercise {
    char *name;   /* "join_names": a C identifier, also the name of its folder and files */
    char *title;  /* one line */
    char *story;  /* plain text, paragraphs separated by empty lines */
    char **hints; /* n_hints of them, each more telling than the one before */
    size_t n_hints;
    char *afterword; /* shown after a pass; may be NULL */
    enum pc_level level;
    int number; /* 1.. in its topic: the 2 of 07.2 */
    struct pc_topic *topic;
};

struct pc_topic {
    int number;   /* 7 */
    char *folder; /* "07_strings_bytes_and_builders" */
    char *title;
    struct pc_exercise *exercises;
    size_t n_exercises;
};

struct pc_course {
    char *dir; /* holds lessons/, exercises/, checks/ */
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

#endif
