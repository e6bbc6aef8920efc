/*
 * The system calls that a jailed process may not make, one row each.
 *
 * A row forbids a call altogether, or when its conditions on the arguments hold; several
 * rows of the same call add up.
 */
#ifndef PC_HOST_FORBIDDEN_H
#define PC_HOST_FORBIDDEN_H

#include <stddef.h>
#include <stdint.h>

enum pc_arg_op {
    PC_ARG_ANY,    /* no condition, and none follows */
    PC_ARG_IS,     /* argument `arg` equals `value` */
    PC_ARG_IS_NOT, /* it does not */
    PC_ARG_MASKED, /* argument `arg` & `mask` equals `value` */
};

struct pc_arg_condition {
    enum pc_arg_op op;
    unsigned arg;
    uint64_t value, mask;
};

struct pc_forbidden {
    int call;  /* SCMP_SYS(name) */
    int error; /* what the caller sees */
    struct pc_arg_condition when[2];
};

const struct pc_forbidden *pc_forbidden_calls(size_t *n);

#endif
