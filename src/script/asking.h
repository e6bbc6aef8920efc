/*
 * From the arguments of a verb to a request: which arguments there are, what they may be,
 * and what has been asked before.  Plain data; the side that knows Lua is verbs.c.
 */
#ifndef PC_SCRIPT_ASKING_H
#define PC_SCRIPT_ASKING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/request.h"
#include "script/shape.h"
#include "script/value.h"

/* Of one run: requests, and bytes of text in them. */
enum { PC_REQUESTS_MAX = 10000, PC_REQUESTS_TEXT = 1 << 20 };

/* What verbs share with whoever runs the script. */
struct pc_asking {
    const char *name;     /* of the file, in messages */
    struct pc_value args; /* of the verb that waits; the request points into it */
    const char *choices[PC_CHOICES_MAX];
    struct pc_request request;
    const struct pc_answer *answer; /* set when the script goes on */
    size_t asked;                   /* requests so far */
    size_t text;                    /* and bytes of text in them */
    struct pc_asked_prediction {
        int line;
        size_t n_choices;
        char *choices[PC_CHOICES_MAX];
        double values[PC_CHOICES_MAX]; /* what the choices stand for; the first is NAN
                                          when they are no numbers */
        bool answered;
    } predictions[PC_PREDICTIONS_MAX];
    size_t n_predictions;
    size_t n_profiles; /* asked for so far */
};

/* A verb takes one table, or its arguments in the order of its rules. */
struct pc_verb {
    const char *name;
    enum pc_request_kind kind;
    bool one_table;
    struct pc_shape shape;
    bool (*read)(struct pc_asking *asking, const struct pc_document *doc);
};

/* All of them, ended by a row without a name. */
extern const struct pc_verb pc_verbs[];

/* Make a request from asking->args, which were given in `line`; false with the reason. */
bool pc_asking_request(struct pc_asking *asking, const struct pc_verb *verb, int line,
                       struct pc_err *err);

/* After the script's end: whether every prediction was answered. */
bool pc_asking_is_complete(const struct pc_asking *asking, struct pc_err *err);

void pc_asking_fini(struct pc_asking *asking);

#endif
