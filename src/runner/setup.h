/*
 * How every conversation about a bench begins: hello, which benches there are when none was
 * named, and its setup.
 */
#ifndef PC_RUNNER_SETUP_H
#define PC_RUNNER_SETUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/memory.h"
#include "runner/runner.h"
#include "runner/talk.h"

enum pc_setup_step {
    PC_SETUP_HELLO,
    PC_SETUP_LIST,
    PC_SETUP_BENCH,
    PC_SETUP_DONE, /* the host waits for the orders of the job */
};

struct pc_setup {
    char *bench; /* NULL until the only one is known; kept over restarts */
    size_t size;
    bool was_named;
    struct pc_talk *talk;
    uint64_t seed;
    enum pc_setup_step step;
    unsigned listed; /* benches */
};

void pc_setup_init(struct pc_setup *setup, const struct pc_bench_spec *spec);
void pc_setup_fini(struct pc_setup *setup);

/* Give the first order of a host that has just started. */
void pc_setup_begin(struct pc_setup *setup, struct pc_talk *talk, uint64_t seed);

/* An informing answer; false when it does not fit. */
bool pc_setup_inform(struct pc_setup *setup, const struct pc_line *line);

/* The closing answer to the order of this step: goes on to the next one. */
void pc_setup_ok(struct pc_setup *setup);

/* Put the name of the bench where a crash tells what ran; nothing when it is not known yet. */
void pc_setup_copy_name(const struct pc_setup *setup, struct pc_crash *crash);

/* What a host that recorded the bench of `object` leaves when it is gone: how it ended, the
 * recording and the size of the bench. */
void pc_setup_end(const struct pc_setup *setup, const char *object,
                  const struct pc_memory *recording, struct pc_record_end *end);

#endif
