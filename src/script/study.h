/*
 * What a topic teaches besides its exercises: pages, experiments, cards, and the lines to
 * remember.  From the table of lesson.lua into the model.
 */
#ifndef PC_SCRIPT_STUDY_H
#define PC_SCRIPT_STUDY_H

#include <stdbool.h>

#include "model/course.h"
#include "script/shape.h"

/* Read them into `topic`; `dir` is the topic's folder of lessons/.  The table has passed
 * the rules of lesson.c.  What was read is in `topic` also on failure. */
bool pc_study_read(const struct pc_document *doc, const char *dir,
                   const struct pc_value *table, struct pc_topic *topic);

/* Whether `path` is a plain name in `folder` ("pages/") with this ending (".md"). */
bool pc_study_is_file(const char *path, const char *folder, const char *ending);

#endif
