/*
 * limits.lua (script/lesson.h): any text is refused with one line that names the file, or
 * gives limits that hold what they promise.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "fuzz.h"
#include "script/lesson.h"

static void check_speedup(const struct pc_speed_limit *speed)
{
    if (!speed->set)
        return;
    fuzz_must(isfinite(speed->min) && speed->min > 0, "the least speed-up is positive");
    fuzz_must(isnan(speed->silver) ||
                  (isfinite(speed->silver) && speed->silver >= speed->min),
              "silver is not below a pass");
    fuzz_must(isnan(speed->gold) || (isfinite(speed->gold) && speed->gold >= speed->min &&
                                     !(speed->gold < speed->silver)),
              "gold is not below silver");
    fuzz_must(speed->cpus <= 1024 && speed->least <= speed->cpus, "processors are ordered");
    fuzz_must(!speed->per_cpu || speed->cpus > 0, "a share is of processors");
    fuzz_must(memchr(speed->bench, '\0', sizeof speed->bench) != NULL, "a name ends");
}

static void check_growth(const struct pc_growth_limit *growth)
{
    if (!growth->set)
        return;
    fuzz_must(isfinite(growth->max) && growth->max > 0, "the exponent's bound is positive");
    fuzz_must(isnan(growth->gold) || (growth->gold > 0 && growth->gold <= growth->max),
              "gold grows no faster");
    fuzz_must(growth->n >= 3 && growth->n <= PC_GROWTH_SIZES, "there are enough sizes");
    fuzz_must(growth->sizes[0] > 0, "sizes are positive");
    for (size_t i = 1; i < growth->n; i++)
        fuzz_must(growth->sizes[i] > growth->sizes[i - 1], "sizes ascend");
    fuzz_must(growth->sizes[growth->n - 1] / 4 >= growth->sizes[0], "sizes span 4");
}

static void check_tail(const struct pc_tail_limit *tail)
{
    bool any = !tail->set;
    for (size_t i = 0; tail->set && i < PC_QUANTILES; i++) {
        const struct pc_tail_bound *bound = &tail->bounds[i];
        any = any || !isnan(bound->max_ratio);
        fuzz_must(isnan(bound->max_ratio) ||
                      (isfinite(bound->max_ratio) && bound->max_ratio > 0),
                  "a share is positive");
        fuzz_must(isnan(bound->gold) ||
                      (bound->gold > 0 && bound->gold <= bound->max_ratio),
                  "gold is a smaller share");
    }
    fuzz_must(any, "a tail has a quantile");
}

static void check_metric(const struct pc_limits *limits, size_t i)
{
    const struct pc_limit *l = &limits->items[i];
    fuzz_must_be_harmless(l->metric, false, "a metric");
    fuzz_must(l->metric[0] != '\0', "a metric has a name");
    fuzz_must(isfinite(l->max) || isfinite(l->min), "%s is bounded", l->metric);
    fuzz_must(l->min <= l->max, "%s: bounds are ordered", l->metric);
    fuzz_must(isfinite(l->max) || (isinf(l->max) && l->max > 0), "%s: no most", l->metric);
    fuzz_must(isfinite(l->min) || (isinf(l->min) && l->min < 0), "%s: no least", l->metric);
    fuzz_must(isnan(l->gold) || (l->gold >= l->min && l->gold <= l->max),
              "%s: gold is within", l->metric);
    fuzz_must(l->stat == PC_STAT_MAX || l->stat == PC_STAT_MEAN, "a statistic is one");
    for (size_t k = 0; k < i; k++)
        fuzz_must(strcmp(limits->items[k].metric, l->metric) != 0, "%s occurs once",
                  l->metric);
}

static void check_words(char *const *words, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++) {
        fuzz_must(words[i][0] != '\0', "%s are not empty", what);
        fuzz_must_be_harmless(words[i], false, what);
        for (size_t k = 0; k < i; k++)
            fuzz_must(strcmp(words[i], words[k]) != 0, "%s occur once", what);
    }
}

/* What becomes an argument of pkg-config is no option of it. */
static void check_limits(const struct pc_limits *limits)
{
    fuzz_must(limits->n <= PC_LIMITS_MAX, "limits fit");
    fuzz_must(limits->n > 0 || limits->speedup.set || limits->growth.set ||
                  limits->tail.set,
              "there is a limit");
    check_speedup(&limits->speedup);
    check_growth(&limits->growth);
    check_tail(&limits->tail);
    fuzz_must_be_harmless(limits->hotspot, false, "a constant");
    fuzz_must(!limits->hotspot[0] || limits->speedup.set, "a hotspot has a bench");
    for (size_t i = 0; i < limits->n; i++)
        check_metric(limits, i);
    check_words(limits->allow, limits->n_allow, "symbols");
    check_words(limits->needs, limits->n_needs, "packages");
    check_words(limits->fails, limits->n_fails, "reasons");
    for (size_t i = 0; i < limits->n_needs; i++)
        fuzz_must(limits->needs[i][0] != '-', "a package is no option");
    fuzz_must(limits->n_fails > 0, "a starter fails for a reason");
    for (size_t i = 0; i < limits->n_mutants; i++) {
        const struct pc_mutant *m = &limits->mutants[i];
        fuzz_must(m->n_fails > 0, "a mutant fails for a reason");
        fuzz_must(strchr(m->name, '/') == NULL, "a mutant lies in its folder");
        check_words(m->fails, m->n_fails, "reasons");
    }
}

/* With the word `mutants` in it a file is read where there are two, for they must agree. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char folder[] = "07_strings", plain[] = "plain", mutated[] = "mutated";
    bool has_mutants = memmem(data, n, "mutants", 7) != NULL;
    struct pc_topic topic = {.number = 7, .folder = folder};
    struct pc_exercise exercise = {.name = has_mutants ? mutated : plain, .topic = &topic};
    PC_AUTO(pc_auto_free) char *dir = pc_strdup(fuzz_folder());
    PC_AUTO(pc_auto_free) char *name =
        pc_strfmt("checks/07_strings/%s/limits.lua", exercise.name);
    fuzz_file(name, data, n);
    if (has_mutants) {
        fuzz_file("checks/07_strings/mutated/mutants/slow.c", "", 0);
        fuzz_file("checks/07_strings/mutated/mutants/wrong.c", "", 0);
    }
    const struct pc_course course = {.dir = dir};
    struct pc_limits limits;
    struct pc_err err = {0};
    if (pc_limits_load(&course, &exercise, &limits, &err)) {
        check_limits(&limits);
    } else {
        fuzz_must_explain(&err, PC_ENVIRONMENT);
        fuzz_must(strstr(err.msg, "limits.lua") != NULL, "the file is named: %s", err.msg);
    }
    pc_limits_fini(&limits);
    return 0;
}
