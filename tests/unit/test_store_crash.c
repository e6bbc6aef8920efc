/*
 * Killed at any moment: the file is as before the change or as after it.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "store_bed.h"

enum { KILLS = 100 };

/* Add attempts number `next`, next + 1, ... for ever, in fresh stores now and then, and tell
 * of each one that was kept. */
static void write_for_ever(const struct bed *bed, uint32_t next, int tell)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        struct pc_store *store;
        char *note;
        if (!pc_store_open(bed->dir, &store, &note, NULL) || note)
            _exit(1);
        for (int i = 0; i < 3; i++, next++) {
            PC_AUTO(pc_auto_free) char *source = pc_strfmt("kernel %u", next % 7);
            struct pc_attempt a =
                bed_attempt("join", 1000 + next, PC_PASSED, 1 + next, source);
            if (!pc_store_add_attempt(store, &a, source, strlen(source), NULL, NULL))
                _exit(2);
            if (write(tell, &next, sizeof next) != sizeof next)
                _exit(3);
        }
        pc_store_close(store);
    }
}

/* Let the child get on for `acks` attempts and `ns` more, then kill it.  Gives the number of
 * the last attempt that it told of, `last` if none. */
static uint32_t run_and_kill(const struct bed *bed, uint32_t last, uint32_t acks,
                             int64_t ns)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(ends[0]);
        write_for_ever(bed, last + 1, ends[1]);
    }
    close(ends[1]);
    for (uint32_t i = 0; i < acks; i++)
        assert_int_equal(read(ends[0], &last, sizeof last), sizeof last);
    for (int64_t end = pc_now() + ns; pc_now() < end;)
        ;
    assert_int_equal(kill(pid, SIGKILL), 0);
    while (read(ends[0], &last, sizeof last) == sizeof last)
        ;
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    return last;
}

/* All attempts from 1 to the last one that was told of, and at most one more, each whole. */
static uint32_t must_be_whole(const struct bed *bed, uint32_t told)
{
    struct pc_store *store = bed_open(bed, NULL);
    struct pc_attempts history;
    assert_true(pc_store_history(store, "join", 0, &history, NULL));
    assert_in_range(history.n, told, told + 1);
    for (size_t i = 0; i < history.n; i++) {
        assert_int_equal(history.items[i].when, 1000 + history.n - i);
        assert_int_equal(history.items[i].metrics.n, 2);
    }
    if (history.n > 0) {
        struct pc_attempt best;
        bool found;
        assert_true(pc_store_best(store, "join", &best, &found, NULL));
        assert_true(found);
        assert_int_equal(best.when, 1000 + history.n);
        PC_AUTO(pc_auto_free) char *source =
            pc_store_snapshot(store, best.content, NULL, NULL);
        assert_non_null(source);
    }
    uint32_t n = (uint32_t)history.n;
    pc_attempts_fini(&history);
    pc_store_close(store);
    return n;
}

static void a_kill_at_any_moment_loses_nothing_that_was_told(void **state)
{
    struct bed *bed = *state;
    struct pc_rng rng;
    pc_rng_init(&rng, 16);
    PC_AUTO(pc_auto_free) char *backup = pc_path_join(bed->dir, "backup");
    uint32_t last = 0;
    for (int i = 0; i < KILLS; i++) {
        uint32_t acks = (uint32_t)pc_rng_below(&rng, 3);
        int64_t ns = (int64_t)pc_rng_below(&rng, 4000000);
        last = run_and_kill(bed, last, acks, ns);
        last = must_be_whole(bed, last);
        /* The file is made, and its backup, under fire as well. */
        if (i % 4 == 3)
            assert_true(pc_file_remove_tree(backup, NULL));
        if (i % 10 == 9) {
            bed_remove(state);
            bed_make(state);
            bed = *state;
            free(backup);
            backup = pc_path_join(bed->dir, "backup");
            last = 0;
        }
    }
}

/* Of two writers at once both are heard; one is killed, the other goes on. */
static void writers_side_by_side_lose_nothing(void **state)
{
    enum { WRITERS = 4, EACH = 25 };
    struct bed *bed = *state;
    pid_t pids[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        pids[w] = fork();
        assert_true(pids[w] >= 0);
        if (pids[w] > 0)
            continue;
        for (int i = 0; i < EACH; i++) {
            struct pc_store *store;
            char *note;
            struct pc_attempt a =
                bed_attempt("join", 1000 + i * WRITERS + w, PC_PASSED, 2, "x");
            if (!pc_store_open(bed->dir, &store, &note, NULL) || note ||
                !pc_store_add_attempt(store, &a, "x", 1, NULL, NULL))
                _exit(1);
            pc_store_close(store);
        }
        _exit(0);
    }
    for (int w = 0; w < WRITERS; w++) {
        int status;
        assert_int_equal(waitpid(pids[w], &status, 0), pids[w]);
        assert_int_equal(status, 0);
    }
    struct pc_store *store = bed_open(bed, NULL);
    assert_int_equal(bed_count(store, "join"), WRITERS * EACH);
    pc_store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_kill_at_any_moment_loses_nothing_that_was_told),
        RULE(writers_side_by_side_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
