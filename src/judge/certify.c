#include "judge/certify.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/units.h"

/* Each of these says where first. */
static void add(struct pc_certificate *certificate, const char *where, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void add(struct pc_certificate *certificate, const char *where, const char *fmt, ...)
{
    struct pc_str what = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&what, fmt, ap);
    va_end(ap);
    pc_certificate_add_defect(certificate, pc_strdup(where), pc_str_take(&what));
}

static char *place_of(const struct pc_exercise *exercise)
{
    char id[16];
    return pc_strfmt("%s %s", pc_exercise_id(exercise, id), exercise->name);
}

static char *place_of_tried(const struct pc_tried *tried)
{
    PC_AUTO(pc_auto_free) char *place = place_of(tried->exercise);
    return pc_strfmt("%s, %s, %s", place, tried->compiler, tried->kernel);
}

void pc_certify_exercise(const struct pc_exercise *e, struct pc_certificate *certificate)
{
    PC_AUTO(pc_auto_free) char *where = place_of(e);
    if (e->n_hints < PC_HINTS_LEAST)
        add(certificate, where, "it has %zu hint%s, at least %d are needed", e->n_hints,
            e->n_hints == 1 ? "" : "s", PC_HINTS_LEAST);
    if (!e->story || !*e->story)
        add(certificate, where, "it has no story");
    if (!e->afterword || !*e->afterword)
        add(certificate, where, "it has no afterword");
}

void pc_certify_topic(const struct pc_topic *t, struct pc_certificate *certificate)
{
    PC_AUTO(pc_auto_free) char *where = pc_strfmt("%02d %s", t->number, t->title);
    const struct {
        size_t n;
        const char *what;
    } parts[] = {{t->n_pages, "page"},
                 {t->n_experiments, "experiment"},
                 {t->n_cards, "card"},
                 {t->n_essence, "line of essence"}};
    for (size_t i = 0; i < PC_COUNT(parts); i++)
        if (parts[i].n == 0)
            add(certificate, where, "it has no %s", parts[i].what);
    for (size_t i = 0; i < t->n_cards; i++) {
        const struct pc_card *card = &t->cards[i];
        if (card->n_choices > 0 && (card->right < 1 || card->right > card->n_choices))
            add(certificate, where, "card %s: its answer is none of its choices",
                card->name);
        if (card->proof && !pc_topic_experiment(t, card->proof, NULL))
            add(certificate, where, "card %s: there is no experiment \"%s\"", card->name,
                card->proof);
    }
}

static bool is_among(const char *word, char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static bool is_ever_missed(const char *metric, const struct pc_limits *limits)
{
    bool missed = is_among(metric, limits->fails, limits->n_fails);
    for (size_t i = 0; i < limits->n_mutants && !missed; i++)
        missed = is_among(metric, limits->mutants[i].fails, limits->mutants[i].n_fails);
    return missed;
}

void pc_certify_limits(const struct pc_exercise *exercise, const struct pc_limits *limits,
                       struct pc_certificate *certificate)
{
    PC_AUTO(pc_auto_free) char *where = place_of(exercise);
    if (limits->n_mutants == 0)
        add(certificate, where,
            "it has no mutant, so nothing shows that its tests refuse "
            "anything");
    if (limits->speedup.set && !is_ever_missed("speedup", limits))
        add(certificate, where, "neither the starter nor a mutant misses speedup");
    if (limits->growth.set && !is_ever_missed("growth", limits))
        add(certificate, where, "neither the starter nor a mutant misses growth");
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (limits->tail.set && !isnan(limits->tail.bounds[i].max_ratio) &&
            !is_ever_missed(pc_quantiles[i].name, limits))
            add(certificate, where, "neither the starter nor a mutant misses %s",
                pc_quantiles[i].name);
    if (limits->hotspot[0] && !is_ever_missed("hotspot", limits))
        add(certificate, where, "neither the starter nor a mutant misses hotspot");
    if (limits->races && !is_ever_missed("race", limits))
        add(certificate, where, "no mutant shows that its tests find a data race");
    for (size_t i = 0; i < limits->n; i++)
        if (!is_ever_missed(limits->items[i].metric, limits))
            add(certificate, where, "neither the starter nor a mutant misses %s",
                limits->items[i].metric);
}

/* What no two measurements find alike. */
static bool is_timed(const char *metric)
{
    bool timed = strcmp(metric, "speedup") == 0 || strcmp(metric, "growth") == 0 ||
                 strcmp(metric, "hotspot") == 0;
    for (size_t i = 0; i < PC_QUANTILES; i++)
        timed = timed || strcmp(metric, pc_quantiles[i].name) == 0;
    return timed;
}

/* Nothing allowed and nothing found, or one and one: numbers that leave no room are exact. */
static bool is_exact(const struct pc_goal *goal)
{
    return goal->value == goal->bound && goal->bound <= 1 &&
           goal->bound == floor(goal->bound) && !is_timed(goal->metric);
}

/* An exponent is away by what it makes of ten times as much to do.  In a band a value is
 * away by how many times it could be as far from the middle, and outside by how many times
 * it is too far. */
static double factor_of(const struct pc_goal *goal)
{
    if (goal->middle > 0 && goal->value > 0 && !is_exact(goal)) {
        double off = fabs(log(goal->value / goal->middle));
        double room = fabs(log(goal->bound / goal->middle));
        return fmax(off, room) / fmin(off, room);
    }
    double more = fmax(goal->value, goal->bound), less = fmin(goal->value, goal->bound);
    if (strcmp(goal->metric, "growth") == 0)
        return pow(10, more - less);
    /* An answer that names nothing is as wrong as can be. */
    if (strcmp(goal->metric, "hotspot") == 0 && isnan(goal->value))
        return (double)INFINITY;
    return is_exact(goal) || less <= 0 ? (double)INFINITY : more / less;
}

static struct pc_margin margin_of(const struct pc_goal *goal)
{
    struct pc_margin margin = {.value = goal->value,
                               .bound = goal->bound,
                               .at_most = goal->at_most,
                               .passed = goal->kind == PC_VERDICT_PASS,
                               .is_unsure = goal->kind == PC_VERDICT_UNSURE};
    snprintf(margin.metric, sizeof margin.metric, "%s", goal->metric);
    margin.factor = factor_of(goal);
    return margin;
}

/* A verdict of PC_WRONG is about a leak when the results themselves are right. */
static bool leaks(const struct pc_findings *f)
{
    bool right = f->tests && f->tests->failed == 0;
    return right && f->counts && f->counts->ran && f->counts->leaked_allocs > 0;
}

static bool races(const struct pc_findings *f)
{
    return f->tests && f->tests->crash.ending == PC_ENDING_SANITIZER &&
           strncmp(f->tests->crash.what, "data race", 9) == 0;
}

static void note_reasons(struct pc_words *found, const struct pc_verdict *verdict,
                         const struct pc_findings *findings)
{
    switch (verdict->code) {
    case PC_PASSED:
        break;
    case PC_MISSED:
        for (size_t i = 0; i < verdict->n_goals; i++)
            if (verdict->goals[i].kind == PC_VERDICT_FAIL)
                pc_words_add(found, verdict->goals[i].metric);
        break;
    case PC_NOBUILD:
        pc_words_add(found, "build");
        break;
    case PC_WRONG:
        pc_words_add(found, leaks(findings) ? "leak" : "wrong");
        break;
    case PC_CRASH:
        pc_words_add(found, races(findings) ? "race" : "crash");
        break;
    case PC_UNSURE:
        pc_words_add(found, "unsure");
        break;
    default:
        pc_words_add(found, "not judged");
    }
}

void pc_certify_note(struct pc_tried *tried, const struct pc_verdict *verdict,
                     const struct pc_findings *findings)
{
    const struct pc_speed *speed = findings->speed;
    bool timed = speed && speed->measured;
    pc_words_fini(&tried->found);
    note_reasons(&tried->found, verdict, findings);
    tried->low = timed ? speed->low : (double)NAN;
    tried->high = timed ? speed->high : (double)NAN;
    tried->restarts = timed ? speed->restarts : 0;
    tried->n_margins = 0;
    bool judged = verdict->code == PC_PASSED || verdict->code == PC_MISSED ||
                  verdict->code == PC_UNSURE;
    for (size_t i = 0; judged && i < verdict->n_goals; i++)
        tried->margins[tried->n_margins++] = margin_of(&verdict->goals[i]);
}

static double needed(const struct pc_tried *tried, const struct pc_margin *margin)
{
    if (tried->role == PC_ROLE_REFERENCE)
        return PC_REFERENCE_MARGIN;
    return is_timed(margin->metric) && !margin->passed ? PC_REFUSED_MARGIN : 1;
}

bool pc_certify_is_doubtful(const struct pc_tried *tried)
{
    if (is_among("unsure", tried->found.items, tried->found.n))
        return true;
    for (size_t i = 0; i < tried->n_margins; i++)
        if (tried->margins[i].is_unsure ||
            (is_timed(tried->margins[i].metric) &&
             tried->margins[i].factor < needed(tried, &tried->margins[i])))
            return true;
    return false;
}

static bool same_reasons(const struct pc_words *a, const struct pc_words *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = is_among(a->items[i], b->items, b->n);
    return same;
}

static char *list(const struct pc_words *words)
{
    struct pc_str s = {0};
    for (size_t i = 0; i < words->n; i++)
        pc_str_addf(&s, "%s%s", i ? ", " : "", words->items[i]);
    return pc_str_take(&s);
}

static void add_difference(const struct pc_tried *tried, const char *where,
                           const char *reason, struct pc_certificate *certificate)
{
    PC_AUTO(pc_auto_free) char *found = list(&tried->found);
    PC_AUTO(pc_auto_free) char *declared = list(&tried->declared);
    if (tried->role == PC_ROLE_REFERENCE)
        add(certificate, where, "it must pass, but is refused for %s: %s", found, reason);
    else if (tried->found.n == 0)
        add(certificate, where, "it passes, but must be refused for %s", declared);
    else
        add(certificate, where, "it is refused for %s instead of %s: %s", found, declared,
            reason);
}

void pc_certify_tried(const struct pc_tried *tried, const char *reason,
                      struct pc_certificate *certificate)
{
    PC_AUTO(pc_auto_free) char *where = place_of_tried(tried);
    if (!same_reasons(&tried->found, &tried->declared)) {
        add_difference(tried, where, reason ? reason : "no reason given", certificate);
        return;
    }
    for (size_t i = 0; i < tried->n_margins; i++) {
        const struct pc_margin *m = &tried->margins[i];
        char value[PC_UNITS_MAX], bound[PC_UNITS_MAX];
        if (m->factor >= needed(tried, m))
            continue;
        add(certificate, where, "%s %s is %.2f times from its limit %s, %.2f are needed",
            m->metric, pc_format_metric(m->value, m->metric, value), m->factor,
            pc_format_metric(m->bound, m->metric, bound), needed(tried, m));
    }
}

void pc_certify_warnings(const struct pc_tried *tried, const struct pc_build *build,
                         struct pc_certificate *certificate)
{
    if (!build || !build->built || build->n == 0)
        return;
    PC_AUTO(pc_auto_free) char *where = place_of_tried(tried);
    const struct pc_diagnostic *d = &build->items[0];
    add(certificate, where, "it builds with %zu warning%s: %s:%d: %s", build->n,
        build->n == 1 ? "" : "s", d->place.file, d->place.line, d->text);
}
