/*
 * For tests of programs that profile themselves: work whose shares are known, and what is found
 * of it in the file.
 */
#ifndef PERFPROF_BED_H
#define PERFPROF_BED_H

#include <stdbool.h>
#include <stdint.h>

#include "model/profile.h"

/* A folder for the tests, of a group's set-up and teardown. */
int bed_set_up(void **state);
int bed_tear_down(void **state);
char *bed_path(const char *name); /* the caller frees it */
const char *bed_file(void);       /* of profiles, in the folder */

/* Take a profile to that file, and read it. */
void bed_begin(void);
void bed_end(struct pc_profile *profile);

/* Work until the calling thread has used so much processor time, 70 % in seventy() and 30 % in
 * thirty(), both of which call bed_steps(). */
void bed_work(int ms);
uint64_t bed_steps(uint64_t x, int n);
int64_t bed_used(void); /* ms of the calling thread */

/* Whether a stack goes through a function, or has a label with this value. */
typedef bool bed_asks(const struct pc_profile *profile,
                      const struct pc_profile_sample *sample, const char *name);
bool bed_passes(const struct pc_profile *profile, const struct pc_profile_sample *sample,
                const char *name);
bool bed_is_labelled(const struct pc_profile *profile,
                     const struct pc_profile_sample *sample, const char *value);

/* How many samples, and which share of them, this is true of. */
int64_t bed_count(const struct pc_profile *profile, bed_asks *is_true, const char *name);
double bed_share(const struct pc_profile *profile, bed_asks *is_true, const char *name);

/* Run `body` in a process of its own. */
void bed_apart(void (*body)(void));

#endif
