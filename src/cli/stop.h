/*
 * Where the learner stands in line mode: in the course, in a topic, or at one of the things
 * that a topic consists of.  These are numbered from 1 in the order in which they are
 * taught: pages, experiments, exercises, cards.
 */
#ifndef PC_CLI_STOP_H
#define PC_CLI_STOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "engine/engine.h"
#include "model/course.h"

struct pc_stop {
    const struct pc_topic *topic; /* NULL: the course */
    size_t entry;                 /* 0: the topic itself */
};

enum pc_stop_kind {
    PC_STOP_COURSE,
    PC_STOP_TOPIC,
    PC_STOP_PAGE,
    PC_STOP_EXPERIMENT,
    PC_STOP_EXERCISE,
    PC_STOP_CARDS,
};

/* What it is, and the index among those of its kind in `*index` (may be NULL). */
enum pc_stop_kind pc_stop_kind(const struct pc_stop *place, size_t *index);

/* The exercise that the place is, or NULL. */
const struct pc_exercise *pc_stop_exercise(const struct pc_stop *place);

struct pc_stop pc_stop_of_topic(const struct pc_topic *topic);
struct pc_stop pc_stop_of_page(const struct pc_topic *topic, size_t page); /* from 1 */
struct pc_stop pc_stop_of_exercise(const struct pc_exercise *exercise);

/* Append "07.1 join_names", "07 page 2 of 5", "07 experiment append": what a listener
 * hears first. */
void pc_stop_name(const struct pc_stop *place, struct pc_str *out);

/* Append what can be opened from here, a numbered line each, with how far one is. */
void pc_stop_list(const struct pc_stop *place, struct pc_engine *engine,
                  struct pc_str *out);

/* Whether nothing is left to do here. */
bool pc_stop_is_done(const struct pc_stop *place, struct pc_engine *engine);

/* Go on: from the course or a topic to the first thing that is not done, from there to what
 * follows, leaving out exercises that are passed.  False at the end. */
bool pc_stop_next(struct pc_stop *place, struct pc_engine *engine);

/* Go back to what comes before in the topic; false at its beginning. */
bool pc_stop_previous(struct pc_stop *place);

/* Up: to the topic, to the course.  False when this is the course. */
bool pc_stop_up(struct pc_stop *place);

/* Open what a word names: a number of the list, "07", "07.2", a name or its beginning.
 * PC_USAGE when there is none. */
bool pc_stop_open(struct pc_stop *place, struct pc_engine *engine, const char *word,
                  struct pc_err *err);

#endif
