#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "hotspots/answer.h"
#include "profile_bed.h"

/* A profile of a kernel with three functions, the first of which calls a library. */
static struct pc_hotspot weigh(const char *answer, int64_t find, int64_t parse,
                               int64_t pick)
{
    const struct bed_stack stacks[] = {
        {"!main;+bench:1;report:2;find_entry:8;.strcmp", find - find / 4, NULL},
        {"!main;+bench:1;report:2;find_entry:8", find / 4, NULL},
        {"!main;+bench:1;report:2;parse_line:20", parse, NULL},
        {"!main;+bench:1;report:2;pick_top:30", pick, NULL},
    };
    struct pc_profile profile;
    struct pc_hotspot h = {.kind = PC_ANSWER_NAME};
    snprintf(h.answer, sizeof h.answer, "%s", answer);
    bed_profile(&profile, stacks, PC_COUNT(stacks));
    pc_answer_weigh(&profile, &h);
    pc_profile_fini(&profile);
    return h;
}

static const struct {
    const char *answer;
    int64_t find, parse, pick;
    bool measured, is_known, is_first, is_settled;
    const char *rival, *near;
} rows[] = {
    /* Libraries count for whoever calls them. */
    {"find_entry", 180, 12, 8, true, true, true, true, "parse_line", ""},
    {"parse_line", 180, 12, 8, true, true, false, true, "find_entry", ""},
    {"pick_top", 180, 12, 8, true, true, false, true, "find_entry", ""},
    /* What only calls others takes nothing itself. */
    {"report", 180, 12, 8, true, true, false, true, "find_entry", ""},
    /* A tie is right for both, and wrong for a third. */
    {"find_entry", 100, 92, 8, true, true, true, false, "parse_line", ""},
    {"parse_line", 100, 92, 8, true, true, true, false, "find_entry", ""},
    {"pick_top", 100, 92, 8, true, true, false, true, "find_entry", ""},
    /* Twenty of twenty are certain, but too few to be shown. */
    {"find_entry", 20, 0, 1, false, true, true, true, "pick_top", ""},
    {"parse_line", 3, 2, 1, false, true, true, false, "find_entry", ""},
    /* Names that no sample has. */
    {"find_entri", 180, 12, 8, true, false, false, true, "find_entry", "find_entry"},
    {"hash", 180, 12, 8, true, false, false, true, "find_entry", ""},
    {"strcmp", 180, 12, 8, true, false, false, true, "find_entry", ""},
};

static void an_answer_is_held_against_the_greatest_other_function(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_hotspot h =
            weigh(rows[i].answer, rows[i].find, rows[i].parse, rows[i].pick);
        if (h.measured != rows[i].measured || h.is_known != rows[i].is_known ||
            h.is_first != rows[i].is_first || h.is_settled != rows[i].is_settled ||
            strcmp(h.rival.function, rows[i].rival) != 0 ||
            strcmp(h.near, rows[i].near) != 0)
            fail_msg(
                "row %zu: measured %d, known %d, first %d, settled %d, rival %s, near %s",
                i, h.measured, h.is_known, h.is_first, h.is_settled, h.rival.function,
                h.near);
        assert_string_equal(h.named.function, rows[i].answer);
        assert_true(h.named.low <= h.named.part && h.named.part <= h.named.high);
    }
    struct pc_hotspot h = weigh("find_entry", 150, 30, 20);
    assert_int_equal(h.samples, 200);
    assert_true(h.named.part == 0.75 && h.rival.part == 0.15);
}

/* Looking after every tenth sample, up to 600 of them: a function that takes as much as
 * another one is hardly ever called the lesser one. */
static void looking_often_does_not_make_a_tie_wrong(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 4711);
    unsigned wrong = 0;
    enum { RUNS = 400 };
    for (int run = 0; run < RUNS; run++) {
        int64_t counts[2] = {0, 0};
        for (int i = 0; i < 600; i++) {
            counts[pc_rng_below(&rng, 2)]++;
            if (i % 10 != 9)
                continue;
            struct pc_hotspot h = weigh("find_entry", counts[0], counts[1], 0);
            if (!h.is_settled)
                continue;
            wrong += !h.is_first;
            break;
        }
    }
    /* At most 0.4 are to be expected. */
    assert_in_range(wrong, 0, 3);
}

/* Twice as much is found out within 600 samples, whichever of the two is named. */
static void a_difference_is_found(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 4711);
    for (int run = 0; run < 100; run++) {
        int64_t counts[2] = {0, 0};
        for (int i = 0; i < 600; i++)
            counts[pc_rng_below(&rng, 3) == 0]++;
        struct pc_hotspot h = weigh("find_entry", counts[0], counts[1], 0);
        assert_true(h.is_settled && h.is_first);
        h = weigh("parse_line", counts[0], counts[1], 0);
        assert_true(h.is_settled && !h.is_first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_held_against_the_greatest_other_function),
        cmocka_unit_test(looking_often_does_not_make_a_tie_wrong),
        cmocka_unit_test(a_difference_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
