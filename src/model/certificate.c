#include "model/certificate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void pc_certificate_add_defect(struct pc_certificate *certificate, char *where, char *what)
{
    *PC_PUSH(&certificate->defects) = (struct pc_defect){.where = where, .what = what};
}

void pc_certificate_fini(struct pc_certificate *c)
{
    for (size_t i = 0; i < c->tried.n; i++) {
        free(c->tried.items[i].kernel);
        pc_words_fini(&c->tried.items[i].declared);
        pc_words_fini(&c->tried.items[i].found);
    }
    for (size_t i = 0; i < c->defects.n; i++) {
        free(c->defects.items[i].where);
        free(c->defects.items[i].what);
    }
    free(c->tried.items);
    free(c->defects.items);
    free(c->proposals.items);
    pc_words_fini(&c->compilers);
    pc_words_fini(&c->versions);
    *c = (struct pc_certificate){0};
}
