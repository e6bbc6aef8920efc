/*
 * Lock profiles as lines: what is said, and that it fits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/profile.h"

static const char source[] = "static void add(int x)\n"
                             "{\n"
                             "    pthread_mutex_lock(&lock);\n"
                             "    sum += x;\n"
                             "}\n"
                             "static void flush(void)\n"
                             "{\n"
                             "    pthread_mutex_lock(&lock);\n"
                             "}\n";

static uint32_t frame_of(struct pc_profile *profile, const char *function, int begins,
                         int line)
{
    struct pc_frame frame = {.module = PC_NO_MODULE, .line = line};
    frame.function =
        pc_profile_function(profile, function, "pool.c", begins, PC_CODE_KERNEL);
    return pc_profile_frame(profile, &frame);
}

static void add_wait(struct pc_profile *profile, uint32_t frame, const char *lock,
                     const char *key, const char *other, int64_t waits, int64_t ns)
{
    uint32_t labels[2] = {pc_profile_label(profile, PC_LABEL_LOCK, lock)};
    if (other)
        labels[1] = pc_profile_label(profile, key, other);
    pc_profile_add(profile, &frame, 1, labels, other ? 2 : 1, (int64_t[]){0, waits, ns, 0});
}

/* Ten operations, two lines that wait. */
static void make(struct pc_profile *profile)
{
    pc_profile_init(profile, PC_PROFILE_LOCK);
    profile->period = 1;
    profile->ops = 10;
    profile->threads = 4;
    profile->wall_ns = 1000000000;
    profile->source = pc_strdup(source);
    profile->source_name = pc_strdup("pool.c");
    uint32_t add = frame_of(profile, "add", 1, 3), flush = frame_of(profile, "flush", 6, 8);
    add_wait(profile, add, "mutex", PC_LABEL_HOLDER, "flush pool.c:8", 20, 3000000);
    add_wait(profile, add, "mutex", PC_LABEL_HOLDER, "add pool.c:3", 30, 1000000);
    add_wait(profile, flush, "condition", PC_LABEL_WAKER, "add pool.c:3", 10, 500000);
    add_wait(profile, flush, "barrier", PC_LABEL_WAKER, "add pool.c:3", 10, 400000);
    add_wait(profile, flush, "semaphore", PC_LABEL_WAKER, NULL, 10, 300000);
    pc_profile_add(profile, &add, 1, NULL, 0, (int64_t[]){1000, 0, 0, 0});
    pc_profile_add(profile, &flush, 1, NULL, 0, (int64_t[]){60, 0, 0, 0});
}

static char *text_of(const struct pc_profiled *found, const struct pc_profile_view *view)
{
    struct pc_str out = {0};
    struct pc_err err;
    assert_true(pc_profile_text(found, view, &out, &err));
    return pc_str_take(&out);
}

static void expect_width(const char *text, size_t width)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        if (n > width)
            fail_msg("%zu columns: %.*s", n, (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void a_wide_table_has_the_holders_beneath_each_line(void **state)
{
    (void)state;
    struct pc_profile profile;
    make(&profile);
    const struct pc_profiled found = {.profile = &profile, .bench = "pool"};
    const struct pc_profile_view view = {.width = 80, .top = 10};
    char *text = text_of(&found, &view);
    expect_width(text, 80);
    assert_string_equal(
        text,
        "pool: 10 operations in 1.00 s, 4 threads; of 1060 calls that may wait 80 did,\n"
        "    5.20 ms in all\n"
        "Waiting includes the time in which whoever was waited for was not running\n"
        "    itself, because the processors were busy.\n"
        "\n"
        " waited/op   waits/op  of calls  who waits, and for whom\n"
        "    400 us          5    5.0 %  add pool.c:3, mutex\n"
        "    300 us          2             held by flush pool.c:8\n"
        "    100 us          3             held by add pool.c:3\n"
        "   50.0 us          1   16.7 %  flush pool.c:8, condition\n"
        "                                  woken by add pool.c:3\n"
        "   40.0 us          1   16.7 %  flush pool.c:8, barrier\n"
        "                                  last came add pool.c:3\n"
        "   30.0 us          1   16.7 %  flush pool.c:8, semaphore\n"
        "                                  woken by nobody\n"
        "\n"
        " waited/op  caused/op   line of pool.c\n"
        "    400 us     190 us      3      pthread_mutex_lock(&lock);\n"
        "    120 us     300 us      8      pthread_mutex_lock(&lock);\n");
    free(text);
    pc_profile_fini(&profile);
}

static void a_narrow_table_has_names_on_lines_of_their_own(void **state)
{
    (void)state;
    struct pc_profile profile;
    make(&profile);
    const struct pc_profiled found = {.profile = &profile, .bench = "pool"};
    const struct pc_profile_view view = {.width = 40, .top = 1, .tree = true};
    char *text = text_of(&found, &view);
    expect_width(text, 40);
    assert_non_null(strstr(text, "\n waited/op   waits/op  of calls\n"
                                 "    400 us          5    5.0 %\n"
                                 "  add pool.c:3, mutex\n"
                                 "    held by flush pool.c:8, 300 us\n"
                                 "    held by add pool.c:3, 100 us\n"
                                 "3 more: --top 4\n"));
    free(text);
    pc_profile_fini(&profile);
}

static void nothing_that_waits_is_said(void **state)
{
    (void)state;
    static const struct {
        int64_t calls;
        const char *text;
    } rows[] = {
        {0, "pool: 5 operations in 1.00 s, it takes no lock and waits for none of its "
            "threads\n"},
        {1, "pool: 5 operations in 1.00 s, 2 threads; nothing ever waited, in 1 call that "
            "might have\n"},
        {70, "pool: 5 operations in 1.00 s, 2 threads; nothing ever waited, in 70 calls "
             "that might have\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        pc_profile_init(&profile, PC_PROFILE_LOCK);
        profile.ops = 5;
        profile.threads = 2;
        profile.wall_ns = 1000000000;
        uint32_t frame = frame_of(&profile, "add", 1, 3);
        pc_profile_add(&profile, &frame, 1, NULL, 0, (int64_t[]){rows[i].calls, 0, 0, 0});
        const struct pc_profiled found = {.profile = &profile, .bench = "pool"};
        char *text = text_of(&found, &(struct pc_profile_view){.top = 10});
        assert_string_equal(text, rows[i].text);
        free(text);
        pc_profile_fini(&profile);
    }
}

static void a_deadlock_is_told_thread_by_thread(void **state)
{
    (void)state;
    struct pc_profile profile;
    make(&profile);
    uint32_t add = frame_of(&profile, "add", 1, 3),
             flush = frame_of(&profile, "flush", 6, 8);
    struct pc_profiled found = {
        .profile = &profile,
        .bench = "pool",
        .crash = {.ending = PC_ENDING_TIME, .asleep = true},
        .stuck = {.items = {{.thread = 1,
                             .what = "mutex",
                             .frame = add,
                             .holder_thread = 2,
                             .holder = flush,
                             .in_circle = true},
                            {.thread = 2,
                             .what = "write lock",
                             .frame = flush,
                             .holder_thread = 2,
                             .holder = add,
                             .in_circle = true},
                            {.thread = 3,
                             .what = "mutex",
                             .frame = PC_NO_FRAME,
                             .holder_thread = 9,
                             .holder_ended = true,
                             .holder = flush},
                            {.thread = 4, .what = "condition", .frame = add}},
                  .n = 4,
                  .threads = 11,
                  .has_circle = true}};
    char *text = text_of(&found, &(struct pc_profile_view){.top = 10});
    assert_non_null(strstr(
        text, "A deadlock: its threads wait for one another.\n"
              "  thread 1 waits at add pool.c:3 for a mutex that thread 2 took at flush "
              "pool.c:8\n"
              "  thread 2 waits at flush pool.c:8 for a write lock that it took itself at "
              "add pool.c:3\n"
              "  thread 3 waits at somewhere for a mutex that thread 9, which has ended, "
              "took at flush pool.c:8\n"
              "  thread 4 waits at add pool.c:3 for a condition\n"
              "  and 7 more threads\n"));
    free(text);
    found.stuck = (struct pc_stuck){.held = 1, .held_at = add};
    text = text_of(&found, &(struct pc_profile_view){.top = 10});
    assert_non_null(
        strstr(text, "1 lock was still held at the end, taken at add pool.c:3.\n"));
    free(text);
    pc_profile_fini(&profile);
}

static void what_found_no_room_is_said(void **state)
{
    (void)state;
    struct pc_profile profile;
    make(&profile);
    profile.lost = 12;
    profile.broken = 7;
    const struct pc_profiled found = {.profile = &profile, .bench = "pool", .unarmed = 3};
    char *text = text_of(&found, &(struct pc_profile_view){.top = 10});
    assert_non_null(
        strstr(text, "\nOf 12 waits nothing is known but how long they were: "));
    assert_non_null(strstr(text, "\nOf 7 waits only the inner calls are known: "));
    assert_non_null(strstr(text, "\n3 of its threads found no room: their calls "));
    free(text);
    pc_profile_fini(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wide_table_has_the_holders_beneath_each_line),
        cmocka_unit_test(a_narrow_table_has_names_on_lines_of_their_own),
        cmocka_unit_test(nothing_that_waits_is_said),
        cmocka_unit_test(a_deadlock_is_told_thread_by_thread),
        cmocka_unit_test(what_found_no_room_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
