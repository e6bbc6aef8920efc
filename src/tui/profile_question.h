/*
 * "Which function takes most?", asked before a profile is shown.
 *
 * Who has guessed looks at the answer with other eyes.  The answers are functions of the
 * kernel by name, so their order tells nothing; where the profile cannot say which is the
 * first, each of those that tie is right.
 */
#ifndef PC_TUI_PROFILE_QUESTION_H
#define PC_TUI_PROFILE_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "hotspots/top.h"
#include "tui/canvas.h"

enum { PC_PROFILE_CHOICES = 6 };

struct pc_profile_question {
    const struct pc_profile *profile; /* must outlive it */
    const char *takes;                /* "takes most time", what is asked for */
    size_t n;                         /* answers; 0: there is nothing to ask */
    struct {
        uint32_t function;
        bool is_right;
    } choices[PC_PROFILE_CHOICES];
};

/* There must be two functions of the kernel, and enough samples.  `takes` stays the caller's. */
void pc_profile_question_make(struct pc_profile_question *question,
                              const struct pc_top *top, const struct pc_profile *profile,
                              const char *takes);

/* Append what came of answer `choice`, from 0 on. */
void pc_profile_question_score(const struct pc_profile_question *question, size_t choice,
                               struct pc_str *out);

void pc_profile_question_draw(const struct pc_profile_question *question,
                              struct pc_canvas *canvas, struct pc_area area);

#endif
