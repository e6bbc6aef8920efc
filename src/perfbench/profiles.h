/*
 * The flags of a bench program that write profiles.
 */
#ifndef PERFBENCH_PROFILES_H
#define PERFBENCH_PROFILES_H

#include "perfbench/options.h"

/* False when a profile is asked for and the program is not linked with libperfprof, too. */
bool bench_profiles_are_there(const struct bench_options *o);

/* Begin what is asked for, and write it; false when something failed, which has been told. */
bool bench_profiles_start(const struct bench_options *o);
bool bench_profiles_stop(const struct bench_options *o);

#endif
