/*
 * What the verbs read of their arguments, which their rules have let through: for the table
 * of asking.c.
 */
#ifndef PC_SCRIPT_ASKING_READ_H
#define PC_SCRIPT_ASKING_READ_H

#include "script/asking.h"

/* Each fills in asking->request from asking->args; false with the reason. */
bool pc_asking_bench(struct pc_asking *asking, const struct pc_document *doc);
bool pc_asking_profile(struct pc_asking *asking, const struct pc_document *doc);
bool pc_asking_show(struct pc_asking *asking, const struct pc_document *doc);
bool pc_asking_predict(struct pc_asking *asking, const struct pc_document *doc);
bool pc_asking_answer(struct pc_asking *asking, const struct pc_document *doc);

#endif
