/*
 * A build that is killed at any moment leaves nothing in the cache that is taken for good.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "killer.h"
#include "loop/loop.h"
#include "snapshot.h"
#include "toolchain/cache.h"
#include "toolchain_bed.h"

/* What a build gives, and the bytes of the product; the caller frees both. */
static char *build(struct bed *bed, struct snapshot_file *product)
{
    struct pc_err err = {.msg = ""};
    struct outcome outcome;
    if (!bed_find(bed, "cc", &err))
        return pc_strdup(err.msg);
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    bed_build(bed, &spec, &outcome);
    if (product && outcome.path)
        product->content = pc_file_read(outcome.path, 1 << 24, &product->n, NULL);
    char *text = pc_str_take(&outcome.text);
    outcome_fini(&outcome);
    return text;
}

/* In the child, with a loop of its own: one that was begun before a fork is of no use. */
static int work(void *ctx)
{
    struct bed *bed = ctx;
    struct pc_err err;
    bed->loop = pc_loop_create(&err);
    PC_AUTO(pc_auto_free) char *text = build(bed, NULL);
    return strncmp(text, "made", 4) == 0 ? 0 : 1;
}

static void must_build(struct bed *bed, const char *text,
                       const struct snapshot_file *product, const char *where)
{
    struct snapshot_file found = {0};
    PC_AUTO(pc_auto_free) char *said = build(bed, &found);
    if (strcmp(said, text) != 0)
        fail_msg("%s: %s", where, said);
    if (!snapshot_same(&found, product))
        fail_msg("%s: the product is another one", where);
    free(found.content);
    /* Scratch folders go as soon as nobody can be using them; here that is at once. */
    static const struct pc_cache_bounds bounds = {
        .bytes = UINT64_MAX, .unused_s = 86400, .safe_s = -1};
    pc_cache_prune(bed->cache, &bounds);
    struct snapshot cache = snapshot_take(bed->cache);
    for (size_t i = 0; i < cache.n; i++)
        if (cache.items[i].folder || strstr(cache.items[i].path, ".perfcourse-"))
            fail_msg("%s: %s is left", where, cache.items[i].path);
    snapshot_fini(&cache);
}

static void strike(void **state, const struct killer_plan *plans, size_t n)
{
    /* A build takes its time: `make check` has it for some of the moments. */
    const unsigned step = killer_has_time() ? 1 : 45;
    struct bed *bed = *state;
    struct snapshot_file product = {0};
    PC_AUTO(pc_auto_free) char *text = build(bed, &product);
    assert_non_null(product.content);
    for (size_t k = 0; k < n; k++) {
        struct killer_plan plan = plans[k];
        struct killer_end end = {.reached = true};
        for (plan.nth = 1; end.reached; plan.nth += step) {
            assert_true(pc_file_remove_tree(bed->cache, NULL));
            struct pc_loop *loop = bed->loop;
            end = killer_run(&plan, work, bed);
            bed->loop = loop;
            PC_AUTO(pc_auto_free) char *where =
                pc_strfmt("plan %zu, call %u (number %ld)", k, plan.nth, end.call);
            must_build(bed, text, &product, where);
        }
        print_message("%u calls\n", plan.nth - step);
    }
    free(product.content);
}

static void a_killed_build_leaves_nothing_that_is_taken_for_good(void **state)
{
    static const struct killer_plan plans[] = {{.act = KILLER_BEFORE},
                                               {.act = KILLER_TORN}};
    killer_needs(KILLER_TORN);
    strike(state, plans, killer_has_time() ? PC_COUNT(plans) : 1);
}

static void nor_does_one_on_a_full_disk(void **state)
{
    static const struct killer_plan plans[] = {{.act = KILLER_FAIL, .error = ENOSPC}};
    killer_needs(KILLER_FAIL);
    strike(state, plans, PC_COUNT(plans));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BED_TEST(a_killed_build_leaves_nothing_that_is_taken_for_good),
        BED_TEST(nor_does_one_on_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
