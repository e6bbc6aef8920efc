/*
 * What became of each function since an earlier profile, on the screen.
 */
#include "tui/profile_counted.h"
#include "tui/profile_inner.h"
#include "tui/share_text.h"

void pc_profile_write_compared(struct pc_profile_picture *p, int width, bool ascii)
{
    struct pc_sheet *sheet = &p->compared;
    struct pc_str text = {0};
    pc_sheet_begin(sheet, width, ascii);
    if (p->has_before) {
        pc_profile_changes_heading(&p->changes, &text);
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, pc_str_get(&text));
        pc_str_fini(&text);
        return;
    }
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                   "Nothing is kept to compare this with: no earlier profile of another "
                   "version of the kernel. Edit it, save it, and press r: then each "
                   "function stands here as it was before and as it is now.");
}

void pc_profile_draw_change(const void *ctx, size_t i, struct pc_canvas *canvas,
                            struct pc_area row)
{
    const struct pc_profile_picture *p = ctx;
    const struct pc_change *change = &p->changes.diff.items[i];
    struct pc_str text = {0};
    pc_profile_changes_row(&p->changes, i, (size_t)row.w + 2, &text);
    pc_canvas_cut(canvas, row, 0, 0, row.w,
                  change->sign != 0 ? PC_STYLE_STRONG : PC_STYLE_TEXT, pc_str_get(&text));
    pc_str_fini(&text);
}

void pc_profile_draw_change_detail(const struct pc_profile_picture *p,
                                   struct pc_canvas *canvas, struct pc_area row)
{
    const struct pc_profile_changes *c = &p->changes;
    if (c->diff.n == 0)
        return;
    const struct pc_change *change = &c->diff.items[p->changed.cursor];
    bool narrow = row.w < PC_PROFILE_NARROW;
    struct pc_str text = {0};
    if (!narrow)
        pc_str_addf(&text, "%s: ", pc_profile_changes_function(c, p->changed.cursor)->name);
    if (c->diff.is_counted) {
        pc_share_say(&text, c->before, c->type, &change->old, !narrow);
        pc_str_adds(&text, narrow ? ", now " : " before, now ");
        pc_share_say(&text, c->now, c->type, &change->new, !narrow);
        if (!narrow)
            pc_str_addf(&text, ": %s",
                        change->sign == 0  ? "the same"
                        : change->sign > 0 ? "more"
                                           : "less");
    } else {
        const struct pc_difference *d = &change->share;
        pc_str_addf(&text, "%+.1f points (%+.0f to %+.0f), %s", 100 * d->part, 100 * d->low,
                    100 * d->high,
                    change->sign == 0  ? "could be none"
                    : change->sign > 0 ? "surely more"
                                       : "surely less");
    }
    pc_canvas_cut(canvas, row, 1, 0, row.w - 2, PC_STYLE_STRONG, pc_str_get(&text));
    pc_str_fini(&text);
}
