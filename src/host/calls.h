/*
 * The system calls that a jailed process may make.
 *
 * What is in neither list is answered as a kernel without that call would (ENOSYS), so that
 * libc takes another way; this also holds for calls that are newer than this list.  What
 * has effects outside of the process is refused (EPERM), so that a message tells the truth.
 */
#ifndef PC_HOST_CALLS_H
#define PC_HOST_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Calls of one purpose, whatever their arguments. */
struct pc_call_group {
    bool allowed; /* else refused */
    const int *calls;
    size_t n;
};

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

/* A call that is allowed or refused when its conditions hold.  Rows of the same call never
 * contradict each other; where none of them holds the call is unknown. */
struct pc_call_rule {
    int call; /* SCMP_SYS(name) */
    bool allowed;
    struct pc_arg_condition when[2];
};

const struct pc_call_group *pc_call_groups(size_t *n);
const struct pc_call_rule *pc_call_rules(size_t *n);

#endif
