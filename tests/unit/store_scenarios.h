/*
 * What happens to a store, in steps that are acknowledged one by one, for tests that disturb it.
 */
#ifndef TESTS_UNIT_STORE_SCENARIOS_H
#define TESTS_UNIT_STORE_SCENARIOS_H

#include "store_bed.h"

enum { CHANGES_MAX = 3, STORE_SCENARIOS = 12 };

/* What `make check` has the time for: nothing, one kind of strike, or all of them. */
enum store_length { LONG, BRIEF, BRIEFEST };

struct store_scenario {
    const char *name;
    void (*prepare)(const struct bed *bed);
    bool (*change[CHANGES_MAX])(struct pc_store *store, struct pc_err *err);
    const char *note; /* what an opening may say, NULL for nothing */
    enum store_length length;
};

extern const struct store_scenario store_scenarios[STORE_SCENARIOS];

#endif
