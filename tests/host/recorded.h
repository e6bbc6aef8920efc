/*
 * A bench of shares.c that perfcourse-profile runs, and what was recorded meanwhile.
 */
#ifndef PC_TESTS_HOST_RECORDED_H
#define PC_TESTS_HOST_RECORDED_H

#include "model/profile.h"
#include "profile/recording.h"
#include "tests/host/drive.h"

struct pc_recording;

/* Set up before a group of tests: the benches with debug information, and without any. */
extern char *recorded_shares, *recorded_bare;
int recorded_setup(void **state);
int recorded_teardown(void **state);

/* A run of a bench, and what was recorded meanwhile. */
struct recorded {
    struct drive_result result;
    struct pc_profile profile;
    struct pc_recording_state state;
    struct pc_recording *recording;
    size_t size;
};

struct recorded_how {
    const char *object; /* NULL: the one with debug information */
    const char *bench, *option;
    int size, ms;
    size_t bytes;    /* of the recording; 0: as usual */
    int patience_ms; /* 0: as usual */
    uint64_t least;  /* samples: a busy machine gets more time until there are so many */
};

/* Run it, and make a profile of what was recorded; both, one after the other. */
void recorded_take(struct recorded *run, const struct recorded_how *how);
void recorded_read(struct recorded *run, const char *object);
void recorded_run(struct recorded *run, const struct recorded_how *how);
void recorded_fini(struct recorded *run);

#endif
