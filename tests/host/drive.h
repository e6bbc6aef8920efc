/*
 * Drives the real hosts: compiles small kernels, starts a host on pipes as the program
 * does, gives it all orders at once and gathers what comes back.
 */
#ifndef TESTS_HOST_DRIVE_H
#define TESTS_HOST_DRIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/line.h"

struct drive_result {
    char *answers, *output; /* the caller's; output is standard output and error */
    bool killed;            /* patience was at an end */
    int status;             /* of the host, as of waitpid() */
};

/* A folder for the objects of this test, and its removal; for a cmocka group. */
int drive_setup(void **state);
int drive_teardown(void **state);

/* Compile tests/host/SOURCE with $CC and `flags`; gives the path, which the caller owns,
 * NULL when the compiler cannot. */
char *drive_compile(const char *source, const char *flags, const char *name);

/* Run a host (argv[0] is its name in the build folder) and give it `orders`.  It ends when
 * the host and all its workers are gone; after `patience_ms` it kills them all. */
struct drive_result drive(const char *const *argv, const char *orders, int patience_ms);

/* The same with descriptor `fd` as its descriptor 5. */
struct drive_result drive_sharing(const char *const *argv, const char *orders,
                                  int patience_ms, int fd);
void drive_free(struct drive_result *result);

/* The last line of a text, without its newline; changes the text. */
const char *drive_last(char *text);

/* Find the line that begins with `start` and parse it in a copy that the caller owns; fails
 * the test when there is none. */
char *drive_line(const char *text, const char *start, struct pc_line *line);

#endif
