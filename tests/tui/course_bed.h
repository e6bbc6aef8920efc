/*
 * The course in folders of its own, for programs that drive it on a terminal; and the way to
 * each of its screens, which a new screen joins by a row.
 */
#ifndef PC_TESTS_COURSE_BED_H
#define PC_TESTS_COURSE_BED_H

#include <stdbool.h>
#include <stddef.h>

#include "pty_bed.h"

enum { COURSE_ENV = 8, COURSE_STEPS = 4 };

struct course {
    char dir[64];
    char *page;                                             /* the file of the long page */
    char *program, *kernel, *starter, *reference, *endless; /* of the first exercise */
    const char *env[COURSE_ENV];
};

/* False with a message on standard error.  PC_BUILDDIR and PC_SRCDIR say where. */
bool course_make(struct course *course);
void course_remove(struct course *course);

/* Start the browser and wait for home. */
bool course_start(const struct course *course, struct pty *pty, const char *term, int width,
                  int height);

/* Replace the kernel by a file, changed so that it is new to every cache, as editors do: a new
 * file is renamed. */
bool course_save(const struct course *course, const char *file);

/* What the screen of the exercise shows after a verdict. */
extern const char course_passed[], course_missed[];

/* From home at 80x24: keys to type, and what is shown then. */
struct course_screen {
    const char *name;
    struct {
        const char *keys, *shows;
    } steps[COURSE_STEPS];
    bool takes_text; /* so that keys are no actions there */
    bool needs_time; /* it measures, and shows times that are never the same */
};
extern const struct course_screen course_screens[];
extern const size_t n_course_screens;

const struct course_screen *course_screen_named(const char *name);

bool course_go(struct pty *pty, const struct course_screen *screen);

/* And back home. */
void course_back(struct pty *pty, const struct course_screen *screen);

#endif
