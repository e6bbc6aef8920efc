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
#include "host/pair.h"

/* Take a turn of the candidate; `*cpu` is the processor time that it uses. */
static bool observe(struct pc_pair *pair, const struct pc_batch *batch,
                    struct pc_batch_answer *answer, uint64_t *cpu)
{
    struct pc_member *member = &pair->members[PC_CANDIDATE];
    uint64_t before = pc_member_cpu(member);
    if (!pc_turn_take(pair, PC_CANDIDATE, batch, answer))
        return false;
    *cpu = pc_member_cpu(member) - before;
    return true;
}

/* A batch, and the same one without its timed part. */
static bool audit_times(struct pc_pair *pair, const struct pc_batch *batch,
                        struct pc_batch_answer *answer)
{
    uint64_t whole, before;
    struct pc_batch_answer ignored;
    struct pc_batch early = {.inputs = 2 * pair->iteration + PC_CANDIDATE,
                             .start = pair->iteration,
                             .untimed = batch->untimed,
                             .spare = batch->timed};
    pair->iteration += batch->untimed + batch->timed;
    if (!observe(pair, batch, answer, &whole) || !observe(pair, &early, &ignored, &before))
        return false;
    pc_turn_compare(pair, PC_CANDIDATE, answer->span, whole > before ? whole - before : 0);
    return true;
}

/* The baseline, which is as slow as kernels get, runs the audited iterations too: as many
 * as fit into one of its batches. */
bool pc_pair_audit(struct pc_pair *pair)
{
    struct pc_batch plans[PC_SIDES];
    pc_pair_plan(pair, plans);
    pair->iteration += pc_pair_longer(pair, plans);
    struct pc_batch batch = plans[PC_CANDIDATE];
    batch.audit_at = pc_rng_below(&pair->rng, batch.timed);
    uint64_t most = batch.timed - batch.audit_at;
    if (most > plans[PC_BASE].timed)
        most = plans[PC_BASE].timed;
    batch.audited = 1 + pc_rng_below(&pair->rng, most);
    struct pc_batch_answer answers[PC_SIDES];
    if (!audit_times(pair, &batch, &answers[PC_CANDIDATE]))
        return false;
    uint64_t first = batch.start + batch.untimed + batch.audit_at;
    const struct pc_batch same = {
        .inputs = batch.inputs, .start = first, .digested = batch.audited};
    if (!pc_turn_take(pair, PC_BASE, &same, &answers[PC_BASE]))
        return false;
    const uint64_t told[] = {
        [PC_BASE] = answers[PC_BASE].digest, [PC_CANDIDATE] = answers[PC_CANDIDATE].audit};
    for (int side = 0; side < PC_SIDES; side++)
        pair->digests[side] = (pair->digests[side] ^ told[side]) * 0x9e3779b97f4a7c15;
    return told[PC_BASE] == told[PC_CANDIDATE] ||
           pc_pair_differ(pair, batch.inputs, first, batch.audited);
}
