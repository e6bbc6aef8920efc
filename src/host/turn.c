#include "host/pair.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/orders.h"

/* A worker may claim this much more than passed by our clock: clocks are read at slightly
 * different moments, and processor time is not counted by the same one. */
static const uint64_t clock_slack = 20000;

/* Honest workers claim 90 % and more of the processor time that they use in a turn; the
 * rest is waking up and answering.  The median is asked, so that single turns, in which an
 * interrupt was charged to the worker, do not count. */
static const double least_share = 0.5;

/* Of the timed parts alone, as the host sees them, honest workers claim 0.87 to 1.16 on
 * average.  Single observations are spoiled by whatever else runs, so a quarter of them may
 * say what they like, and there must be some. */
static const double least_part = 0.5;
enum { PARTS_MIN = 3 };

/* Passing the turn on costs a worker a few microseconds after it has answered; somebody who
 * goes on working uses as much as there is. */
static const double most_idle = 0.25;

/* Of several threads that share the processors with one that goes on, the one gets less.
 * Each needs a while to lie down behind a turn; where the machine is busy turns are short. */
static const double most_idle_of_threads = 0.1;
static const uint64_t lying_down_ns = 10000;

/* The processor time that must show in the claims: of several threads at least the longest
 * one, when they all ran side by side. */
static double least_claim(const struct pc_pair *pair, uint64_t cpu)
{
    long processors = pair->threads ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
    if (processors > (long)pair->threads && pair->threads > 0)
        processors = (long)pair->threads;
    return (double)cpu / (double)(processors > 0 ? processors : 1);
}

void pc_turn_compare(struct pc_pair *pair, enum pc_side side, uint64_t span, uint64_t cpu)
{
    double least = least_claim(pair, cpu);
    /* Threads that wait for one another at the start of a timed part are awake, for as long
     * as the system does not run all of them: that is in `cpu` and not in the part. */
    if (least > 0 && !pair->threads)
        *PC_PUSH(&pair->paces[side].parts) = (double)span / least;
}

bool pc_turn_take(struct pc_pair *pair, enum pc_side side, const struct pc_batch *batch,
                  struct pc_batch_answer *answer)
{
    struct pc_member *member = &pair->members[side];
    struct pc_pace *pace = &pair->paces[side];
    member->box->order.batch = *batch;

    uint64_t cpu_before = pc_member_cpu(member);
    int64_t before = pc_now();
    if (!pc_answer_call(member, PC_ORDER_BATCH))
        return false;
    uint64_t passed = (uint64_t)(pc_now() - before);
    uint64_t cpu_after = pc_member_cpu(member);

    *answer = member->box->answer.batch;
    if (answer->elapsed > answer->span + clock_slack ||
        answer->pre > passed + clock_slack || answer->span > passed + clock_slack ||
        answer->pre + answer->span > passed + clock_slack)
        return pc_answer_refused(member, "it claims more time than has passed");
    if (pace->cpu_seen) {
        pace->cpu_idle += cpu_before - pace->cpu_seen;
        pace->pauses++;
    }
    pace->cpu_busy += cpu_after - cpu_before;
    pace->cpu_seen = cpu_after;
    double least = least_claim(pair, cpu_after - cpu_before);
    if (batch->timed && least > 0) {
        *PC_PUSH(&pace->shares) = (double)(answer->pre + answer->span) / least;
        pace->stops |= answer->elapsed != answer->span;
    }
    return true;
}

void pc_pace_fini(struct pc_pace *pace)
{
    free(pace->shares.items);
    free(pace->parts.items);
}

void pc_turn_forget(struct pc_pair *pair)
{
    for (int side = 0; side < pair->sides; side++) {
        struct pc_pace *pace = &pair->paces[side];
        pace->shares.n = pace->parts.n = 0;
        pace->stops = false;
        pace->cpu_idle = pace->cpu_busy = pace->pauses = 0;
    }
}

/* Processor time that a worker may use while it waits. */
static double idle_allowed(const struct pc_pair *pair, const struct pc_pace *pace)
{
    double busy = (double)pace->cpu_busy;
    if (!pair->threads)
        return most_idle * busy;
    return most_idle_of_threads * busy +
           (double)(pace->pauses * pair->threads * lying_down_ns);
}

bool pc_turn_plausible(struct pc_pair *pair)
{
    struct pc_pace *paces = pair->paces;
    /* Both run the same bench, and the baseline is ours. */
    if (pair->sides == PC_SIDES && paces[PC_CANDIDATE].stops && !paces[PC_BASE].stops)
        return pc_answer_refused(&pair->members[PC_CANDIDATE],
                                 "it stops a clock that its bench lets run");
    int first = pair->sides == PC_SIDES ? PC_CANDIDATE : 0;
    for (int side = first; side < pair->sides; side++) {
        struct pc_pace *pace = &pair->paces[side];
        const struct pc_member *member = &pair->members[side];
        if (pace->shares.n && pc_median(pace->shares.items, pace->shares.n) < least_share)
            return pc_answer_refused(member, "it claims less time than it has used");
        if (pace->parts.n >= PARTS_MIN &&
            pc_quantile(pace->parts.items, pace->parts.n, 0.75) < least_part)
            return pc_answer_refused(member, "it works longer than its timed parts say");
        if ((double)pace->cpu_idle > idle_allowed(pair, pace))
            return pc_answer_refused(member, "it goes on working when it is not its turn");
    }
    return true;
}
