/*
 * What the tests of the course on a terminal share; the state of each is a struct course.
 */
#ifndef PC_TESTS_COURSE_TEST_H
#define PC_TESTS_COURSE_TEST_H

#include "course_bed.h"

int test_make(void **state);
int test_drop(void **state);

/* Start the browser and wait until it rests at home. */
void test_start(struct pty *pty, void **state, const char *term, int width, int height);

/* Go to a screen from home; it must come. */
void test_go(struct pty *pty, const struct course_screen *screen);

/* The bytes of the frame that a key makes; it must make one. */
size_t test_bytes(struct pty *pty, const char *key);

/* The screen as text; the caller owns it. */
char *test_picture(const struct pty *pty);

/* The screen must look the same after Ctrl-L. */
void test_drawn_anew(struct pty *pty, const char *what);

#endif
