#include "report/progress.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/units.h"
#include "model/cards.h"
#include "report/parts.h"

static const char *standing_name(enum pc_standing standing)
{
    static const char *const names[] = {[PC_STANDING_OPEN] = "open",
                                        [PC_STANDING_TRIED] = "tried",
                                        [PC_STANDING_PASSED] = "passed"};
    return names[standing];
}

/* Silver and gold are passes. */
static const char *ladder_name(const struct pc_status *status)
{
    return status->standing == PC_STANDING_PASSED ? pc_medal_name(status->medal)
                                                  : standing_name(status->standing);
}

const char *pc_format_standing(const struct pc_status *status, char buf[PC_STANDING_MAX])
{
    char ratio[PC_UNITS_MAX];
    const char *name = ladder_name(status);
    if (isnan(status->best))
        snprintf(buf, PC_STANDING_MAX, "%s", name);
    else
        snprintf(buf, PC_STANDING_MAX, "%s %.20s", name,
                 pc_format_ratio(status->best, ratio));
    return buf;
}

static size_t count_passed(const struct pc_progress_row *rows, size_t n)
{
    size_t passed = 0;
    for (size_t i = 0; i < n; i++)
        passed += rows[i].status.standing == PC_STANDING_PASSED;
    return passed;
}

/* The rows from the first one that belong to the same topic. */
static size_t same_topic(const struct pc_progress_row *rows, size_t n)
{
    size_t same = 0;
    while (same < n && rows[same].exercise->topic == rows[0].exercise->topic)
        same++;
    return same;
}

static void add_row(const struct pc_progress_row *row, struct pc_str *out)
{
    const struct pc_status *s = &row->status;
    char id[16], standing[PC_STANDING_MAX], when[PC_WHEN_MAX];
    pc_str_addf(out, "  %-6s %-18s %-14s", pc_exercise_id(row->exercise, id),
                row->exercise->name, pc_format_standing(s, standing));
    if (s->attempts > 0)
        pc_str_addf(out, " %zu attempt%s", s->attempts, s->attempts == 1 ? "" : "s");
    if (s->hints > 0)
        pc_str_addf(out, "%s %d of %zu hints", s->attempts ? "," : "", s->hints,
                    row->exercise->n_hints);
    if (s->passed)
        pc_str_addf(out, ", first passed %s", pc_format_when(s->passed, when));
    else if (s->latest)
        pc_str_addf(out, ", latest %s", pc_format_when(s->latest, when));
    if (s->revealed)
        pc_str_adds(out, ", reference shown");
    while (out->len > 0 && out->s[out->len - 1] == ' ')
        out->s[--out->len] = '\0';
    pc_str_adds(out, "\n");
}

static void add_cards(const struct pc_card_status *cards, struct pc_str *out)
{
    char status[PC_CARD_STATUS_MAX];
    pc_str_addf(out, "  cards %s\n", pc_format_cards(cards, status));
}

void pc_progress_text(const struct pc_progress_row *rows, size_t n, struct pc_str *out)
{
    for (size_t i = 0; i < n;) {
        size_t same = same_topic(rows + i, n - i);
        const struct pc_topic *t = rows[i].exercise->topic;
        pc_str_addf(out, "%02d %s: %zu of %zu passed\n", t->number, t->title,
                    count_passed(rows + i, same), same);
        if (same == t->n_exercises && t->n_cards > 0)
            add_cards(&rows[i].cards, out);
        for (size_t end = i + same; i < end; i++)
            add_row(&rows[i], out);
    }
    pc_str_addf(out, "total: %zu of %zu exercises passed\n", count_passed(rows, n), n);
}

static const char *outcome(const struct pc_attempt *attempt)
{
    switch (attempt->code) {
    case PC_PASSED:
        return attempt->quick ? "right" : "passed";
    case PC_MISSED:
        return "missed";
    case PC_NOBUILD:
        return "no build";
    case PC_WRONG:
        return "wrong";
    case PC_CRASH:
        return "crash";
    case PC_UNSURE:
        return "unsure";
    default:
        return "none";
    }
}

void pc_history_text(const struct pc_attempts *attempts, struct pc_str *out)
{
    for (size_t i = 0; i < attempts->n; i++) {
        const struct pc_attempt *a = &attempts->items[i];
        char when[PC_WHEN_MAX], ratio[PC_UNITS_MAX];
        pc_str_addf(out, "  %s  %-8s %7s", pc_format_when(a->when, when), outcome(a),
                    isnan(a->ratio) ? "-" : pc_format_ratio(a->ratio, ratio));
        for (size_t k = 0; k < a->metrics.n && k < 2; k++) {
            const struct pc_metric *m = &a->metrics.items[k];
            char value[PC_UNITS_MAX];
            pc_str_addf(out, "  %s %s", pc_format_metric(m->max, m->name, value), m->name);
        }
        pc_str_adds(out, "\n");
    }
}

static json_t *ratio_of(double ratio)
{
    return isfinite(ratio) ? json_real(ratio) : json_null();
}

/* A time that never was is null. */
static json_t *time_of(int64_t when)
{
    return when ? json_integer(when) : json_null();
}

static json_t *medal_of(const struct pc_status *status)
{
    return status->medal == PC_MEDAL_NONE ? json_null()
                                          : json_string(pc_medal_name(status->medal));
}

static json_t *row_of(const struct pc_progress_row *row)
{
    const struct pc_status *s = &row->status;
    char id[16];
    return json_pack("{s:s,s:s,s:s,s:o,s:I,s:o,s:o,s:o,s:i,s:I,s:b}", "id",
                     pc_exercise_id(row->exercise, id), "name", row->exercise->name,
                     "standing", standing_name(s->standing), "medal", medal_of(s),
                     "attempts", (json_int_t)s->attempts, "best", ratio_of(s->best),
                     "first-pass", time_of(s->passed), "latest", time_of(s->latest),
                     "hints-seen", s->hints, "hints", (json_int_t)row->exercise->n_hints,
                     "revealed", s->revealed);
}

static json_t *topic_of(const struct pc_progress_row *row)
{
    const struct pc_topic *t = row->exercise->topic;
    char number[16];
    snprintf(number, sizeof number, "%02d", t->number);
    return json_pack("{s:s,s:s,s:I,s:I,s:I}", "topic", number, "title", t->title, "cards",
                     (json_int_t)row->cards.cards, "cards-answered",
                     (json_int_t)row->cards.answered, "cards-right",
                     (json_int_t)row->cards.right);
}

char *pc_progress_json(const struct pc_progress_row *rows, size_t n)
{
    json_t *exercises = json_array(), *topics = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(exercises, row_of(&rows[i]));
    for (size_t i = 0; i < n; i += same_topic(rows + i, n - i))
        json_array_append_new(topics, topic_of(&rows[i]));
    json_t *root = json_pack("{s:s,s:I,s:o,s:o}", "perfcourse", PACKAGE_VERSION, "passed",
                             (json_int_t)count_passed(rows, n), "exercises", exercises,
                             "topics", topics);
    return pc_json_dump(root);
}
