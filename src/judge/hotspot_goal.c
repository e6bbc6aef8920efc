#include <math.h>
#include <stdio.h>

#include "judge/goals.h"

static void add_share(struct pc_str *s, const struct pc_hotspot_share *share)
{
    double percent = 100 * share->part;
    pc_str_addf(s, "%.*f %% (%.0f to %.0f)", percent < 9.95 ? 1 : 0, percent,
                100 * share->low, 100 * share->high);
}

static void add_unnamed(struct pc_str *s, const struct pc_hotspot *h)
{
    switch (h->kind) {
    case PC_ANSWER_MISSING:
        pc_str_addf(s,
                    "the kernel does not define %s: it needs a line const char %s[] = "
                    "\"FUNCTION\";",
                    h->constant, h->constant);
        break;
    case PC_ANSWER_EMPTY:
        pc_str_addf(s,
                    "%s names no function yet: profile the starter, and write the one "
                    "that takes most there",
                    h->constant);
        break;
    default:
        pc_str_addf(s,
                    "%s is \"%s\", which is no function's name: write the bare name, as in "
                    "its definition",
                    h->constant, h->answer);
    }
}

/* The kernel names a function, and nothing went wrong with the profile. */
static void add_compared(struct pc_str *s, const struct pc_hotspot *h, struct pc_goal *goal)
{
    if (!h->is_known) {
        pc_str_addf(s, "you named %s, and the starter has no such function%s%s%s",
                    h->answer, h->near[0] ? "; did you mean " : "", h->near,
                    h->near[0] ? "?" : "");
        goal->kind = PC_VERDICT_FAIL;
        return;
    }
    if (!h->measured) {
        pc_str_addf(s,
                    "%llu samples of the starter are too few to tell; check again with "
                    "--careful",
                    (unsigned long long)h->samples);
        return;
    }
    goal->value = 100 * h->named.part;
    goal->bound = 100 * h->rival.part;
    goal->kind = h->is_first ? PC_VERDICT_PASS : PC_VERDICT_FAIL;
    pc_str_adds(s, h->is_first ? "" : "you named ");
    pc_str_addf(s, "%s%s ", h->answer, h->is_first ? " takes" : ",");
    add_share(s, &h->named);
    if (h->is_first && h->is_settled) {
        pc_str_adds(s, " of the starter's time: right");
        return;
    }
    pc_str_addf(s, "; %s takes ", h->rival.function);
    add_share(s, &h->rival);
    pc_str_adds(s, h->is_first ? ", and nobody can tell which is first: right"
                               : " of the starter's time: look before you change anything");
}

struct pc_goal pc_judge_hotspot(const struct pc_hotspot *hotspot)
{
    struct pc_goal goal = {
        .metric = "hotspot", .kind = PC_VERDICT_UNSURE, .value = NAN, .bound = NAN};
    struct pc_str s = {0};
    pc_str_adds(&s, "hotspot: ");
    if (hotspot->kind == PC_ANSWER_NAME) {
        add_compared(&s, hotspot, &goal);
    } else {
        goal.kind = PC_VERDICT_FAIL;
        add_unnamed(&s, hotspot);
    }
    goal.sentence = pc_str_take(&s);
    return goal;
}
