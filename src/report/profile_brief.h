/*
 * A profile as a lesson shows it: what `perfcourse profile` prints, but shorter, without what
 * only the shell can do, and in a window of 40 columns, too.
 */
#ifndef PC_REPORT_PROFILE_BRIEF_H
#define PC_REPORT_PROFILE_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/experiment.h"

/* Append its title, how it was measured, functions, and what `shown` asks for, in lines of at
 * most `width` columns unless it is 0.  With `bars` each function's share is also drawn, full
 * up to the lower end of its interval and light up to the upper one, where there is room. */
void pc_profile_brief(const struct pc_shown_profile *shown, size_t width, bool bars,
                      struct pc_str *out);

#endif
