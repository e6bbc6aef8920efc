/*
 * Latencies of single operations, of both sides in turn.
 *
 * Batches are longer than for pairs: a stall delays the operations that are due during it,
 * and they should be of the same batch.  So the system will take the processor away from
 * some of them, for milliseconds, which at a fixed rate hits hundreds of operations; these
 * batches are not used, whatever was measured in them.  Each worker adds to a histogram in
 * the memory it shares with the host, which checks what it can: how many there are, and
 * that, one after another, they add up to the time that has passed.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/orders.h"
#include "host/pair.h"

/* Shorter than the host's looks at whether a worker still lives, which interrupt it; where
 * other work interrupts most of them, as short as the slices that it leaves. */
static const double batch_ns = 2000000, shortest_ns = 400000;

enum { AUDIT_EVERY = 8, ROUNDS_MIN = 4, MS_MAX = 60000 };

/* One after another, latencies are the timed part but for what lies between them: two
 * readings of the clock and the recording.  The system may have interrupted just there, so a
 * quarter of the batches may say what they like. */
static const double least_told = 0.5, most_told = 1.05;
static const double recording_ns = 100;
enum { READINGS = 2, READINGS_TRIED = 1000 };

/* What is known of each side. */
struct sums {
    struct bench_latencies latencies[PC_SIDES];
    struct pc_doubles told[PC_SIDES]; /* latencies by the time that they must fill */
    double between;                   /* ns between two latencies, at most */
    double batch_ns;                  /* of the next batches */
};

static double clock_cost(void)
{
    int64_t begin = pc_now(), end = begin;
    for (int k = 0; k < READINGS_TRIED; k++)
        end = pc_now();
    return (double)(end - begin) / READINGS_TRIED;
}

static const char too_different[] = "its latencies do not add up to its time";

/* A bench that tells latencies of its own may tell any number of them, of anything. */
static bool plausible(const struct pc_pair *pair, enum pc_side side, uint64_t ops,
                      const struct pc_batch_answer *claim, struct sums *sums)
{
    const struct pc_member *member = &pair->members[side];
    const struct pc_mailbox *box = member->box;
    const struct pc_mailbox *base = pair->members[PC_BASE].box;
    if (box->answer.own_latencies != base->answer.own_latencies ||
        box->answer.is_paced != base->answer.is_paced)
        return pc_answer_refused(member, "it measures in another way than its bench");
    if (box->answer.own_latencies)
        return true;
    if (box->latencies.count != ops)
        return pc_answer_refused(member, "it told latencies that are not its own");
    if (claim->elapsed != claim->span || box->answer.is_paced)
        return true;
    double told = bench_latencies_total(&box->latencies), span = (double)claim->span;
    double filled = span - (double)ops * sums->between;
    if (told > most_told * (span + sums->between))
        return pc_answer_refused(member, too_different);
    if (filled > 0)
        *PC_PUSH(&sums->told[side]) = told / filled;
    return true;
}

static bool adds_up(const struct pc_pair *pair, struct sums *sums)
{
    for (int side = 0; side < pair->sides; side++) {
        struct pc_doubles *told = &sums->told[side];
        if (told->n >= ROUNDS_MIN && pc_quantile(told->items, told->n, 0.75) < least_told)
            return pc_answer_refused(&pair->members[side], too_different);
    }
    return true;
}

static bool run_batch(struct pc_pair *pair, enum pc_side side, const struct pc_batch *batch,
                      struct sums *sums)
{
    static const char key[] = "nonvoluntary_ctxt_switches:";
    const struct pc_member *member = &pair->members[side];
    struct pc_batch_answer claim;
    bench_latencies_clear(&member->box->latencies);
    uint64_t before = pc_member_status(member, key);
    if (!pc_turn_take(pair, side, batch, &claim) ||
        !plausible(pair, side, batch->timed, &claim, sums))
        return false;
    if (pc_member_status(member, key) == before)
        bench_latencies_merge(&sums->latencies[side], &member->box->latencies);
    else if (sums->batch_ns > shortest_ns)
        sums->batch_ns *= 0.8;
    return true;
}

static bool run_batches(struct pc_pair *pair, struct sums *sums)
{
    struct pc_batch batches[PC_SIDES] = {0};
    pc_pair_plan(pair, batches);
    for (int side = 0; side < pair->sides; side++) {
        double each = pair->paces[side].ns + sums->between;
        batches[side].timed = 1 + (uint64_t)(sums->batch_ns / each);
        batches[side].each = true;
        batches[side].cpu_clock = false;
    }
    pair->iteration += pc_pair_longer(pair, batches);
    enum pc_side first = pc_rng_below(&pair->rng, (uint64_t)pair->sides);
    for (int k = 0; k < pair->sides; k++) {
        enum pc_side side = k == 0 ? first : !first;
        if (!run_batch(pair, side, &batches[side], sums))
            return false;
    }
    return true;
}

static bool answer(const struct pc_pair *pair, const struct sums *sums)
{
    static const struct {
        const char *name;
        double share;
    } quantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    for (int side = 0; side < pair->sides; side++) {
        const struct bench_latencies *l = &sums->latencies[side];
        pc_pair_add(&line, pair, side, "ops", "%" PRIu64, l->count);
        for (size_t k = 0; k < PC_COUNT(quantiles); k++)
            pc_pair_add(&line, pair, side, quantiles[k].name, "%.17g",
                        bench_latencies_quantile(l, quantiles[k].share));
        pc_pair_add(&line, pair, side, "max", "%" PRIu64, bench_latencies_max(l));
    }
    for (int side = 0; side < pair->sides; side++)
        pc_pair_add(&line, pair, side, "digest", "%" PRIx64, pair->digests[side]);
    return pc_answer_send(&line);
}

static bool enough(const struct pc_pair *pair, const struct sums *sums, uint64_t ops)
{
    bool all = true;
    for (int side = 0; side < pair->sides; side++)
        all &= sums->latencies[side].count >= ops;
    return all;
}

static bool run(struct pc_pair *pair, struct sums *sums, uint64_t ops, uint64_t ms)
{
    int64_t end = pc_now() + (int64_t)ms * 1000000;
    sums->between = READINGS * clock_cost() + recording_ns;
    sums->batch_ns = batch_ns;
    pc_turn_forget(pair);
    for (uint64_t k = 0; k < ROUNDS_MIN || (!enough(pair, sums, ops) && pc_now() < end);
         k++) {
        bool audit = pair->sides == PC_SIDES &&
                     (k == 0 || pc_rng_below(&pair->rng, AUDIT_EVERY) == 0);
        if ((audit && !pc_pair_audit(pair)) || !run_batches(pair, sums))
            return false;
    }
    return adds_up(pair, sums) && pc_turn_plausible(pair) && answer(pair, sums);
}

bool pc_tails_serve(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    uint64_t ops, ms;
    if (!pair->is_set_up)
        return pc_answer_error("tails come after setup");
    if (!pc_line_u64(order, "ops", &ops) || !pc_line_u64(order, "ms", &ms) || ms > MS_MAX)
        return pc_answer_error("tails needs ops and ms");
    if (pair->threads)
        return pc_answer_error("latencies of parallel benches are not measured here");
    struct sums *sums = pc_alloc(sizeof *sums);
    bool going = run(pair, sums, ops, ms);
    for (int side = 0; side < PC_SIDES; side++)
        free(sums->told[side].items);
    free(sums);
    return going;
}
