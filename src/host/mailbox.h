/*
 * The memory that a host shares with one of its workers.
 *
 * Whoever has the turn may read and write it; the other sleeps.  The host's side treats
 * what it finds as claims: a kernel can scribble on it.
 */
#ifndef PC_HOST_MAILBOX_H
#define PC_HOST_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/jail.h"
#include "perfbench/latency.h"

enum {
    PC_BOX_NAME = 256,
    PC_BOX_TEXT = 2048,
    PC_BOX_SIZES = 64,
    PC_BOX_FRAMES = 64,
    PC_BOX_METRICS = 16,
};

enum pc_order_kind { PC_ORDER_ENTRY, PC_ORDER_SETUP, PC_ORDER_BATCH, PC_ORDER_END };

enum pc_answer_kind {
    PC_ANSWER_DONE = 1,
    PC_ANSWER_NONE,    /* no entry of that number */
    PC_ANSWER_FAILED,  /* the bench says so; see text */
    PC_ANSWER_REFUSED, /* the object or the bench is unfit; see text */
};

/* Iterations start, start+1, ...: first `digested` whose results are told, then `untimed`
 * ones, then the `timed` ones.  Of these `audited` ones, from the audit_at-th on, tell their
 * results too, apart from the others. */
struct pc_batch {
    uint64_t inputs; /* the number of the set of inputs that is made for it */
    uint64_t start, digested, untimed, timed;
    uint64_t audit_at, audited;
    uint64_t spare;     /* inputs are made for so many more iterations, which do not run */
    bool cpu_clock;     /* time by the thread's processor time, not by the wall clock */
    bool each;          /* keep the latency of each timed one */
    bool digests_timed; /* the timed ones tell their results, too */
};

/* What the worker says about a batch.  All times are nanoseconds. */
struct pc_batch_answer {
    uint64_t pre;     /* from the order to the first timed iteration */
    uint64_t span;    /* of the timed iterations */
    uint64_t elapsed; /* the same without what bench_stop_timer() left out */
    uint64_t cpu;     /* the thread's processor time in the span, however it is timed */
    uint64_t digest;  /* of the digested iterations, 0 when nothing was said */
    uint64_t audit;   /* of the audited ones */
};

struct pc_box_entry {
    uint32_t kind; /* enum bench_kind */
    int32_t line;
    uint32_t n_sizes;
    uint64_t sizes[PC_BOX_SIZES];
    char name[PC_BOX_NAME], file[PC_BOX_NAME];
};

struct pc_box_metric {
    char unit[32];
    double value;
};

/* Written by the signal handler of a worker that is about to die. */
struct pc_box_crash {
    int32_t signal; /* 0: none */
    uint32_t n_frames;
    bool has_address; /* `address` is where it was, 0 included */
    bool overflow;    /* that is behind the end of the stack */
    uint64_t address;
    uint64_t frames[PC_BOX_FRAMES]; /* offsets in the kernel's file, innermost first */
};

struct pc_mailbox {
    uint32_t turn; /* enum pc_turn, a futex */
    struct {
        enum pc_order_kind kind;
        uint64_t entry, size, seed;
        char name[PC_BOX_NAME];
        struct pc_batch batch;
    } order;
    struct {
        enum pc_answer_kind kind;
        struct pc_jail_state jail;
        uint32_t n_entries, n_metrics;
        bool own_latencies; /* the bench measures latencies itself */
        bool is_paced;      /* at a rate: what an operation waits for counts, too */
        struct pc_box_entry entry;
        struct pc_batch_answer batch;
        struct pc_box_metric metrics[PC_BOX_METRICS];
        char text[PC_BOX_TEXT];
    } answer;
    struct pc_box_crash crash;
    struct bench_latencies latencies; /* the host empties it */
};

enum pc_turn { PC_TURN_HOST, PC_TURN_WORKER };

/* `n` zeroed bytes that are shared with processes forked later; NULL when there is
 * no memory. */
void *pc_shared_create(size_t n);

/* Give the turn to the other side. */
void pc_mailbox_pass(struct pc_mailbox *box, enum pc_turn to);

/* Sleep until the turn is `own`, at most `max_ms` (negative: for ever).  Whether it is. */
bool pc_mailbox_await(struct pc_mailbox *box, enum pc_turn own, int max_ms);

#endif
