#include "tui/share_text.h"

#include <stdio.h>

#include "report/values.h"

static const double hot_from = 0.25, warm_from = 0.05;

const char *pc_share_percent(const struct pc_share *share, char buf[PC_SHARE_TEXT])
{
    snprintf(buf, PC_SHARE_TEXT, "%.1f %%", 100 * share->part);
    return buf;
}

const char *pc_share_interval(const struct pc_share *share, char buf[PC_SHARE_TEXT])
{
    if (share->is_estimate || share->low == share->high)
        buf[0] = '\0';
    else
        snprintf(buf, PC_SHARE_TEXT, "%.0f to %.0f", 100 * share->low, 100 * share->high);
    return buf;
}

void pc_share_add(struct pc_str *text, const struct pc_share *share, bool with_interval)
{
    char part[PC_SHARE_TEXT], interval[PC_SHARE_TEXT];
    pc_str_adds(text, pc_share_percent(share, part));
    if (with_interval && *pc_share_interval(share, interval))
        pc_str_addf(text, " (%s)", interval);
}

void pc_share_say(struct pc_str *text, const struct pc_profile *profile, size_t type,
                  const struct pc_share *share, bool in_full)
{
    char value[PC_UNITS_MAX], title[PC_UNITS_MAX], part[PC_SHARE_TEXT];
    bool is_counted =
        !share->is_estimate && share->low == share->high && profile->taken == 0;
    if (!is_counted) {
        pc_share_add(text, share, in_full);
        return;
    }
    pc_str_addf(text, "%s %s", pc_value_format(profile, type, (double)share->value, value),
                pc_value_title(profile, type, title));
    if (in_full)
        pc_str_addf(text, " (%s)", pc_share_percent(share, part));
}

void pc_share_add_place(struct pc_str *text, const struct pc_profile *profile,
                        uint32_t function)
{
    const struct pc_function *f = &profile->functions.items[function];
    if (f->file[0] && f->line > 0 && f->code != PC_CODE_LIBRARY)
        pc_str_addf(text, "  %s:%d", f->file, f->line);
}

enum pc_style pc_share_style(const struct pc_share *share)
{
    return share->part >= hot_from    ? PC_STYLE_HOT
           : share->part >= warm_from ? PC_STYLE_WARM
                                      : PC_STYLE_TEXT;
}
