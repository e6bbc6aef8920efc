/*
 * The clock is wrong, or was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "snapshot.h"
#include "store_bed.h"

enum { KEPT = 30 };

static void a_clock_that_was_wrong_spoils_no_backup(void **state)
{
    struct bed *bed = *state;
    bed_keep(bed, 0, KEPT);
    PC_AUTO(pc_auto_free) char *file = pc_path_join(bed->dir, "backup");
    assert_true(pc_file_remove_tree(file, NULL));
    bed_keep(bed, KEPT, KEPT + 1);
    struct snapshot now = snapshot_take(file);
    assert_int_equal(now.n, 1);
    static const char *const future[] = {"2998-12-31.db", "2999-01-01.db", "2999-01-02.db"};
    for (size_t i = 0; i < PC_COUNT(future); i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(file, future[i]);
        assert_true(pc_file_write_cache(path, now.items[0].content, now.items[0].n, NULL));
    }
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 5000, PC_PASSED, 3, "a pass, copied at once");
    pc_store_close(store);
    assert_int_equal(bed_files(bed, "backup", ""), 3);
    assert_int_equal(bed_files(bed, "backup", now.items[0].path), 1);
    assert_int_equal(unlink(bed->file), 0);
    store = bed_open(bed, now.items[0].path);
    assert_int_equal(bed_count(store, "join"), KEPT + 2);
    pc_store_close(store);
    snapshot_fini(&now);
}

static void a_clock_set_back_loses_and_reorders_nothing_that_counts(void **state)
{
    struct bed *bed = *state;
    struct pc_store *store = bed_open(bed, NULL);
    bed_add(store, "join", 9000, PC_PASSED, 4, "first");
    bed_add(store, "join", 500, PC_MISSED, 2, "after the clock went back");
    /* And in the same millisecond, the same kernel. */
    bed_add(store, "join", 500, PC_MISSED, 2, "after the clock went back");
    struct pc_attempts history;
    assert_true(pc_store_history(store, "join", 0, &history, NULL));
    assert_int_equal(history.n, 3);
    assert_int_equal(history.items[0].when, 9000);
    assert_int_equal(history.items[1].when, 501);
    assert_int_equal(history.items[2].when, 500);
    pc_attempts_fini(&history);
    static const struct pc_prediction predictions[] = {
        {.question = "07/walks", .answer = "linear", .when = 9000},
        {.question = "07/walks", .answer = "quadratic", .right = true, .when = 500},
    };
    for (size_t i = 0; i < PC_COUNT(predictions); i++)
        assert_true(pc_store_add_prediction(store, &predictions[i], NULL));
    struct pc_prediction first;
    bool found;
    assert_true(pc_store_prediction(store, "07/walks", &first, &found, NULL));
    assert_true(found);
    assert_string_equal(first.answer, "linear");
    pc_store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_clock_that_was_wrong_spoils_no_backup),
        RULE(a_clock_set_back_loses_and_reorders_nothing_that_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
