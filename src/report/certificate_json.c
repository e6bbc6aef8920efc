#include "report/certificate.h"

#include <math.h>

#include "report/parts.h"

static json_t *words_of(const struct pc_words *words)
{
    json_t *list = json_array();
    for (size_t i = 0; i < words->n; i++)
        json_array_append_new(list, pc_json_text(words->items[i]));
    return list;
}

static json_t *margins_of(const struct pc_tried *tried)
{
    json_t *list = json_array();
    for (size_t i = 0; i < tried->n_margins; i++) {
        const struct pc_margin *m = &tried->margins[i];
        json_array_append_new(list, json_pack("{s:o,s:b,s:o,s:o,s:s,s:o}", "metric",
                                              pc_json_text(m->metric), "passed", m->passed,
                                              "value", pc_json_number(m->value), "bound",
                                              pc_json_number(m->bound), "bound-is",
                                              m->at_most ? "max" : "min", "margin",
                                              pc_json_number(m->factor)));
    }
    return list;
}

static json_t *tried_of(const struct pc_tried *t)
{
    static const char *const roles[] = {[PC_ROLE_STARTER] = "starter",
                                        [PC_ROLE_REFERENCE] = "reference",
                                        [PC_ROLE_MUTANT] = "mutant"};
    char id[16];
    return json_pack("{s:s,s:s,s:o,s:s,s:o,s:o,s:o,s:b,s:o,s:o,s:i,s:o}", "id",
                     pc_exercise_id(t->exercise, id), "name", t->exercise->name, "compiler",
                     pc_json_text(t->compiler), "role", roles[t->role], "kernel",
                     pc_json_text(t->kernel), "declared", words_of(&t->declared), "found",
                     words_of(&t->found), "measured-twice", t->again, "speedup-low",
                     pc_json_number(t->low), "speedup-high", pc_json_number(t->high),
                     "restarts", (int)t->restarts, "limits", margins_of(t));
}

static json_t *proposal_of(const struct pc_proposal *p)
{
    char id[16];
    return json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id",
                     pc_exercise_id(p->exercise, id), "name", p->exercise->name, "metric",
                     p->metric, "bound-is", p->at_most ? "max" : "min", "bound",
                     pc_json_number(p->bound), "silver", pc_json_number(p->silver), "gold",
                     pc_json_number(p->gold), "bound-now", pc_json_number(p->now),
                     "reference", pc_json_number(p->reference), "nearest-refused",
                     pc_json_number(p->nearest), "nearest-kernel",
                     pc_json_text(p->nearest_one));
}

char *pc_certificate_json(const struct pc_certificate *c, enum pc_code code)
{
    json_t *compilers = json_array(), *kernels = json_array(), *defects = json_array(),
           *proposals = json_array();
    for (size_t i = 0; i < c->versions.n; i++)
        json_array_append_new(
            compilers, json_pack("{s:o,s:o}", "name", pc_json_text(c->compilers.items[i]),
                                 "version", pc_json_text(c->versions.items[i])));
    for (size_t i = 0; i < c->tried.n; i++)
        json_array_append_new(kernels, tried_of(&c->tried.items[i]));
    for (size_t i = 0; i < c->defects.n; i++)
        json_array_append_new(defects,
                              json_pack("{s:o,s:o}", "where",
                                        pc_json_text(c->defects.items[i].where), "what",
                                        pc_json_text(c->defects.items[i].what)));
    for (size_t i = 0; i < c->proposals.n; i++)
        json_array_append_new(proposals, proposal_of(&c->proposals.items[i]));
    return pc_json_dump(json_pack("{s:s,s:i,s:f,s:o,s:I,s:o,s:o,s:o}", "perfcourse",
                                  PACKAGE_VERSION, "code", (int)code, "seconds",
                                  (double)c->wall_ns / 1e9, "compilers", compilers,
                                  "exercises", (json_int_t)c->exercises, "kernels", kernels,
                                  "defects", defects, "proposals", proposals));
}
