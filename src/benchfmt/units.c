#include "benchfmt/units.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* What everybody knows, until a file says otherwise: throughput is better when it is
 * higher; time, memory and counts of an operation when they are lower. */
static struct pc_benchfmt_unit usual(const char *unit, size_t n)
{
    static const char *const lower[] = {"/op", "-ns", "-B", "-bytes"};
    struct pc_benchfmt_unit facts = {.better = PC_BETTER_UNKNOWN};
    if (n > 2 && strcmp(unit + n - 2, "/s") == 0)
        facts.better = PC_BETTER_HIGHER;
    for (size_t i = 0; i < PC_COUNT(lower); i++) {
        size_t k = strlen(lower[i]);
        if (n > k && strcmp(unit + n - k, lower[i]) == 0)
            facts.better = PC_BETTER_LOWER;
    }
    return facts;
}

uint32_t pc_units_number(struct pc_benchfmt *data, const char *unit, size_t n)
{
    size_t before = data->units.n;
    uint32_t number = pc_atoms_add(&data->units, unit, n);
    if (data->units.n > before) {
        pc_reserve(&data->unit_facts, &data->unit_facts_cap, data->units.n,
                   sizeof *data->unit_facts);
        data->unit_facts[number] = usual(unit, n);
    }
    return number;
}

static bool refuse(char why[PC_UNIT_WHY_MAX], const char *says, const char *value)
{
    snprintf(why, PC_UNIT_WHY_MAX, "%s, not %.60s", says, value);
    return false;
}

static bool contradict(char why[PC_UNIT_WHY_MAX], const char *key, const char *unit)
{
    snprintf(why, PC_UNIT_WHY_MAX, "%.100s of unit %.100s was given before, and differs",
             key, unit);
    return false;
}

bool pc_units_learn(struct pc_benchfmt *data, uint32_t unit, const char *key,
                    const char *value, char why[PC_UNIT_WHY_MAX])
{
    struct pc_benchfmt_unit *facts = &data->unit_facts[unit];
    const char *name = pc_atoms_text(&data->units, unit);
    if (strcmp(key, "assume") == 0) {
        bool exact = strcmp(value, "exact") == 0;
        if (!exact && strcmp(value, "nothing") != 0)
            return refuse(why, "assume is exact or nothing", value);
        if (facts->tells_assumption && facts->exact != exact)
            return contradict(why, key, name);
        facts->tells_assumption = true;
        facts->exact = exact;
    } else if (strcmp(key, "better") == 0) {
        enum pc_better better = strcmp(value, "higher") == 0  ? PC_BETTER_HIGHER
                                : strcmp(value, "lower") == 0 ? PC_BETTER_LOWER
                                                              : PC_BETTER_UNKNOWN;
        if (better == PC_BETTER_UNKNOWN)
            return refuse(why, "better is higher or lower", value);
        if (facts->tells_better && facts->better != better)
            return contradict(why, key, name);
        facts->tells_better = true;
        facts->better = better;
    }
    return true;
}
