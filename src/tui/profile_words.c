#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"
#include "tui/profile_picture.h"
#include "tui/share_text.h"

/* The sentences that the shell's report begins with. */
static void write_sentences(struct pc_sheet *sheet, const struct pc_profile_picture *p)
{
    struct pc_str text = {0};
    pc_profile_heading(&p->found, &p->stacks, 0, &text);
    PC_AUTO(pc_auto_free) char *lines = pc_str_take(&text);
    char *rest = NULL;
    for (char *line = strtok_r(lines, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, line);
}

void pc_profile_write_heading(struct pc_profile_picture *p, int width, bool ascii)
{
    pc_sheet_begin(&p->heading, width, ascii);
    write_sentences(&p->heading, p);
}

/* What the two numbers mean, by the function that takes most. */
static void explain(struct pc_sheet *sheet, const struct pc_profile_picture *p)
{
    const struct pc_top_row *first = &p->top.items[0];
    struct pc_str text = {0};
    pc_str_addf(&text, "%s takes ", p->profile.functions.items[first->function].name);
    pc_share_add(&text, &first->self, false);
    pc_str_adds(&text, " itself, which is \"here\", and ");
    pc_share_add(&text, &first->total, false);
    pc_str_adds(&text,
                " with all that it calls, which is \"below\". What is changed inside of it "
                "can save the first at most; calling less, or calling something cheaper, "
                "saves of the rest. Library functions count for whoever calls them.");
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, pc_str_get(&text));
    pc_str_fini(&text);
    if (first->is_tied)
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                       "It is a tie: the intervals of the functions with = overlap, so "
                       "their order could be chance.");
}

void pc_profile_write_about(struct pc_profile_picture *p, int width, bool ascii)
{
    struct pc_sheet *sheet = &p->about;
    pc_sheet_begin(sheet, width, ascii);
    write_sentences(sheet, p);
    if (p->guess) {
        pc_sheet_gap(sheet);
        pc_sheet_prose(sheet, 1, PC_STYLE_STRONG, p->guess);
    }
    if (p->top.n == 0) {
        pc_sheet_gap(sheet);
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                       "Nothing was seen, so there is nothing to show.");
        return;
    }
    explain(sheet, p);
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, "The same in other tools:");
    pc_sheet_line(sheet, 1, PC_STYLE_CODE, "perfcourse profile %s%s --out DIR", p->exercise,
                  p->profile.kind == PC_PROFILE_WALL ? " --wall" : "");
    pc_sheet_line(sheet, 1, PC_STYLE_CODE, "go tool pprof -http=: DIR/%s.pb.gz",
                  pc_profile_kind_name(p->profile.kind));
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, "and after a change, what has become of it:");
    pc_sheet_line(sheet, 1, PC_STYLE_CODE, "perfcourse profile %s --diff DIR/%s.pb.gz",
                  p->exercise, pc_profile_kind_name(p->profile.kind));
}
