/*
 * Shares of a profile as text, as all of its tabs write them.
 */
#ifndef PC_TUI_SHARE_TEXT_H
#define PC_TUI_SHARE_TEXT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/style.h"
#include "hotspots/share.h"
#include "model/profile.h"

enum { PC_SHARE_TEXT = 16 };

/* "57.4 %" into `buf`, and its interval, "53 to 62"; "" when there is none. */
const char *pc_share_percent(const struct pc_share *share, char buf[PC_SHARE_TEXT]);
const char *pc_share_interval(const struct pc_share *share, char buf[PC_SHARE_TEXT]);

/* Append "57.4 %", or with its interval "57.4 % (53 to 62)". */
void pc_share_add(struct pc_str *text, const struct pc_share *share, bool with_interval);

/* The same of a profile that counts everything: "999 allocs/op (99.9 %)", or without the share. */
void pc_share_say(struct pc_str *text, const struct pc_profile *profile, size_t type,
                  const struct pc_share *share, bool in_full);

/* Append "  join.c:17", when that is known and is not inside of a library. */
void pc_share_add_place(struct pc_str *text, const struct pc_profile *profile,
                        uint32_t function);

/* The colour of heat, which only repeats what the number says: from a quarter on, from a
 * twentieth on, and below. */
enum pc_style pc_share_style(const struct pc_share *share);

#endif
