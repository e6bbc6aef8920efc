#include <string.h>

#include "base/mem.h"
#include "report/alloc_text.h"
#include "report/lock_text.h"
#include "report/lock_waits.h"
#include "report/profile_parts.h"
#include "tui/profile_inner.h"
#include "tui/profile_kinds.h"
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

static void write_text(struct pc_sheet *sheet, struct pc_str *text)
{
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT, pc_str_get(text));
    pc_str_fini(text);
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
    write_text(sheet, &text);
    if (first->is_tied)
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                       "It is a tie: the intervals of the functions with = overlap, so "
                       "their order could be chance.");
}

/* The same of what is counted. */
static void explain_counts(struct pc_sheet *sheet, const struct pc_profile_picture *p)
{
    const struct pc_top_row *first = &p->top.items[0];
    struct pc_str text = {0};
    pc_str_addf(&text, "%s has ", p->profile.functions.items[first->function].name);
    pc_share_say(&text, &p->profile, p->type, &first->self, true);
    pc_str_adds(&text, " itself, and ");
    pc_share_say(&text, &p->profile, p->type, &first->total, true);
    pc_str_addf(&text,
                " with all that it calls, which is \"below\". Nothing is sampled, so there "
                "are no intervals.%s Library functions count for whoever calls them.",
                p->columns.n > 1 ? " The column with * is the one that is ranked by; B "
                                   "takes the next."
                                 : "");
    pc_sheet_gap(sheet);
    write_text(sheet, &text);
    pc_alloc_leaks(&p->found, &text);
    if (text.len > 0) {
        pc_sheet_gap(sheet);
        pc_sheet_block(sheet, 1, PC_STYLE_TEXT, text.s);
    }
    pc_str_fini(&text);
}

/* Who waits, and for whom, which no other tab shows both of. */
static void explain_locks(struct pc_sheet *sheet, const struct pc_profile_picture *p)
{
    enum { TOP = 8 };
    const struct pc_profile_view view = {
        .width = (size_t)pc_canvas_area(sheet->canvas).w - 1, .top = TOP, .by = p->type};
    struct pc_str text = {0};
    if (pc_lock_text(&p->found, &view, &text, NULL))
        pc_sheet_block(sheet, 1, PC_STYLE_TEXT, pc_str_get(&text));
    pc_str_fini(&text);
}

/* A command, in one row where it fits. */
static void write_command(struct pc_sheet *sheet, const char *command)
{
    if ((int)strlen(command) + 2 <= pc_canvas_area(sheet->canvas).w)
        pc_sheet_line(sheet, 1, PC_STYLE_CODE, "%s", command);
    else
        pc_sheet_prose(sheet, 1, PC_STYLE_CODE, command);
}

/* The option of pprof that chooses a value; some have one of their own, which is shorter. */
static char *index_option(const struct pc_profile_picture *p)
{
    const char *name = p->profile.types[p->type].name;
    bool has_own = strncmp(name, "alloc_", 6) == 0 || strncmp(name, "inuse_", 6) == 0;
    return p->columns.n == 0 ? pc_strdup("")
           : has_own         ? pc_strfmt(" -%s", name)
                             : pc_strfmt(" -sample_index=%s", name);
}

/* A command of pprof for each tab, about the function that is chosen. */
static void write_pprof(struct pc_sheet *sheet, const struct pc_profile_picture *p,
                        const struct pc_profile_kind_row *kind)
{
    const char *name =
        p->function == PC_NO_FUNCTION ? "." : p->profile.functions.items[p->function].name;
    PC_AUTO(pc_auto_free) char *index = index_option(p);
    PC_AUTO(pc_auto_free) char *out =
        pc_strfmt("perfcourse profile %s%s --out DIR", p->exercise, kind->option);
    PC_AUTO(pc_auto_free) char *list = pc_strfmt("-source_path=DIR -list %s", name);
    PC_AUTO(pc_auto_free) char *peek = pc_strfmt("-peek %s", name);
    PC_AUTO(pc_auto_free) char *base =
        pc_strfmt("-top -diff_base OLD/%s.pb.gz", kind->file);
    const char *const views[] = {"-http=:", "-top", list, peek, base};
    write_command(sheet, out);
    for (size_t i = 0; i < PC_COUNT(views); i++) {
        PC_AUTO(pc_auto_free) char *command =
            pc_strfmt("go tool pprof%s %s DIR/%s.pb.gz", index, views[i], kind->file);
        write_command(sheet, command);
    }
}

/* Tools that want a program get one of the kernel and its bench. */
static void write_tools(struct pc_sheet *sheet, const struct pc_profile_picture *p,
                        const struct pc_profile_kind_row *kind)
{
    PC_AUTO(pc_auto_free) char *program =
        p->found.size > 0
            ? pc_strfmt("./prog --bench='^%s/n=%zu$'", p->found.bench, p->found.size)
            : pc_strfmt("./prog --bench='^%s$'", p->found.bench);
    PC_AUTO(pc_auto_free) char *build =
        pc_strfmt("cc -O2 -g %s bench.c -o prog $(pkg-config --cflags --libs perfbench)",
                  p->profile.source_name ? p->profile.source_name : "KERNEL.c");
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                   "Others want a program; in the folder of the exercise:");
    write_command(sheet, build);
    for (size_t i = 0; i < PC_PROFILE_TOOLS && kind->tools[i].words; i++) {
        const struct pc_profile_tool *tool = &kind->tools[i];
        PC_AUTO(pc_auto_free) char *command =
            pc_strfmt("%s%s%s", tool->words, tool->program ? program : "",
                      tool->program ? tool->program : "");
        write_command(sheet, command);
    }
}

static void write_comparing(struct pc_sheet *sheet, const struct pc_profile_picture *p,
                            const struct pc_profile_kind_row *kind)
{
    PC_AUTO(pc_auto_free) char *last =
        pc_strfmt("perfcourse profile %s%s --diff", p->exercise, kind->option);
    PC_AUTO(pc_auto_free) char *starter = pc_strfmt(
        "perfcourse profile %s%s --use starter --out OLD", p->exercise, kind->option);
    PC_AUTO(pc_auto_free) char *since = pc_strfmt("%s OLD/%s.pb.gz", last, kind->file);
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                   "What has become of it since the last version, and since the starter:");
    write_command(sheet, last);
    write_command(sheet, starter);
    write_command(sheet, since);
}

void pc_profile_write_about(struct pc_profile_picture *p, int width, bool ascii)
{
    struct pc_sheet *sheet = &p->about;
    const struct pc_profile_kind_row *kind = pc_profile_kind_row(p->profile.kind);
    pc_sheet_begin(sheet, width, ascii);
    bool is_lock = pc_lock_is_counted(&p->profile) && p->top.n > 0;
    if (!is_lock)
        write_sentences(sheet, p);
    if (p->guess) {
        pc_sheet_gap(sheet);
        pc_sheet_prose(sheet, 1, PC_STYLE_STRONG, p->guess);
    }
    if (p->top.n == 0) {
        pc_sheet_gap(sheet);
        pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                       p->profile.kind == PC_PROFILE_ALLOC
                           ? "It allocates nothing, so there is nothing to show."
                       : p->profile.kind == PC_PROFILE_LOCK
                           ? "Nothing was waited for, so there is nothing to show."
                           : "Nothing was seen, so there is nothing to show.");
        return;
    }
    if (is_lock)
        explain_locks(sheet, p);
    else if (p->columns.n > 0)
        explain_counts(sheet, p);
    else
        explain(sheet, p);
    pc_sheet_gap(sheet);
    pc_sheet_prose(sheet, 1, PC_STYLE_TEXT,
                   "The same in other tools: a flame graph, top, source, calls, diff.");
    write_pprof(sheet, p, kind);
    write_tools(sheet, p, kind);
    write_comparing(sheet, p, kind);
}
