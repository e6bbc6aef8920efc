#include "host/filter.h"

#include <errno.h>
#include <seccomp.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/calls.h"

static struct scmp_arg_cmp comparison(const struct pc_arg_condition *c)
{
    struct scmp_arg_cmp cmp = {.arg = c->arg, .datum_a = c->value};
    if (c->op == PC_ARG_MASKED) {
        cmp.op = SCMP_CMP_MASKED_EQ;
        cmp.datum_a = c->mask;
        cmp.datum_b = c->value;
    } else {
        cmp.op = c->op == PC_ARG_IS ? SCMP_CMP_EQ : SCMP_CMP_NE;
    }
    return cmp;
}

static int add_rule(scmp_filter_ctx filter, const struct pc_call_rule *rule)
{
    struct scmp_arg_cmp when[PC_COUNT(rule->when)];
    unsigned n = 0;
    while (n < PC_COUNT(when) && rule->when[n].op != PC_ARG_ANY) {
        when[n] = comparison(&rule->when[n]);
        n++;
    }
    uint32_t action = rule->allowed ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM);
    int rc = seccomp_rule_add_array(filter, action, rule->call, n, when);
    return rc == -EDOM ? 0 : rc; /* this architecture has no such call */
}

static int add_groups(scmp_filter_ctx filter)
{
    size_t n;
    const struct pc_call_group *groups = pc_call_groups(&n);
    int rc = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < groups[i].n && rc == 0; k++)
            rc = add_rule(filter, &(struct pc_call_rule){.call = groups[i].calls[k],
                                                         .allowed = groups[i].allowed});
    return rc;
}

static int add_rules(scmp_filter_ctx filter, const struct pc_call_rule *rules, size_t n)
{
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = add_rule(filter, &rules[i]);
    return rc;
}

/* What depends on the process: it may signal itself, as abort() does, and become one
 * program. */
static int add_own_rules(scmp_filter_ctx filter, const char *program)
{
    const struct pc_arg_condition itself = {PC_ARG_IS, 0, (uint64_t)getpid(), 0};
    const struct pc_arg_condition another = {PC_ARG_IS_NOT, 0, (uint64_t)getpid(), 0};
    const struct pc_arg_condition this_one = {PC_ARG_IS, 0, (uintptr_t)program, 0};
    const struct pc_arg_condition another_one = {PC_ARG_IS_NOT, 0, (uintptr_t)program, 0};
    /* Nobody can pass NULL as a program, so without one none is left. */
    const struct pc_call_rule rules[] = {
        {SCMP_SYS(kill), true, {itself}},     {SCMP_SYS(kill), false, {another}},
        {SCMP_SYS(tgkill), true, {itself}},   {SCMP_SYS(tgkill), false, {another}},
        {SCMP_SYS(execve), true, {this_one}}, {SCMP_SYS(execve), false, {another_one}},
    };
    return add_rules(filter, rules, PC_COUNT(rules));
}

static int load(scmp_filter_ctx filter, const char *program)
{
    size_t n;
    const struct pc_call_rule *rules = pc_call_rules(&n);
    int rc = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (rc == 0)
        rc = add_groups(filter);
    if (rc == 0)
        rc = add_rules(filter, rules, n);
    if (rc == 0)
        rc = add_own_rules(filter, program);
    /* Older kernels switch the speculative-store bypass off for filtered processes, which
     * would slow the kernel that is to be timed. */
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
    /* A decision tree instead of a list: each system call passes the filter. */
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    /* The errno of the kernel instead of "it was cancelled". */
    seccomp_attr_set(filter, SCMP_FLTATR_API_SYSRAWRC, 1);
    return rc == 0 ? seccomp_load(filter) : rc;
}

int pc_filter_enter(const char *program)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter)
        return ENOMEM;
    int rc = load(filter, program);
    seccomp_release(filter);
    return -rc;
}
