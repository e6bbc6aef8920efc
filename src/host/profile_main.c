/*
 * perfcourse-profile and perfcourse-locks: time a kernel alone, and record where it spends its
 * time, or where it waits for its own threads.
 * Orders, answers and the command line are described in wire/line.h.
 */
#include <signal.h>

#include "base/err.h"
#include "host/options.h"
#include "host/orders.h"
#include "host/pair.h"
#include "host/recorder.h"
#include "sampling/sampler.h"

static bool start(struct pc_pair *pair, const struct pc_host_options *options,
                  struct pc_err *err)
{
    if (!pc_recorder_use(options))
        return pc_fail(err, PC_ENVIRONMENT, "there is no memory to record into");
    const struct pc_worker_spec spec = {
        .object = options->operands[0],
        .jail = {.memory = options->memory, .cpu_s = options->cpu_s},
        .meter = &pc_recording_meter,
        .threads = (unsigned)options->threads,
    };
    struct pc_member *member = &pair->members[PC_BASE];
    return pc_member_init(member, "candidate", err) && pc_member_start(member, &spec, err);
}

int main(int argc, char **argv)
{
    struct pc_host_options options = {.hz = PC_SAMPLER_HZ,
                                      .batch_ns = 17000000, /* in no step with the tick */
                                      .memory = 1 << 30,
                                      .cpu_s = 60};
    if (argc < 2 || !pc_host_options_parse(&options, argv + 1) || options.n_operands != 1)
        return PC_USAGE;
    signal(SIGPIPE, SIG_IGN);
    pc_member_await_last_call();
    struct pc_err err;
    struct pc_pair pair = {.sides = 1,
                           .name = "profile",
                           .batch_ns = options.batch_ns,
                           .may_sleep = true,
                           .threads = (unsigned)options.threads};
    if (start(&pair, &options, &err))
        pc_pair_serve(&pair);
    else
        pc_answer_error("%s", err.msg);
    pc_member_end(&pair.members[PC_BASE]);
    pc_pace_fini(&pair.paces[PC_BASE]);
    return PC_PASSED;
}
