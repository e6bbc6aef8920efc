#include "perfbench/profiles.h"

#include <stdio.h>

/* Functions of libperfprof, which needs more than libc: they are there when the program is
 * linked with it, too. */
bool bench_profile_start(const char *file) __attribute__((weak));
bool bench_profile_stop(void) __attribute__((weak));
bool bench_heap_profile_start(const char *file) __attribute__((weak));
bool bench_heap_profile_stop(void) __attribute__((weak));
const char *bench_profile_error(void) __attribute__((weak));

bool bench_profiles_are_there(const struct bench_options *o)
{
    return (!o->cpuprofile || bench_profile_start) &&
           (!o->memprofile || bench_heap_profile_start);
}

/* One line when a step has failed. */
static bool told(const char *flag, const char *file, bool fine)
{
    if (!fine)
        fprintf(stderr, "perfbench: %s %s: %s\n", flag, file, bench_profile_error());
    return fine;
}

bool bench_profiles_start(const struct bench_options *o)
{
    if (o->cpuprofile &&
        !told("--cpuprofile", o->cpuprofile, bench_profile_start(o->cpuprofile)))
        return false;
    return !o->memprofile ||
           told("--memprofile", o->memprofile, bench_heap_profile_start(o->memprofile));
}

bool bench_profiles_stop(const struct bench_options *o)
{
    bool fine = true;
    if (o->memprofile)
        fine &= told("--memprofile", o->memprofile, bench_heap_profile_stop());
    if (o->cpuprofile)
        fine &= told("--cpuprofile", o->cpuprofile, bench_profile_stop());
    return fine;
}
