/*
 * The verbs that the script of an experiment may call: each is a request, and waits.
 */
#ifndef PC_SCRIPT_VERBS_H
#define PC_SCRIPT_VERBS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/request.h"
#include "script/value.h"

enum { PC_REQUESTS_MAX = 10000 };

/* What verbs share with whoever runs the script. */
struct pc_asking {
    const char *name;     /* of the file, in messages */
    struct pc_value args; /* of the verb that waits; the request points into it */
    const char *choices[PC_CHOICES_MAX];
    struct pc_request request;
    const struct pc_answer *answer; /* set when the script goes on */
    size_t asked;                   /* requests so far */
    struct pc_asked_prediction {
        int line;
        size_t n_choices;
        double values[PC_CHOICES_MAX]; /* what the choices stand for; the first is NAN
                                          when they are no numbers */
        bool answered;
    } predictions[PC_PREDICTIONS_MAX];
    size_t n_predictions;
};

/* Push the object whose methods are the verbs.  May raise. */
void pc_verbs_push(lua_State *L, struct pc_asking *asking);

/* After the script's end: whether every prediction was answered. */
bool pc_asking_is_complete(const struct pc_asking *asking, struct pc_err *err);

void pc_asking_fini(struct pc_asking *asking);

#endif
