#include "host/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/crash.h"
#include "host/crew.h"

/* The host trusts its own strings, but a kernel may have overwritten the memory. */
static void order_name(const struct pc_mailbox *box, char name[PC_BOX_NAME])
{
    memcpy(name, box->order.name, PC_BOX_NAME);
    name[PC_BOX_NAME - 1] = '\0';
}

static void answer(struct pc_worker *worker, enum pc_answer_kind kind)
{
    worker->box->answer.kind = kind;
    pc_mailbox_pass(worker->box, PC_TURN_HOST);
}

static void answer_text(struct pc_worker *worker, enum pc_answer_kind kind,
                        const char *text)
{
    snprintf(worker->box->answer.text, sizeof worker->box->answer.text, "%s", text);
    answer(worker, kind);
}

static void await_order(struct pc_worker *worker)
{
    pc_mailbox_await(worker->box, PC_TURN_WORKER, -1);
}

/* Latencies are kept in timed parts of batches that are run for them, where the host
 * gathers them.  What the bench measures itself counts instead of what the pacer does. */
static void keep_latency(struct bench *b, uint64_t ns)
{
    struct pc_worker *worker = pc_worker_of(b);
    bool own = !worker->core.pacer.recording;
    worker->own_latencies |= own;
    if (worker->phase == PC_PHASE_TIMED && worker->box->order.batch.each && !b->digesting &&
        own == worker->own_latencies)
        bench_latencies_add(&worker->box->latencies, ns);
}

static void tell_metrics(struct pc_worker *worker)
{
    const struct bench_core *core = &worker->core;
    struct pc_mailbox *box = worker->box;
    box->answer.n_metrics = core->n_metrics;
    for (unsigned i = 0; i < core->n_metrics && i < PC_BOX_METRICS; i++) {
        memcpy(box->answer.metrics[i].unit, core->metrics[i].unit,
               sizeof box->answer.metrics[i].unit);
        box->answer.metrics[i].value = core->metrics[i].value;
    }
}

static void answer_batch(struct pc_worker *worker)
{
    struct bench_core *core = &worker->core;
    if (core->failures > 0) {
        answer_text(worker, PC_ANSWER_FAILED, core->failure);
        return;
    }
    worker->box->answer.batch.digest = core->digest;
    worker->box->answer.own_latencies = worker->own_latencies;
    worker->box->answer.is_paced = core->pacer.gap > 0;
    tell_metrics(worker);
    answer(worker, PC_ANSWER_DONE);
}

/* Let the loop run `n` iterations from number `start` on. */
static bool iterate(struct bench *b, uint64_t start, uint64_t n, bool digesting)
{
    b->digesting = digesting;
    b->i = start + 1; /* the first one runs at once */
    b->end = start + n;
    return true;
}

static void await_batch(struct pc_worker *worker)
{
    answer_batch(worker); /* or the set-up, the first time */
    worker->looped = true;
    await_order(worker);
    worker->received = bench_core_now();
    worker->core.digest = 0;
    worker->box->answer.batch = (struct pc_batch_answer){0};
    if (worker->box->order.kind != PC_ORDER_BATCH)
        return;
    const struct pc_batch *batch = &worker->box->order.batch;
    bench_core_renew(&worker->core, batch->inputs, batch->start,
                     batch->digested + batch->untimed + batch->timed + batch->spare);
}

/* The timed iterations run in one stretch; with an audit in up to three: before it, the
 * audited ones, behind it.  False when all have run. */
static bool iterate_timed(struct pc_worker *worker)
{
    struct bench_core *core = &worker->core;
    const struct pc_batch *batch = &worker->box->order.batch;
    uint64_t first = batch->start + batch->digested + batch->untimed;
    uint64_t from = worker->stretch_end, until = batch->timed;
    bool digesting = batch->digests_timed;
    if (batch->audited && from < batch->audit_at) {
        until = batch->audit_at;
    } else if (batch->audited && from == batch->audit_at) {
        until = from + batch->audited;
        worker->digest_before = core->digest;
        core->digest = 0;
        digesting = true;
    } else if (batch->audited && from == batch->audit_at + batch->audited) {
        worker->box->answer.batch.audit = core->digest;
        core->digest = worker->digest_before;
    }
    if (from == batch->timed)
        return false;
    worker->stretch_begin = from;
    worker->stretch_end = until;
    return iterate(&core->b, first + from, until - from, digesting);
}

/* Time the iterations of this stretch one by one, when that is what the batch is for or the
 * bench has set a rate. */
static void pace(struct pc_worker *worker)
{
    struct bench_core *core = &worker->core;
    if (!core->b.digesting && !worker->has_crew &&
        (worker->box->order.batch.each || core->pacer.gap > 0))
        bench_pacer_begin(core, worker->stretch_end - worker->stretch_begin);
}

/* The bench's loop asks for more: go on to the next part of the batch that is not empty. */
static bool next(struct bench *b)
{
    struct pc_worker *worker = pc_worker_of(b);
    if (worker->phase == PC_PHASE_TIMED) {
        if (bench_pacer_next(&worker->core))
            return true;
        if (iterate_timed(worker)) {
            pace(worker);
            return true;
        }
        if (!worker->has_crew)
            worker->meter->end(worker);
    }
    const struct pc_batch *batch = &worker->box->order.batch;
    for (;;) {
        switch (worker->phase) {
        case PC_PHASE_TIMED:
            worker->phase = PC_PHASE_WAITING;
            break;
        case PC_PHASE_WAITING:
            await_batch(worker);
            if (worker->box->order.kind != PC_ORDER_BATCH)
                return false;
            worker->phase = PC_PHASE_DIGESTED;
            if (batch->digested)
                return iterate(b, batch->start, batch->digested, true);
            break;
        case PC_PHASE_DIGESTED:
            worker->phase = PC_PHASE_UNTIMED;
            if (batch->untimed)
                return iterate(b, batch->start + batch->digested, batch->untimed, false);
            break;
        case PC_PHASE_UNTIMED:
            worker->phase = PC_PHASE_TIMED;
            if (!batch->timed)
                break;
            worker->stretch_end = 0;
            iterate_timed(worker);
            if (!worker->has_crew)
                worker->meter->begin(worker);
            pace(worker);
            return true;
        }
    }
}

static void describe_entry(struct pc_worker *worker)
{
    struct pc_mailbox *box = worker->box;
    uint64_t k = box->order.entry;
    if (k >= worker->object.n_entries) {
        answer(worker, PC_ANSWER_NONE);
        return;
    }
    const struct bench_entry *entry = worker->object.entries[k];
    struct pc_box_entry *out = &box->answer.entry;
    *out = (struct pc_box_entry){.kind = entry->kind, .line = entry->line};
    snprintf(out->name, sizeof out->name, "%s", entry->name);
    snprintf(out->file, sizeof out->file, "%s", entry->file);
    for (size_t i = 0; i < entry->n_sizes && i < PC_BOX_SIZES; i++)
        out->sizes[out->n_sizes++] = entry->sizes[i];
    answer(worker, PC_ANSWER_DONE);
}

/* Run the bench that the order names; back when it has torn down. */
static void run_bench(struct pc_worker *worker)
{
    struct pc_err err;
    char name[PC_BOX_NAME];
    order_name(worker->box, name);
    const struct bench_entry *entry = pc_object_bench(&worker->object, name, &err);
    if (!entry) {
        answer_text(worker, PC_ANSWER_REFUSED, err.msg);
        return;
    }
    worker->table = bench_core_table;
    worker->table.next = next;
    worker->table.latency = keep_latency;
    worker->table.run_parallel = pc_crew_run;
    worker->table.thread_next = pc_crew_next;
    worker->meter->adapt(&worker->table);
    bench_core_init(&worker->core, &worker->table, worker->box->order.seed,
                    worker->box->order.size);
    worker->core.owner = worker;
    if (!worker->meter->set_up || worker->meter->set_up(worker))
        entry->run(&worker->core.b);
    bench_core_fini(&worker->core);
    if (worker->meter->over)
        worker->meter->over(worker);
    if (worker->core.failures > 0)
        answer_text(worker, PC_ANSWER_FAILED, worker->core.failure);
    else if (!worker->looped || worker->box->order.kind != PC_ORDER_END)
        answer_text(worker, PC_ANSWER_REFUSED, "the bench left its loop by itself");
    else
        answer(worker, PC_ANSWER_DONE);
}

void pc_worker_run(const struct pc_worker_spec *spec, struct pc_mailbox *box)
{
    struct pc_worker worker = {.box = box, .meter = spec->meter, .threads = spec->threads};
    /* Before the jail, which has a say in what may be loaded. */
    pc_crash_watch(&box->crash, &worker.object);
    struct pc_jail jail = spec->jail;
    jail.reads = (const char *const[]){spec->object, NULL};
    box->answer.jail = pc_jail_enter(&jail);
    answer(&worker, PC_ANSWER_DONE);

    struct pc_err err;
    await_order(&worker);
    if (!pc_object_load(&worker.object, spec->object, &err)) {
        answer_text(&worker, PC_ANSWER_REFUSED, err.msg);
        await_order(&worker);
        _exit(0);
    }
    while (box->order.kind == PC_ORDER_ENTRY) {
        describe_entry(&worker);
        await_order(&worker);
    }
    if (box->order.kind == PC_ORDER_SETUP)
        run_bench(&worker);
    else
        answer(&worker, PC_ANSWER_DONE); /* ended before it began */
    await_order(&worker); /* for the end: the host kills us when it has what it wants */
    _exit(0);
}
