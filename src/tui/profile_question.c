#include "tui/profile_question.h"

#include <string.h>

#include "base/mem.h"

static void sort_by_name(struct pc_profile_question *q)
{
    for (size_t i = 1; i < q->n; i++)
        for (size_t k = i;
             k > 0 && pc_function_order(q->profile, q->choices[k - 1].function,
                                        q->choices[k].function) > 0;
             k--) {
            typeof(q->choices[0]) kept = q->choices[k];
            q->choices[k] = q->choices[k - 1];
            q->choices[k - 1] = kept;
        }
}

void pc_profile_question_make(struct pc_profile_question *q, const struct pc_top *top,
                              const struct pc_profile *profile, const char *takes)
{
    *q = (struct pc_profile_question){.profile = profile, .takes = takes};
    unsigned first = 0;
    for (size_t i = 0; i < top->n && q->n < PC_PROFILE_CHOICES; i++) {
        const struct pc_top_row *row = &top->items[i];
        if (profile->functions.items[row->function].code != PC_CODE_KERNEL ||
            row->rank == 0)
            continue;
        if (first == 0)
            first = row->rank;
        q->choices[q->n].function = row->function;
        q->choices[q->n++].is_right = row->rank == first && row->self.value > 0;
    }
    if (q->n < 2)
        q->n = 0;
    sort_by_name(q);
}

static const char *name_of(const struct pc_profile_question *q, size_t choice)
{
    return q->profile->functions.items[q->choices[choice].function].name;
}

void pc_profile_question_score(const struct pc_profile_question *q, size_t choice,
                               struct pc_str *out)
{
    size_t right = 0;
    for (size_t i = 0; i < q->n; i++)
        right += q->choices[i].is_right;
    if (q->choices[choice].is_right) {
        pc_str_addf(out, "Right: it is %s%s.", name_of(q, choice),
                    right > 1 ? ", as far as can be told" : "");
        return;
    }
    pc_str_addf(out, "Not %s: it is ", name_of(q, choice));
    for (size_t i = 0, told = 0; i < q->n; i++)
        if (q->choices[i].is_right)
            pc_str_addf(out, "%s%s", told++ > 0 ? " or " : "", name_of(q, i));
    pc_str_adds(out, ".");
}

void pc_profile_question_draw(const struct pc_profile_question *q, struct pc_canvas *canvas,
                              struct pc_area area)
{
    bool tall = area.h > PC_PROFILE_CHOICES + 4;
    int y = tall;
    PC_AUTO(pc_auto_free) char *text = pc_strfmt(
        area.w < 60 ? "Which %s itself?" : "Before you look: which function %s itself?",
        q->takes);
    pc_canvas_cut(canvas, area, 1, y, area.w - 2, PC_STYLE_HEADING, text);
    y += 1 + tall;
    for (size_t i = 0; i < q->n; i++, y++) {
        int x = pc_canvas_printf(canvas, area, 3, y, PC_STYLE_KEY, "%zu", i + 1);
        pc_canvas_cut(canvas, area, x + 2, y, area.w - x - 3, PC_STYLE_TEXT, name_of(q, i));
    }
    if (tall)
        pc_canvas_cut(canvas, area, 1, y + 1, area.w - 2, PC_STYLE_FAINT,
                      "Enter shows it without an answer.");
}
