/*
 * perfcourse-count: counts what each operation of a kernel allocates.
 * Orders, answers and the command line are described in wire/line.h.
 */
#include <signal.h>
#include <string.h>

#include "base/err.h"
#include "host/count.h"
#include "host/options.h"
#include "host/orders.h"
#include "sampling/sites.h"

static bool start(struct pc_count *count, const struct pc_host_options *options,
                  struct pc_err *err)
{
    count->tally = pc_shared_create(sizeof *count->tally);
    if (!count->tally)
        return pc_fail_errno(err, "no shared memory for counters");
    if (options->stacks && !(count->sites = pc_sites_map()))
        return pc_fail(err, PC_ENVIRONMENT, "there is no memory to record calls into");
    pc_counter_use(count->tally, count->sites);
    count->calls = count->tally->calls_only = options->calls;
    count->tracer.counting = &count->tally->recording;
    const struct pc_worker_spec spec = {
        .object = options->operands[0],
        .jail = {.memory = options->memory, .cpu_s = options->cpu_s},
        .meter = &pc_counter,
    };
    if (!pc_member_init(&count->member, "kernel", err))
        return false;
    if (count->calls)
        count->member.tracer = &count->tracer;
    return pc_member_start(&count->member, &spec, err);
}

int main(int argc, char **argv)
{
    struct pc_host_options options = {.cpu = -1, .memory = 1 << 30, .cpu_s = 60};
    if (argc < 2 || !pc_host_options_parse(&options, argv + 1) || options.n_operands != 1 ||
        pc_jail_mode() == PC_JAIL_UNKNOWN)
        return PC_USAGE;
    signal(SIGPIPE, SIG_IGN);
    pc_member_await_last_call();
    struct pc_err err;
    struct pc_count count = {.iteration = 0};
    if (start(&count, &options, &err))
        pc_count_serve(&count);
    else
        pc_answer_error("%s", err.msg);
    pc_member_end(&count.member);
    return PC_PASSED;
}
