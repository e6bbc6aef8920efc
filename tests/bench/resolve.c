/*
 * resolve BASE.so CANDIDATE.so BUDGET_MS [LIMIT]: is the candidate LIMIT times as fast as the
 * base (once, unless it is given), by the method of a check?  Prints "faster", "slower" or
 * "unsure", the seconds it took, the ratio, and the number of restarts.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "judge/judge.h"
#include "loop/loop.h"
#include "runner/runner.h"

struct resolve {
    struct pc_loop *loop;
    struct pc_speed_judge *judge;
    struct pc_speed speed;
};

static bool restart(void *ctx, const struct pc_restart *restart)
{
    struct resolve *r = ctx;
    return pc_speed_judge_add(r->judge, restart) == PC_GOES_ON;
}

static void done(void *ctx, const struct pc_pair_end *end)
{
    struct resolve *r = ctx;
    pc_speed_judge_summary(r->judge, end->out_of_time, &r->speed);
    r->speed.wall_ns = end->wall_ns;
    pc_loop_stop(r->loop);
}

int main(int argc, char **argv)
{
    static const struct pc_pair_ops ops = {.restart = restart, .done = done};
    const struct pc_speed_limit limit = {.set = true,
                                         .min = argc > 4 ? strtod(argv[4], NULL) : 1};
    static const struct pc_bench_spec bench = {.bench = ""};
    struct pc_err err = {.msg = "resolve BASE.so CANDIDATE.so BUDGET_MS [LIMIT]"};
    PC_AUTO(pc_auto_free) char *libexec = pc_libexecdir(&err);
    struct resolve r = {.loop = argc >= 4 && limit.min > 0 && libexec ? pc_loop_create(&err)
                                                                      : NULL};
    if (r.loop) {
        struct pc_host_spec host = {.libexec = libexec, .work_dir = "/"};
        r.judge = pc_speed_judge_create(&limit);
        if (pc_pair_start(r.loop, &host, argv[1], argv[2], &bench, pc_rng_fresh_seed(),
                          strtol(argv[3], NULL, 10), &ops, &r, &err))
            pc_loop_run(r.loop);
    }
    if (r.speed.wall_ns == 0) {
        fprintf(stderr, "resolve: %s\n", err.msg);
        return EXIT_FAILURE;
    }
    printf("%s %.3f %.6f %u\n",
           r.speed.decision == PC_DECIDED_PASS   ? "faster"
           : r.speed.decision == PC_DECIDED_FAIL ? "slower"
                                                 : "unsure",
           (double)r.speed.wall_ns / 1e9, r.speed.ratio, r.speed.restarts);
    pc_speed_judge_free(r.judge);
    pc_loop_free(r.loop);
    return EXIT_SUCCESS;
}
