/*
 * Latencies of single operations, of both sides in turn.
 *
 * Batches as for pairs, but longer: a stall delays the operations that are due during it,
 * and they should be of the same batch.  Each worker adds to a histogram in the memory it
 * shares with the host, which checks what it can: how many there are, and that, one after
 * another, they add up to the time that has passed.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/orders.h"
#include "host/pair.h"

static const uint64_t batch_ns = 4000000, paced_batch_ns = 20000000;

enum { AUDIT_EVERY = 4, MS_MAX = 60000 };

/* One after another, latencies are the timed part but for what lies between them. */
static const double least_told = 0.5, most_told = 1.05;

/* What a side has been asked for and has claimed. */
struct asked {
    uint64_t ops, span, elapsed;
};

static bool run_batches(struct pc_pair *pair, struct asked asked[PC_SIDES])
{
    struct pc_batch batches[PC_SIDES] = {0};
    pc_pair_plan(pair, batches);
    for (int side = 0; side < pair->sides; side++) {
        bool paced = pair->members[side].box->answer.is_paced;
        batches[side].timed *= (paced ? paced_batch_ns : batch_ns) / pair->batch_ns + 1;
        batches[side].each = true;
        batches[side].cpu_clock = false;
    }
    pair->iteration += pc_pair_longer(pair, batches);
    enum pc_side first = pc_rng_below(&pair->rng, (uint64_t)pair->sides);
    for (int k = 0; k < pair->sides; k++) {
        enum pc_side side = k == 0 ? first : !first;
        struct pc_batch_answer answer;
        if (!pc_turn_take(pair, side, &batches[side], &answer))
            return false;
        asked[side].ops += batches[side].timed;
        asked[side].span += answer.span;
        asked[side].elapsed += answer.elapsed;
    }
    return true;
}

/* A bench that tells latencies of its own may tell any number of them, of anything. */
static bool plausible(const struct pc_pair *pair, enum pc_side side,
                      const struct asked *asked)
{
    const struct pc_member *member = &pair->members[side];
    const struct pc_mailbox *box = member->box;
    const struct pc_mailbox *base = pair->members[PC_BASE].box;
    if (box->answer.own_latencies != base->answer.own_latencies ||
        box->answer.is_paced != base->answer.is_paced)
        return pc_answer_refused(member, "it measures in another way than its bench");
    if (box->answer.own_latencies)
        return true;
    if (box->latencies.count != asked->ops)
        return pc_answer_refused(member, "it told latencies that are not its own");
    double told = bench_latencies_total(&box->latencies);
    double span = (double)asked->span + 1000;
    bool whole = asked->elapsed == asked->span && !box->answer.is_paced;
    if (whole && (told < least_told * (double)asked->span || told > most_told * span))
        return pc_answer_refused(member, "its latencies do not add up to its time");
    return true;
}

static bool answer(const struct pc_pair *pair)
{
    static const struct {
        const char *name;
        double share;
    } quantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    for (int side = 0; side < pair->sides; side++) {
        const struct bench_latencies *l = &pair->members[side].box->latencies;
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

static bool enough(const struct pc_pair *pair, uint64_t ops)
{
    bool all = true;
    for (int side = 0; side < pair->sides; side++)
        all &= pair->members[side].box->latencies.count >= ops;
    return all;
}

static bool run(struct pc_pair *pair, uint64_t ops, uint64_t ms)
{
    struct asked asked[PC_SIDES] = {0};
    int64_t end = pc_now() + (int64_t)ms * 1000000;
    for (int side = 0; side < pair->sides; side++)
        bench_latencies_clear(&pair->members[side].box->latencies);
    pc_turn_forget(pair);
    for (uint64_t k = 0; !enough(pair, ops) && (k == 0 || pc_now() < end); k++) {
        bool audit = pair->sides == PC_SIDES &&
                     (k == 0 || pc_rng_below(&pair->rng, AUDIT_EVERY) == 0);
        if ((audit && !pc_pair_audit(pair)) || !run_batches(pair, asked))
            return false;
    }
    for (int side = 0; side < pair->sides; side++)
        if (!plausible(pair, side, &asked[side]))
            return false;
    return pc_turn_plausible(pair) && answer(pair);
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
    return run(pair, ops, ms);
}
