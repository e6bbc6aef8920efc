/*
 * Pictures of screens as text, without a terminal: for tests, for documents, and for those
 * who ask "what do you see?".
 *
 * They show what is there: the course, the learner's files and progress.  What a screen
 * waits for is waited for: a check runs, the course's solution is measured.
 */
#ifndef PC_TUI_DUMP_H
#define PC_TUI_DUMP_H

#include <stdbool.h>

#include "base/err.h"

struct pc_engine;
struct pc_loop;

struct pc_dump_spec {
    const char *screen; /* "home", "exercise", ...: pc_dump_screens() */
    const char *what; /* a topic, "07.2" for a page, or an exercise; NULL: the first one */
    int width, height;
    bool ascii;
};

/* The picture, its rows ended by newlines; the caller owns it.  NULL with PC_USAGE when
 * there is no such screen or thing. */
char *pc_dump(struct pc_engine *engine, struct pc_loop *loop,
              const struct pc_dump_spec *spec, struct pc_err *err);

/* The names of all screens, separated by ", "; the caller owns the text. */
char *pc_dump_screens(void);

#endif
