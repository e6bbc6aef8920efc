/*
 * What perfcourse-profile records: where the timed parts spend their time.
 */
#include "host/recorder.h"
#include "sampling/sampler.h"

/* The worker itself lies in the frame of its outermost function. */
static const char *open_sampler(struct pc_worker *worker, void *memory, size_t size,
                                const struct pc_host_options *options)
{
    bool fine = pc_sampler_open(memory, size, (unsigned)options->hz, options->wall) &&
                pc_sampler_enter(worker + 1);
    return fine ? NULL : "this system gives no timer to sample with";
}

static void close_sampler(void)
{
    pc_sampler_note_modules();
    pc_sampler_close();
}

const struct pc_recorder pc_recorder = {.open = open_sampler,
                                        .close = close_sampler,
                                        .go = pc_sampler_go,
                                        .pause = pc_sampler_pause};
