/*
 * The inside of a trial: its state, and the steps that its files share.
 */
#ifndef PC_ENGINE_TRIAL_H
#define PC_ENGINE_TRIAL_H

#include "engine/growth.h"
#include "engine/hotspot.h"
#include "engine/internal.h"
#include "engine/tails.h"

enum pc_build_of {
    PC_BUILD_CANDIDATE,
    PC_BUILD_BASE,
    PC_BUILD_TESTS,
    PC_BUILD_RACES, /* the tests with ThreadSanitizer */
    PC_BUILDS
};

/*
 * The builds run side by side.  Counting begins as soon as the kernel's object is
 * there, the tests as soon as their program is, the starter's profile as soon as both objects
 * are; timing waits until nothing else runs.
 */
struct pc_trial {
    struct pc_engine *engine;
    struct pc_trial_spec spec;
    const struct pc_trial_ops *ops;
    void *ctx;
    char *base_text;
    struct pc_build_job *builds[PC_BUILDS];
    char *products[PC_BUILDS];
    struct pc_tests_job *tests_job;
    struct pc_count_job *count_job;
    struct pc_pair_job *pair_job;
    struct pc_speed_judge *judge;
    struct pc_growth_job *growth_job;
    struct pc_tails_job *tails_job;
    struct pc_hotspot_job *hotspot_job;
    bool counted, tested, raced, profiled, timed, grown, told;
    bool may_time;         /* it was held, and is not any more */
    int64_t timing_began;  /* a time of the clock */
    struct pc_build build; /* the first one that failed, else the kernel's */
    struct pc_tests tests;
    struct pc_counts counts;
    struct pc_speed speed;
    struct pc_growth growth;
    struct pc_tails tails;
    struct pc_hotspot hotspot;
    struct pc_findings found;
    struct pc_err trouble;
    int64_t began;
};

/* Start a build, one of enum pc_build_of; the trial goes on when it is done. */
bool pc_trial_build(struct pc_trial *t, enum pc_build_of which);

/* Start whatever can be started now; end the trial when nothing is left to do. */
void pc_trial_advance(struct pc_trial *t);

/* The end; the trial is gone after it. */
void pc_trial_finish(struct pc_trial *t, const struct pc_err *trouble);

void pc_trial_tell(struct pc_trial *t, enum pc_event_kind kind);
bool pc_trial_wants(const struct pc_trial *t, enum pc_stage stage);

#endif
