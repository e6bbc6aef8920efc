/*
 * Tries something in a child that has shut itself in, as whoever runs the tests and, where
 * that is root, as nobody.
 */
#ifndef TESTS_UNIT_JAIL_BED_H
#define TESTS_UNIT_JAIL_BED_H

#include <stdbool.h>

#include "host/jail.h"

/* How an attempt came out. */
struct jail_end {
    long result; /* what the attempt returned, unless a signal ended it */
    int signal;  /* 0: none */
};

/* A readable folder of the test with the files `input`, which may be read, and `secret`,
 * which may not, though everybody has the right to; for a cmocka group. */
int jail_bed_setup(void **state);
int jail_bed_teardown(void **state);
const char *jail_bed_folder(void);
const char *jail_bed_input(void);
const char *jail_bed_secret(void);

/* The jail that the tests enter: with the limits of a worker, as far as sanitizers in the
 * test itself let them be, and the input. */
struct pc_jail jail_bed_jail(void);

/* Fork, be nobody if asked to, enter by `enter`, and try. */
struct jail_end jail_bed_try(bool as_nobody, void (*enter)(void),
                             long (*attempt)(const void *row), const void *row);

/* Enter all layers; the test fails where one of them does not come into force for a reason
 * other than the system's lack of it. */
void jail_bed_enter(void);

/* Whether this system has Landlock, and of which ABI; 0: none. */
int jail_bed_landlock(void);

/* 1 for ordinary users, who cannot be somebody else; 2 for root. */
int jail_bed_users(void);

/* The result of a system call: 0 or more, or minus its errno. */
long jail_bed_result(long rc);

#endif
