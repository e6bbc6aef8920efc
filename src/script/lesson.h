/*
 * Lessons and limits: Lua files, run in a sandbox, read into plain data.
 *
 * The sandbox has no io, os, package, debug, load, require, coroutine or string.dump, a
 * heap cap of 64 MiB and a budget of instructions that pcall cannot swallow.  Every error
 * names file, line and field ("07 join: limits.lua:4: allocs/op must be a number, got a
 * string") and never shows a traceback.
 */
#ifndef PC_SCRIPT_LESSON_H
#define PC_SCRIPT_LESSON_H

#include <stdbool.h>

#include "base/err.h"
#include "model/course.h"
#include "model/metric.h"

/* Read every lessons/NN_name/lesson.lua below `dir` into `course`, which the caller frees
 * (pc_course_fini) also on failure.  A broken lesson fails the whole course with
 * PC_ENVIRONMENT unless `broken` is given: then its message is stored there (the caller
 * frees the strings and the array, NULL-terminated) and the other topics are loaded. */
bool pc_course_load(const char *dir, struct pc_course *course, char ***broken,
                    struct pc_err *err);

/* Read checks/NN_topic/EX/limits.lua. */
bool pc_limits_load(const struct pc_course *course, const struct pc_exercise *exercise,
                    struct pc_limits *limits, struct pc_err *err);

#endif
