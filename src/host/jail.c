#include "host/jail.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/forbidden.h"

static bool sandbox_is(const char *word)
{
    const char *mode = getenv("PERFCOURSE_SANDBOX");
    return mode && strcmp(mode, word) == 0;
}

/* Lower a limit; one that is lower already stays. */
static bool lower_limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return false;
    if (hard < limit.rlim_max)
        limit.rlim_max = hard;
    if (soft < limit.rlim_cur)
        limit.rlim_cur = soft;
    if (limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    return setrlimit(resource, &limit) == 0;
}

static bool set_limits(const struct pc_jail *jail)
{
    static const struct {
        int resource;
        rlim_t limit;
    } rows[] = {
        {RLIMIT_CORE, 0},          {RLIMIT_FSIZE, 1 << 20}, {RLIMIT_NOFILE, 64},
        {RLIMIT_MEMLOCK, 1 << 20}, {RLIMIT_MSGQUEUE, 0},    {RLIMIT_RTPRIO, 0},
        {RLIMIT_NICE, 0},
    };
    bool done = true;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        done &= lower_limit(rows[i].resource, rows[i].limit, rows[i].limit);
    /* A stack without limit turns an endless recursion into a lack of memory. */
    done &= lower_limit(RLIMIT_STACK, 8 << 20, RLIM_INFINITY);
    if (jail->memory)
        done &= lower_limit(RLIMIT_AS, jail->memory, jail->memory);
    /* SIGXCPU names the cause; the hard limit is for those who ignore it. */
    if (jail->cpu_s)
        done &= lower_limit(RLIMIT_CPU, jail->cpu_s, jail->cpu_s + 1);
    return done;
}

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

static bool add_rule(scmp_filter_ctx filter, const struct pc_forbidden *row)
{
    struct scmp_arg_cmp when[PC_COUNT(row->when)];
    unsigned n = 0;
    while (n < PC_COUNT(when) && row->when[n].op != PC_ARG_ANY) {
        when[n] = comparison(&row->when[n]);
        n++;
    }
    int rc = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO((uint16_t)row->error), row->call,
                                    n, when);
    return rc == 0 || rc == -EDOM; /* this architecture has no such call */
}

/* What depends on the process: it may signal itself, as abort() does, and become one
 * program. */
static bool add_own_rules(scmp_filter_ctx filter, const struct pc_jail *jail)
{
    const struct pc_arg_condition another = {PC_ARG_IS_NOT, 0, (uint64_t)getpid(), 0};
    const struct pc_arg_condition other_program = {
        jail->program ? PC_ARG_IS_NOT : PC_ARG_ANY, 0, (uintptr_t)jail->program, 0};
    const struct pc_forbidden rows[] = {
        {SCMP_SYS(kill), EPERM, {another}},
        {SCMP_SYS(tgkill), EPERM, {another}},
        {SCMP_SYS(execve), EPERM, {other_program}},
    };
    bool done = true;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        done &= add_rule(filter, &rows[i]);
    return done;
}

static bool load_filter(const struct pc_jail *jail)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    bool done = true;
    size_t n;
    const struct pc_forbidden *rows = pc_forbidden_calls(&n);
    for (size_t i = 0; i < n; i++)
        done &= add_rule(filter, &rows[i]);
    done &= add_own_rules(filter, jail);
    /* Older kernels switch the speculative-store bypass off for filtered processes, which
     * would slow the kernel that is to be timed. */
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
    /* A decision tree instead of a list: each system call passes the filter. */
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    done &= seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

enum pc_jail_level pc_jail_enter(const struct pc_jail *jail)
{
    bool done = set_limits(jail);
    done &= prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    done &= prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    if (sandbox_is("off"))
        return PC_JAIL_OFF;
    done &= load_filter(jail);
    return done ? PC_JAIL_FULL : PC_JAIL_PARTIAL;
}

bool pc_jail_suffices(enum pc_jail_level level)
{
    return level == PC_JAIL_FULL || !sandbox_is("strict");
}

const char *pc_jail_name(enum pc_jail_level level)
{
    return level == PC_JAIL_FULL ? "full" : level == PC_JAIL_PARTIAL ? "partial" : "off";
}
