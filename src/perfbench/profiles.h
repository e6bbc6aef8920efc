/*
 * The flags of a bench program that write profiles.
 */
#ifndef PERFBENCH_PROFILES_H
#define PERFBENCH_PROFILES_H

#include "perfbench/options.h"

/* The flag that asks for a profile although the program is not linked with libperfprof, too; NULL:
 * none does. */
const char *bench_profiles_missing(const struct bench_options *o);

/* Begin what is asked for, and write it; false when something failed, which has been told. */
bool bench_profiles_start(const struct bench_options *o);
bool bench_profiles_stop(const struct bench_options *o);

#endif
