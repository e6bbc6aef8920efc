/*
 * Lessons and limits: Lua files, run in a sandbox, read into plain data.
 *
 * The sandbox has no io, os, package, debug, load, require, coroutine or string.dump, a
 * heap cap of 64 MiB and a budget of instructions that pcall cannot swallow.  Every error
 * names file, line and field ("07 join: limits.lua:4: allocs/op must be a number, got a
 * string") and never shows a traceback.
 *
 * A lesson returns {title = "...", exercises = {EXERCISE, ...}} with exercises of the form
 *
 *     { name = "join_names", title = "...", level = "warm-up" | "core" | "stretch",
 *       story = [[...]], hints = {"...", ...}, afterword = [[...]] (optional),
 *       experiment = "append" (of the topic; its first one when left out) }
 *
 * and limits.lua, where all but `fails` is optional but one limit must be there,
 *
 *     { speedup = {min = 8, silver = 12, gold = 15, at = 2000, bench = "join_names"},
 *       ["allocs/op"] = {max = 24, min = 1, gold = 2, stat = "max" | "mean"},
 *       ["B/op"] = 4096 (the same as {max = 4096}), count_at = 2000,
 *       needs = {"libcurl"}, allow = {"mmap"},
 *       fails = {REASON, ...}, mutants = {NAME = {REASON, ...}, ...} }
 *
 * A reason is "speedup" or a metric, when limited here, or "wrong", "crash", "leak" or
 * "build".  The mutants are exactly the files mutants/NAME.c.
 */
#ifndef PC_SCRIPT_LESSON_H
#define PC_SCRIPT_LESSON_H

#include <stdbool.h>

#include "base/err.h"
#include "model/course.h"
#include "model/metric.h"
#include "script/value.h"

/* Who runs a Lua file and stores the table that it returns, as pc_sandbox_run() does.  NULL
 * in its place means that function: in the program itself. */
struct pc_evaluator {
    bool (*run)(void *ctx, const char *path, const char *name, struct pc_value *result,
                struct pc_err *err);
    void *ctx;
};

/* Read every lessons/NN_name/lesson.lua below `dir` into `course`, which the caller frees
 * (pc_course_fini) also on failure.  A broken lesson fails the whole course with
 * PC_ENVIRONMENT unless `broken` is given: then its message is stored there (the caller
 * frees the strings and the array, NULL-terminated) and the other topics are loaded.  The
 * array is there also when nothing is broken and on failure. */
bool pc_course_load(const char *dir, struct pc_course *course, char ***broken,
                    struct pc_err *err);
bool pc_course_load_by(const struct pc_evaluator *by, const char *dir,
                       struct pc_course *course, char ***broken, struct pc_err *err);

/* Where the lesson of a topic is, and what it is called in messages, "07 lesson.lua"; the
 * caller owns them. */
char *pc_lesson_file(const struct pc_course *course, const struct pc_topic *topic);
char *pc_lesson_name(const struct pc_topic *topic);

/* Read checks/NN_topic/EX/limits.lua; the caller frees them (pc_limits_fini), and may do so
 * also on failure. */
bool pc_limits_load(const struct pc_course *course, const struct pc_exercise *exercise,
                    struct pc_limits *limits, struct pc_err *err);
bool pc_limits_load_by(const struct pc_evaluator *by, const struct pc_course *course,
                       const struct pc_exercise *exercise, struct pc_limits *limits,
                       struct pc_err *err);

/* Run a file by `by`, which may be NULL. */
bool pc_script_evaluate(const struct pc_evaluator *by, const char *path, const char *name,
                        struct pc_value *result, struct pc_err *err);

#endif
