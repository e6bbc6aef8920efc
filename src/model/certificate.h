/*
 * What certifying the course found: each kernel that it holds, tried with each compiler, and
 * what is wrong with the course.
 */
#ifndef PC_MODEL_CERTIFICATE_H
#define PC_MODEL_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/words.h"
#include "model/course.h"
#include "model/verdict.h"

enum pc_role { PC_ROLE_STARTER, PC_ROLE_REFERENCE, PC_ROLE_MUTANT };

/* One limit and what a kernel made of it. */
struct pc_margin {
    char metric[PC_METRIC_NAME];
    double value, bound;
    bool at_most; /* the bound is a maximum */
    bool passed;
    bool is_unsure; /* neither passed nor missed */
    double factor;  /* how far from the bound, on its side: at least 1; may be INFINITY */
};

/* A kernel of the course, tried with one compiler. */
struct pc_tried {
    const struct pc_exercise *exercise;
    const char *compiler; /* the certificate's */
    enum pc_role role;
    char *kernel;             /* "starter", "reference" or the mutant's name */
    struct pc_words declared; /* why it must be refused; none for a reference */
    struct pc_words found;    /* why it was; "unsure" when that is not known */
    bool again;               /* measured a second time, with a larger budget */
    struct pc_margin margins[PC_GOALS_MAX];
    size_t n_margins;
    double low, high; /* 95 % interval of the speed-up, NAN when it was not timed */
    uint32_t restarts;
};

/* Something that must not be shipped as it is. */
struct pc_defect {
    char *where; /* "07.1 join_names, gcc, starter" */
    char *what;  /* one sentence */
};

/* A limit that the measured values would allow; bounds that are not proposed are NAN. */
struct pc_proposal {
    const struct pc_exercise *exercise;
    char metric[PC_METRIC_NAME];
    bool at_most;
    double bound, silver, gold;
    double now;              /* the bound of today */
    double reference;        /* the worst of the references */
    double nearest;          /* the best of what it must refuse, NAN when that is nothing */
    const char *nearest_one; /* the name of that kernel */
};

struct pc_certificate {
    struct {
        struct pc_tried *items;
        size_t n, cap;
    } tried;
    struct {
        struct pc_defect *items;
        size_t n, cap;
    } defects;
    struct {
        struct pc_proposal *items;
        size_t n, cap;
    } proposals;
    struct pc_words compilers; /* "gcc", "clang" */
    struct pc_words versions;  /* "gcc 12.2.0" */
    size_t exercises;
    int64_t wall_ns;
};

/* `where` and `what` become the certificate's. */
void pc_certificate_add_defect(struct pc_certificate *certificate, char *where, char *what);

void pc_certificate_fini(struct pc_certificate *certificate);

#endif
