/*
 * What a kernel can do to its own recording, and to the signal that makes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/host/recorded.h"
#include "wire/recording.h"

static void a_kernel_that_blocks_the_signal_is_found_out(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "deaf", .ms = 200});
    assert_int_equal(run.profile.taken, 0);
    assert_int_equal(run.state.deaf, PC_BLOCKS_SIGNAL);
    assert_true(run.profile.cpu_ns > 0);
    recorded_fini(&run);
}

static void what_finds_no_room_is_counted(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "split",
                                              .ms = 500,
                                              .bytes = sizeof(struct pc_recording) + 20000,
                                              .least = 4});
    assert_true(run.profile.lost > 3);
    int64_t total = pc_profile_total(&run.profile, 1);
    assert_int_equal(total, run.profile.cpu_ns);
    recorded_fini(&run);
}

/* Whatever a kernel writes over its recording, reading it ends. */
static void nonsense_in_a_recording_is_survived(void **state)
{
    (void)state;
    struct recorded run;
    recorded_take(&run,
                  &(struct recorded_how){.bench = "library", .ms = 150, .bytes = 1 << 20});
    struct pc_recording *sound = pc_alloc(run.size);
    memcpy(sound, run.recording, run.size);
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    uint64_t end = sizeof *sound + sound->used;
    for (int round = 0; round < 60; round++) {
        memcpy(run.recording, sound, run.size);
        for (int k = 0; k < 1 << round % 7; k++) {
            uint64_t at = pc_rng_below(&rng, (end < run.size ? end : run.size) / 8) * 8;
            uint64_t word =
                pc_rng_below(&rng, 3) ? pc_rng_next(&rng) : pc_rng_below(&rng, 100);
            /* Modules are files, which other rounds replace. */
            if (round % 2 == 0 && at >= offsetof(struct pc_recording, modules) &&
                at < offsetof(struct pc_recording, labels))
                continue;
            memcpy((char *)run.recording + at, &word, sizeof word);
        }
        struct pc_err err;
        const struct pc_codemap_spec spec = {.kernel = recorded_shares};
        pc_recording_read(run.recording, run.size, &spec, &run.profile, &run.state, &err);
        pc_profile_fini(&run.profile);
    }
    struct pc_err err;
    memset(run.recording, 0, run.size);
    assert_false(pc_recording_read(run.recording, run.size, &(struct pc_codemap_spec){0},
                                   &run.profile, &run.state, &err));
    assert_string_equal(err.msg, "nothing was recorded");
    free(sound);
    recorded_fini(&run);
}

/* A thread of the kernel that goes on writing, while others look at what there is. */
struct scribbler {
    uint32_t *size, sound;
    int stop;
};

static void *scribble(void *arg)
{
    struct scribbler *s = arg;
    for (uint32_t k = 0; !__atomic_load_n(&s->stop, __ATOMIC_RELAXED); k++) {
        __atomic_store_n(s->size, k % 2 ? s->sound : 0, __ATOMIC_RELAXED);
        for (volatile int pause = 0; pause < 50; pause++)
            ;
    }
    return NULL;
}

static void what_is_written_meanwhile_is_looked_at_once(void **state)
{
    (void)state;
    struct recorded run;
    recorded_take(&run,
                  &(struct recorded_how){.bench = "split", .ms = 300, .bytes = 1 << 20});
    struct pc_recorded_sample *first = (void *)(run.recording + 1);
    struct scribbler scribbler = {.size = &first->size, .sound = first->size};
    pthread_t thread;
    assert_true(scribbler.sound > 0);
    assert_int_equal(pthread_create(&thread, NULL, scribble, &scribbler), 0);
    const struct pc_codemap_spec spec = {.kernel = recorded_shares};
    for (int i = 0; i < 60; i++) {
        assert_true(pc_recording_read(run.recording, run.size, &spec, &run.profile,
                                      &run.state, NULL));
        int64_t total = pc_profile_total(&run.profile, 1);
        if (run.profile.taken > 0)
            assert_int_equal(total, run.profile.cpu_ns);
        pc_profile_fini(&run.profile);
    }
    __atomic_store_n(&scribbler.stop, 1, __ATOMIC_RELAXED);
    pthread_join(thread, NULL);
    recorded_fini(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kernel_that_blocks_the_signal_is_found_out),
        cmocka_unit_test(what_finds_no_room_is_counted),
        cmocka_unit_test(nonsense_in_a_recording_is_survived),
        cmocka_unit_test(what_is_written_meanwhile_is_looked_at_once),
    };
    return cmocka_run_group_tests(tests, recorded_setup, recorded_teardown);
}
