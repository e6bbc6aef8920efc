#include "perfbench/profiles.h"

#include <stdio.h>
#include <string.h>

/* Functions of libperfprof, which needs more than libc: they are there when the program is
 * linked with it, too. */
bool bench_profile_start(const char *file) __attribute__((weak));
bool bench_profile_stop(void) __attribute__((weak));
bool bench_heap_profile_start(const char *file) __attribute__((weak));
bool bench_heap_profile_stop(void) __attribute__((weak));
bool bench_mutex_profile_start(const char *file) __attribute__((weak));
bool bench_mutex_profile_stop(void) __attribute__((weak));
const char *bench_profile_error(void) __attribute__((weak));

/* What was asked for by a flag; `start` is NULL when it is not there. */
struct profile {
    const char *flag, *file; /* NULL: it was not asked for */
    bool (*start)(const char *file);
    bool (*stop)(void);
};

enum { PROFILES = 3 };

/* Each is begun after, and written before, those that would see it. */
static void find_profiles(const struct bench_options *o, struct profile profiles[PROFILES])
{
    const struct profile found[PROFILES] = {
        {.flag = "--cpuprofile",
         .file = o->cpuprofile,
         .start = bench_profile_start,
         .stop = bench_profile_stop},
        {.flag = "--mutexprofile",
         .file = o->mutexprofile,
         .start = bench_mutex_profile_start,
         .stop = bench_mutex_profile_stop},
        {.flag = "--memprofile",
         .file = o->memprofile,
         .start = bench_heap_profile_start,
         .stop = bench_heap_profile_stop},
    };
    memcpy(profiles, found, sizeof found);
}

const char *bench_profiles_missing(const struct bench_options *o)
{
    struct profile profiles[PROFILES];
    find_profiles(o, profiles);
    for (int i = 0; i < PROFILES; i++)
        if (profiles[i].file && !profiles[i].start)
            return profiles[i].flag;
    return NULL;
}

/* One line when a step has failed. */
static bool told(const struct profile *profile, bool fine)
{
    if (!fine)
        fprintf(stderr, "perfbench: %s %s: %s\n", profile->flag, profile->file,
                bench_profile_error());
    return fine;
}

bool bench_profiles_start(const struct bench_options *o)
{
    struct profile profiles[PROFILES];
    find_profiles(o, profiles);
    for (int i = 0; i < PROFILES; i++)
        if (profiles[i].file && !told(&profiles[i], profiles[i].start(profiles[i].file)))
            return false;
    return true;
}

bool bench_profiles_stop(const struct bench_options *o)
{
    struct profile profiles[PROFILES];
    bool fine = true;
    find_profiles(o, profiles);
    for (int i = PROFILES; i-- > 0;)
        if (profiles[i].file)
            fine &= told(&profiles[i], profiles[i].stop());
    return fine;
}
