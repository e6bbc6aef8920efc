/*
 * A temporary folder for a store, and attempts to put into it.
 */
#ifndef TESTS_UNIT_STORE_BED_H
#define TESTS_UNIT_STORE_BED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/attempt.h"
#include "store/store.h"

struct bed {
    char dir[32];
    char *file; /* perfcourse.db in it */
};

int bed_make(void **state);
int bed_remove(void **state);

#define RULE(name) cmocka_unit_test_setup_teardown(name, bed_make, bed_remove)

/* Open the store; `note` is a part of what it says, NULL for nothing. */
struct pc_store *bed_open(const struct bed *bed, const char *note);

/* An attempt at `exercise` at the time `when`, of the kernel `source`; a ratio of 0 is
 * none, the interval is 5 % to either side. */
struct pc_attempt bed_attempt(const char *exercise, int64_t when, enum pc_code code,
                              double ratio, const char *source);

/* Add it; what it changed. */
struct pc_record bed_add(struct pc_store *store, const char *exercise, int64_t when,
                         enum pc_code code, double ratio, const char *source);

/* The number of attempts at `exercise` that the store shows. */
size_t bed_count(struct pc_store *store, const char *exercise);

/* Add missed attempts number `from` to before `to` at "join", of as many kernels, in a store
 * that is opened for it; their number in one that is. */
void bed_keep(const struct bed *bed, int from, int to);
size_t bed_kept(const struct bed *bed);

/* Files in the bed's folder `folder` ("" for itself) whose names hold `part`. */
size_t bed_files(const struct bed *bed, const char *folder, const char *part);

/* Run SQL on the file, as an earlier or a later version might have done. */
void bed_sql(const struct bed *bed, const char *sql);

#endif
