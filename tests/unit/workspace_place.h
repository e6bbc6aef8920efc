/*
 * A temporary folder with a course of one exercise and a workspace of an awkward name, for
 * the tests of the workspace.
 */
#ifndef TESTS_UNIT_WORKSPACE_PLACE_H
#define TESTS_UNIT_WORKSPACE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/course.h"
#include "workspace/workspace.h"

struct place {
    char dir[32];
    char *work, *kernel;
    struct pc_exercise join;
    struct pc_topic topic;
    struct pc_course course;
    struct pc_workspace ws;
};

/* Set-up and tear-down of a test; the current folder and HOME are in the place. */
int place_make(void **state);
int place_remove(void **state);

/* A path in the temporary folder; the caller owns it. */
char *place_path(const struct place *place, const char *name);

/* Write a file, with the folders that it needs. */
void place_put_bytes(const char *path, const char *data, size_t n);
void place_put(const struct place *place, const char *name, const char *text);

/* The file is exactly `text`; the folder holds exactly these names, each with a blank. */
void place_assert_file(const char *path, const char *text);
void place_assert_names(const char *folder, const char *expected);

/* Call the function of the workspace; `expected` is the number of files made, or whether
 * the kernel changed. */
void place_init(struct place *place, size_t expected);
void place_reset(struct place *place, bool expected);
bool place_provide(struct place *place, struct pc_err *err);

#endif
