#include "judge/fault.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/units.h"

/* Always true, so that a fault is one line.  `reason` becomes the verdict's. */
static bool fault(struct pc_verdict *verdict, enum pc_code code, char *reason,
                  const char *next)
{
    verdict->code = code;
    verdict->reason = reason;
    verdict->next = next ? pc_strdup(next) : NULL;
    return true;
}

bool pc_judge_broken(struct pc_verdict *verdict, char *reason)
{
    return fault(verdict, PC_ENVIRONMENT, reason,
                 "the kernel is not to blame: `perfcourse doctor` looks for the cause");
}

void pc_judge_add_place(struct pc_str *text, const struct pc_place *place)
{
    if (place->line <= 0)
        return;
    pc_str_addf(text, " at %s:%d", place->file, place->line);
    if (place->function[0])
        pc_str_addf(text, " in %s", place->function);
}

/* The words of compilers and hosts may hold several lines and whatever the learner's file
 * put there; a reason is one line that is fit for a terminal. */
static void add_first_line(struct pc_str *s, const char *text)
{
    enum { MAX = 300 };
    PC_AUTO(pc_auto_free) char *line = pc_text_harmless(text, strcspn(text, "\n"), MAX);
    pc_str_adds(s, line);
}

/* How a kernel ended, in words, and what to do about it. */
static const struct {
    enum pc_code code;
    const char *what, *next;
} endings[] = {
    [PC_ENDING_NONE] = {PC_CRASH, "gave no reason", NULL},
    [PC_ENDING_CRASH] = {PC_CRASH, "crashed",
                         "look at the pointers and indexes that this line uses"},
    [PC_ENDING_SANITIZER] = {PC_CRASH, "undefined behaviour",
                             "look at the sizes and lifetimes that this line relies on"},
    [PC_ENDING_EXIT] = {PC_CRASH, "ended the program instead of returning",
                        "return to the caller, whatever happens"},
    [PC_ENDING_TIME] = {PC_CRASH, "did not finish within the time limit",
                        "look for a loop that does not end on some input"},
    [PC_ENDING_MEMORY] = {PC_CRASH, "used more memory than is allowed",
                          "look for a size that is computed wrongly or grows without end"},
    [PC_ENDING_THREADS] = {PC_CRASH, "started more threads than is allowed",
                           "join the threads that were started before there are more"},
    [PC_ENDING_OUTPUT] = {PC_CRASH, "printed more than is allowed",
                          "remove the printing, a kernel only returns its result"},
    [PC_ENDING_PROTOCOL] = {PC_CRASH, "broke the connection to its host",
                            "leave file descriptors alone that the kernel did not open, "
                            "and memory that it was not given"},
    [PC_ENDING_REFUSED] = {PC_NOBUILD, "refused", "do without what is named there"},
};

/* What some crashes and reports of the sanitizers are about, other than sizes, lifetimes and
 * indexes. */
static const struct {
    const char *what, *next;
} reports[] = {
    {"signed integer overflow",
     "bound the values before this arithmetic, or compute in a wider or unsigned type"},
    {"division by zero", "look at how the divisor can become 0"},
    {"Floating point exception", "look at how the divisor can become 0"},
    {"shift exponent", "look at how far this line shifts"},
    {"null pointer",
     "look at what this line does when there is nothing to work on, or when "
     "malloc gave nothing"},
    {"data race", "let one thread at a time touch it: by a lock, an atomic, or memory of "
                  "its own for each thread"},
    {"stack-overflow", "look for a recursion without an end, or a large local array"},
    {"stack overflow", "look for a recursion without an end, or a large local array"},
    {"Aborted", "look at what gives up here: a heap that was written over, a block that is "
                "freed twice, an assertion"},
    {"Killed", "leave signals alone, a kernel only returns its result"},
    {"Stopped", "leave signals alone, a kernel only returns its result"},
};

static const char *next_of(const struct pc_crash *crash)
{
    if (crash->ending == PC_ENDING_TIME && crash->asleep)
        return "look for a lock, a read or a join that nobody answers";
    bool at_a_line =
        crash->ending == PC_ENDING_CRASH || crash->ending == PC_ENDING_SANITIZER;
    for (size_t i = 0; at_a_line && i < PC_COUNT(reports); i++)
        if (strstr(crash->what, reports[i].what))
            return reports[i].next;
    if (at_a_line && crash->place.line <= 0)
        return "run it in a debugger, it stops where the crash is";
    return endings[crash->ending].next;
}

static bool is_race(const struct pc_crash *crash)
{
    return crash->ending == PC_ENDING_SANITIZER &&
           strncmp(crash->what, "data race", 9) == 0;
}

static void add_crash(struct pc_str *s, const struct pc_crash *crash, const char *stage)
{
    /* Undefined, too, but it has a name of its own. */
    bool race = is_race(crash);
    if (!race)
        pc_str_adds(s, endings[crash->ending].what);
    if (crash->asleep)
        pc_str_adds(s, ", asleep or deadlocked");
    if (race) {
        add_first_line(s, crash->what);
    } else if (crash->what[0]) {
        pc_str_adds(s, ": ");
        add_first_line(s, crash->what);
    } else if (crash->ending == PC_ENDING_CRASH) {
        const char *name = sigdescr_np(crash->signal);
        pc_str_addf(s, ": %s", name ? name : "unknown signal");
    }
    pc_judge_add_place(s, &crash->place);
    if (race && crash->other.line > 0) {
        pc_str_adds(s, ", and another thread");
        pc_judge_add_place(s, &crash->other);
    }
    pc_str_addf(s, ", %s", stage);
    if (crash->during[0])
        pc_str_addf(s, " (%s)", crash->during);
}

static bool crashed(const struct pc_crash *crash, const char *stage,
                    struct pc_verdict *verdict)
{
    if (crash->ending == PC_ENDING_NONE)
        return false;
    struct pc_str s = {0};
    add_crash(&s, crash, stage);
    return fault(verdict, endings[crash->ending].code, pc_str_take(&s), next_of(crash));
}

static bool build_fault(const struct pc_build *build, struct pc_verdict *verdict)
{
    if (!build)
        return pc_judge_broken(verdict, pc_strdup("the kernel was not built"));
    if (build->built)
        return false;
    struct pc_str s = {0};
    const struct pc_diagnostic *first = NULL;
    size_t errors = 0;
    for (size_t i = 0; i < build->n; i++)
        if (build->items[i].error && errors++ == 0)
            first = &build->items[i];
    pc_str_adds(&s, "does not build: ");
    if (first && first->place.line > 0)
        pc_str_addf(&s, "%s:%d:%d: ", first->place.file, first->place.line,
                    first->place.column);
    if (first && first->text)
        add_first_line(&s, first->text);
    else
        add_first_line(&s, build->trouble ? build->trouble : "the compiler gave no reason");
    return fault(verdict, PC_NOBUILD, pc_str_take(&s),
                 errors > 1    ? "fix the first error, the others may come from it"
                 : errors == 1 ? "fix it and check again"
                               : NULL);
}

static bool tests_fault(const struct pc_tests *tests, struct pc_verdict *verdict)
{
    if (!tests)
        return pc_judge_broken(verdict, pc_strdup("the tests did not run"));
    if (crashed(&tests->crash, "in the tests", verdict))
        return true;
    if (tests->failed == 0 && tests->ran && tests->n > 0)
        return false;
    if (tests->failed == 0)
        return pc_judge_broken(verdict,
                               pc_strdup(tests->ran ? "the exercise has no tests"
                                                    : "the tests did not come to an end"));
    struct pc_str s = {0};
    pc_str_addf(&s, "wrong result: %zu of %zu tests failed", tests->failed, tests->n);
    if (tests->n_items > 0)
        pc_str_addf(&s, ", first %s", tests->items[0].test);
    return fault(verdict, PC_WRONG, pc_str_take(&s),
                 "make the first failing test pass, speed comes after that");
}

/* ", allocated at join.c:12 in append", and the next place. */
static void add_leaks(struct pc_str *s, const struct pc_counts *counts)
{
    enum { SHOWN = 2 };
    size_t shown = 0;
    for (size_t i = 0; i < counts->n_leaks && shown < SHOWN; i++) {
        if (counts->leaks[i].place.line <= 0)
            continue;
        pc_str_adds(s, shown == 0 ? ", allocated" : ", and");
        pc_judge_add_place(s, &counts->leaks[i].place);
        shown++;
    }
    size_t others = counts->n_leaks - shown;
    if (shown > 0 && others > 0)
        pc_str_addf(s, " and at %zu other place%s", others, others == 1 ? "" : "s");
}

static bool counts_fault(const struct pc_counts *counts, struct pc_verdict *verdict)
{
    if (crashed(&counts->crash, "while allocations were counted", verdict))
        return true;
    if (!counts->ran || counts->leaked_allocs == 0)
        return false;
    char buf[PC_UNITS_MAX];
    struct pc_str s = {0};
    const char *blocks = counts->leaked_allocs == 1 ? "block that is" : "blocks that are";
    pc_str_addf(&s, "leaks %s in %" PRIu64 " %s never freed",
                pc_format_bytes((double)counts->leaked_bytes, buf), counts->leaked_allocs,
                blocks);
    add_leaks(&s, counts);
    return fault(verdict, PC_WRONG, pc_str_take(&s),
                 "free every block once, also where the function returns early");
}

static const char tampering[] =
    "a kernel only returns its result: remove what works beside "
    "the call, and what touches the measurement";

static bool speed_fault(const struct pc_speed *speed, struct pc_verdict *verdict)
{
    if (speed->crash_in_base) {
        struct pc_str s = {0};
        pc_str_adds(&s, "the starter failed: ");
        add_crash(&s, &speed->crash, "while it was timed");
        return pc_judge_broken(verdict, pc_str_take(&s));
    }
    if (crashed(&speed->crash, "while it was timed", verdict)) {
        /* It was loaded and counted before, so what is refused now is what it claims. */
        if (speed->crash.ending == PC_ENDING_REFUSED) {
            verdict->code = PC_CRASH;
            free(verdict->next);
            verdict->next = pc_strdup(tampering);
        }
        return true;
    }
    if (!speed->differs)
        return false;
    return fault(verdict, PC_WRONG,
                 pc_strdup("wrong result: on the inputs of the bench it differs from the "
                           "starter's"),
                 "the tests pass, so think of larger inputs and of state that one call "
                 "leaves to the next");
}

/* Growth is timed at other sizes than the speed-up, by the same means. */
static bool growth_fault(const struct pc_growth *growth, struct pc_verdict *verdict)
{
    const struct pc_speed timed = {.crash = growth->crash,
                                   .crash_in_base = growth->crash_in_base,
                                   .differs = growth->differs};
    return speed_fault(&timed, verdict);
}

static bool tails_fault(const struct pc_tails *tails, struct pc_verdict *verdict)
{
    const struct pc_speed timed = {.crash = tails->crash,
                                   .crash_in_base = tails->crash_in_base,
                                   .differs = tails->differs};
    return speed_fault(&timed, verdict);
}

/* The starter alone was profiled. */
static bool hotspot_fault(const struct pc_hotspot *hotspot, struct pc_verdict *verdict)
{
    const struct pc_speed profiled = {
        .crash = hotspot->crash, .crash_in_base = hotspot->crash.ending != PC_ENDING_NONE};
    return speed_fault(&profiled, verdict);
}

/* In the order of the stages: what comes first is the cause of what comes later. */
bool pc_judge_fault(const struct pc_findings *f, struct pc_verdict *verdict)
{
    return build_fault(f->build, verdict) || tests_fault(f->tests, verdict) ||
           (f->counts && counts_fault(f->counts, verdict)) ||
           (f->speed && speed_fault(f->speed, verdict)) ||
           (f->growth && growth_fault(f->growth, verdict)) ||
           (f->tails && tails_fault(f->tails, verdict)) ||
           (f->hotspot && hotspot_fault(f->hotspot, verdict));
}
