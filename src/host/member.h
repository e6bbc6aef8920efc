/*
 * The host's side of a worker: start it, give it the turn, notice its death.
 */
#ifndef PC_HOST_MEMBER_H
#define PC_HOST_MEMBER_H

#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>

#include "host/mailbox.h"
#include "host/worker.h"

struct pc_tracer;

struct pc_member {
    const char *name; /* in answers */
    struct pc_mailbox *box;
    pid_t pid;         /* 0: reaped */
    int status;        /* as of wait4(), when reaped */
    bool asked;        /* where it is, as time is over */
    uint64_t crowd;    /* it was killed for so many threads */
    bool stopped;      /* it stopped itself and was killed for that */
    int looks_stopped; /* for how many looks it is stopped; 0: it is not */
    clockid_t clock;   /* the processor time of all its threads */
    struct rusage usage;
    struct pc_tracer *tracer; /* counts its system calls; NULL: nobody does */
};

/* From now on SIGABRT to this host is a question: where is the worker that does not answer?
 * It dies of the answer. */
void pc_member_await_last_call(void);

/* Make the mailbox, which must exist before any worker is forked. */
bool pc_member_init(struct pc_member *member, const char *name, struct pc_err *err);

/* Fork the worker and wait until it is jailed. */
bool pc_member_start(struct pc_member *member, const struct pc_worker_spec *spec,
                     struct pc_err *err);

/* Give it the order that was put into its mailbox and wait for the answer, for as long as
 * it lives.  False when it has died. */
bool pc_member_call(struct pc_member *member, enum pc_order_kind kind);

/* Processor time it has used so far, ns. */
uint64_t pc_member_cpu(const struct pc_member *member);

/* The number behind `key` in its /proc/PID/status ("Threads:"), 0 when it is not told. */
uint64_t pc_member_status(const struct pc_member *member, const char *key);

/* Its threads besides the first, which has an answer ready.  One that was joined may take a
 * moment to vanish. */
uint64_t pc_member_threads_left(const struct pc_member *member);

/* Kill and reap it, if that has not happened. */
void pc_member_end(struct pc_member *member);

#endif
