/*
 * A folder with a small exercise, a cache and a compiler, for the tests of the toolchain.
 *
 * Results are rendered as text: "made" or "not made", then a line for each message, trouble
 * or error, so that a test is a comparison of strings.
 */
#ifndef TOOLCHAIN_BED_H
#define TOOLCHAIN_BED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "toolchain/toolchain.h"

struct bed {
    char dir[64];
    char *cache, *headers, *include, *library, *bench, *test;
    struct pc_loop *loop;
    struct pc_toolchain *tc; /* of bed_find() */
    int64_t answer_ms, compile_ms;
};

/* A kernel that is right, with one warning. */
extern const char bed_good[];

struct bed *bed_create(void);
void bed_free(struct bed *bed);

/* A test whose state is a bed of its own. */
int bed_setup(void **state);
int bed_teardown(void **state);
#define BED_TEST(test) cmocka_unit_test_setup_teardown(test, bed_setup, bed_teardown)

/* Whether this machine has `program`. */
bool bed_has(const char *program);

/* Write `text` to `name` below the folder of the bed; the caller owns the path. */
char *bed_write(const struct bed *bed, const char *name, const char *text, bool executable);

/* Find the compiler `cc`, run the loop until it is done; false with the reason in `err`. */
bool bed_find(struct bed *bed, const char *cc, struct pc_err *err);

/* A build of `kernel` as sum.c, with all that the bed has. */
struct pc_build_spec bed_spec(const struct bed *bed, enum pc_product product,
                              const char *kernel);

/* What a build gave. */
struct outcome {
    bool ended, cached;
    char *path; /* NULL: not made */
    struct pc_str text;
};

void bed_done(void *ctx, const char *path, const struct pc_build *build,
              const struct pc_err *err); /* `ctx` is a struct outcome */
void bed_build(const struct bed *bed, const struct pc_build_spec *spec,
               struct outcome *outcome);
void outcome_fini(struct outcome *outcome);

#endif
