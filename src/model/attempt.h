/*
 * What the learner has done: attempts, hints, predictions, and where each exercise stands.
 *
 * Times are milliseconds since 1970 (UTC).  An exercise goes by its name, which stays when
 * the course is rearranged.
 */
#ifndef PC_MODEL_ATTEMPT_H
#define PC_MODEL_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/metric.h"

enum { PC_NAME_MAX = 64, PC_CONTENT_HEX = 33 };

/* One verdict on the learner's kernel. */
struct pc_attempt {
    char exercise[PC_NAME_MAX];
    int64_t when;
    enum pc_code code;
    bool quick;              /* the time was not judged: never a pass */
    enum pc_medal medal;     /* what was earned; kept by exercise, not by attempt */
    double ratio, low, high; /* speed-up with its 95 % interval; NAN when not timed */
    struct pc_metrics metrics;
    char content[PC_CONTENT_HEX]; /* hash of the text that was judged */
    uint64_t seed;
    char compiler[PC_NAME_MAX]; /* "gcc 12.2.0" */
};

struct pc_attempts {
    struct pc_attempt *items;
    size_t n, cap;
};

/* What an attempt changed. */
struct pc_record {
    bool first_pass;
    /* The fastest pass so far, and not by chance: the whole interval lies above the best
     * ratio before, which is `before`. */
    bool best;
    double before; /* NAN when no earlier pass was timed */
};

enum pc_standing { PC_STANDING_OPEN, PC_STANDING_TRIED, PC_STANDING_PASSED };

/* Where one exercise stands. */
struct pc_status {
    enum pc_standing standing;
    size_t attempts;
    enum pc_medal medal; /* the best ever earned: a later check takes none away */
    double best; /* the best ratio: of the passes, before them of right kernels; or NAN */
    int64_t passed; /* time of the first pass, 0 without one */
    int64_t latest; /* time of the latest attempt, 0 without one */
    int hints;      /* the most telling hint seen, 0 for none */
    bool revealed;  /* the reference was shown before a pass */
};

/* An answer given before the truth was shown. */
struct pc_prediction {
    char question[PC_NAME_MAX]; /* a name that the lesson gives it */
    char answer[PC_NAME_MAX];
    bool right;
    int64_t when;
};

/* How sure somebody was of an answer, as they say. */
enum pc_sureness { PC_NOT_TOLD, PC_GUESSED, PC_HESITANT, PC_SURE, PC_TOO_EASY };

/* An answer to a card. */
struct pc_card_answer {
    char card[PC_NAME_MAX]; /* its key */
    int64_t when;
    size_t chosen; /* from 1; 0 when it was to be recalled freely */
    bool right;    /* without choices: as they say */
    enum pc_sureness sure;
};

struct pc_card_answers {
    struct pc_card_answer *items;
    size_t n, cap;
};

/* Where the cards of a topic stand, each by its latest answer. */
struct pc_card_status {
    size_t cards, answered, right;
};

/* How much of an imported file was new. */
struct pc_import {
    size_t attempts, passes, hints, predictions, answers, others;
};

/* Whether an attempt counts as a pass. */
bool pc_attempt_passed(const struct pc_attempt *attempt);

void pc_attempts_fini(struct pc_attempts *attempts);
void pc_card_answers_fini(struct pc_card_answers *answers);

/* The local date and time of `when`: "2024-11-20 10:22". */
enum { PC_WHEN_MAX = 24 };
const char *pc_format_when(int64_t when, char buf[PC_WHEN_MAX]);

#endif
