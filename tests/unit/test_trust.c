#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "judge/trust.h"

static const struct row {
    const char *rule;
    double median, p90;
    int restarts;
    double busy, steal;
    const char *governor;
    double mhz_low, mhz_high;
    bool no_compiler;
    enum pc_trust trust;
    const char *reason, *remedy; /* parts of them; NULL: no remedy */
} rows[] = {
    {.rule = "a quiet machine",
     .median = 0.001,
     .p90 = 0.01,
     .restarts = 40,
     .trust = PC_TRUST_RELIABLE,
     .reason = "within 1.00 %"},
    {.rule = "noise does not depend on its cause",
     .median = 0.001,
     .p90 = 0.01,
     .restarts = 40,
     .busy = 1.5,
     .steal = 0.3,
     .trust = PC_TRUST_RELIABLE,
     .reason = "within 1.00 %"},
    {.rule = "other work",
     .median = 0.01,
     .p90 = 0.03,
     .restarts = 40,
     .busy = 1.5,
     .steal = 0.3,
     .trust = PC_TRUST_SLOW,
     .reason = "within 3.00 %",
     .remedy = "end the other work"},
    {.rule = "a host that is busy",
     .median = 0.01,
     .p90 = 0.05,
     .restarts = 40,
     .steal = 0.3,
     .trust = PC_TRUST_SLOW,
     .reason = "within 5.00 %",
     .remedy = "the host gives"},
    {.rule = "a governor that saves",
     .median = 0.01,
     .p90 = 0.05,
     .restarts = 40,
     .governor = "powersave",
     .mhz_low = 800,
     .mhz_high = 4000,
     .trust = PC_TRUST_SLOW,
     .reason = "within",
     .remedy = "governor performance"},
    {.rule = "a frequency that changes",
     .median = 0.01,
     .p90 = 0.05,
     .restarts = 40,
     .governor = "schedutil",
     .mhz_low = 800,
     .mhz_high = 4000,
     .trust = PC_TRUST_SLOW,
     .reason = "within",
     .remedy = "cool"},
    {.rule = "no cause that shows",
     .median = 0.01,
     .p90 = 0.24,
     .restarts = 40,
     .mhz_low = NAN,
     .mhz_high = NAN,
     .trust = PC_TRUST_SLOW,
     .reason = "within",
     .remedy = "--careful"},
    {.rule = "half of the restarts are off",
     .median = 0.08,
     .p90 = 0.1,
     .restarts = 40,
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "within 10.00 %",
     .remedy = "--careful"},
    {.rule = "one in ten is far off",
     .median = 0.001,
     .p90 = 0.25,
     .restarts = 40,
     .busy = 2,
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "within 25.00 %",
     .remedy = "end the other work"},
    {.rule = "too few restarts say nothing",
     .restarts = 9,
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "only 9 restarts",
     .remedy = "--careful"},
    {.rule = "numbers that are none",
     .median = NAN,
     .p90 = NAN,
     .restarts = 40,
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "within",
     .remedy = "--careful"},
    {.rule = "nothing was measured",
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "nothing could be measured",
     .remedy = "see trouble"},
    {.rule = "there is no compiler",
     .no_compiler = true,
     .trust = PC_TRUST_UNRELIABLE,
     .reason = "nothing could be measured",
     .remedy = "install a C compiler"},
};

static void noise_decides_and_its_cause_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct pc_health health = {
            .compiler = row->no_compiler ? NULL : "/usr/bin/gcc",
            .restarts = row->restarts,
            .noise_median = row->median,
            .noise_p90 = row->p90,
            .busy = row->busy,
            .steal = row->steal,
            .machine = {.mhz_low = row->mhz_low, .mhz_high = row->mhz_high}};
        if (row->governor)
            strcpy(health.machine.governor, row->governor);
        PC_AUTO(pc_auto_free) char *reason = NULL;
        const char *remedy;
        enum pc_trust trust = pc_judge_trust(&health, &reason, &remedy);
        if (trust != row->trust)
            fail_msg("%s: %d", row->rule, (int)trust);
        if (!strstr(reason, row->reason))
            fail_msg("%s: %s", row->rule, reason);
        if (!remedy != !row->remedy || (remedy && !strstr(remedy, row->remedy)))
            fail_msg("%s: %s", row->rule, remedy ? remedy : "no remedy");
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_decides_and_its_cause_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
