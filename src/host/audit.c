/*
 * Audits: what nobody looks at cannot be trusted.
 *
 * Telling results takes time, so batches that count do not.  Now and then there is a batch
 * that looks like any other from the inside, but a few iterations of its timed part, drawn
 * at random, tell their results; its time is not used.  So a kernel that finds out where
 * timed parts begin (by the processor's own counter, say) gains nothing by being lazy there.
 *
 * The times themselves are measured inside of the worker's process, where a kernel that
 * finds the host's memory can change them.  So the host compares the timed parts, as they
 * are claimed, with its own observation: the processor time of a whole turn less that of
 * one that ends before the timed part.
 */
#include "base/mem.h"
#include "host/orders.h"
#include "host/pair.h"

static bool audit_results(struct pc_pair *pair, const struct pc_batch *plan, uint64_t at,
                          uint64_t n)
{
    struct pc_batch batch = *plan;
    struct pc_batch_answer answers[PC_SIDES];
    batch.audit_at = at;
    batch.audited = n;
    if (!pc_turn_take(pair, PC_CANDIDATE, &batch, &answers[PC_CANDIDATE]))
        return false;
    uint64_t first = plan->start + plan->untimed + at;
    batch = (struct pc_batch){.inputs = plan->inputs, .start = first, .digested = n};
    if (!pc_turn_take(pair, PC_BASE, &batch, &answers[PC_BASE]))
        return false;
    const uint64_t told[] = {
        [PC_BASE] = answers[PC_BASE].digest, [PC_CANDIDATE] = answers[PC_CANDIDATE].audit};
    for (int side = 0; side < PC_SIDES; side++)
        pair->digests[side] = (pair->digests[side] ^ told[side]) * 0x9e3779b97f4a7c15;
    return told[PC_BASE] == told[PC_CANDIDATE] ||
           pc_pair_differ(pair, plan->inputs, first, n);
}

/* A turn without its timed part. */
static bool observe_pre(struct pc_pair *pair, const struct pc_batch *plan)
{
    struct pc_member *member = &pair->members[PC_CANDIDATE];
    struct pc_batch batch = *plan;
    struct pc_batch_answer answer;
    batch.spare = batch.timed;
    batch.timed = 0;
    uint64_t before = pc_member_cpu(member);
    if (!pc_turn_take(pair, PC_CANDIDATE, &batch, &answer))
        return false;
    *PC_PUSH(&pair->paces[PC_CANDIDATE].pre_cpu) = (double)(pc_member_cpu(member) - before);
    return true;
}

/* The baseline, which is as slow as kernels get, runs the audited iterations too: as many
 * as fit into one of its batches. */
bool pc_pair_audit(struct pc_pair *pair)
{
    struct pc_batch plans[PC_SIDES];
    pc_pair_plan(pair, plans);
    const struct pc_batch *plan = &plans[PC_CANDIDATE];
    uint64_t at = pc_rng_below(&pair->rng, plan->timed);
    uint64_t most = plan->timed - at;
    if (most > plans[PC_BASE].timed)
        most = plans[PC_BASE].timed;
    pair->iteration += pc_pair_longer(pair, plans);
    if (!audit_results(pair, plan, at, 1 + pc_rng_below(&pair->rng, most)))
        return false;
    struct pc_batch short_one = *plan;
    short_one.inputs = short_one.start = pair->iteration;
    pair->iteration += plan->untimed + plan->timed;
    return observe_pre(pair, &short_one);
}
