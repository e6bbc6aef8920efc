#include "host/pair.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/orders.h"
#include "host/spread.h"

/* A pool of inputs has at least this many. */
enum { POOL = 16 };

/* The first pairs of a window are preceded by an audit, and of the others, on average, one
 * in AUDIT_EVERY. */
enum { AUDITS_MIN = 3, AUDIT_EVERY = 6 };

/* What a window of pairs has gathered. */
struct window {
    struct pc_doubles ratios, ns[PC_SIDES];
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double pc_median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double pc_quantile(double *values, size_t n, double p)
{
    qsort(values, n, sizeof *values, by_value);
    return values[(size_t)(p * (double)(n - 1))];
}

/* Iterations first .. first+n-1 with set `inputs`, for both. */
static bool digest(struct pc_pair *pair, uint64_t inputs, uint64_t first, uint64_t n,
                   bool *same)
{
    struct pc_batch batch = {.inputs = inputs, .start = first, .digested = n};
    struct pc_batch_answer answers[PC_SIDES] = {0};
    for (int side = 0; side < pair->sides; side++)
        if (!pc_turn_take(pair, side, &batch, &answers[side]))
            return false;
    *same = answers[PC_BASE].digest == answers[PC_CANDIDATE].digest;
    return true;
}

/* The first iteration that differs when it is run again by itself; the first of all when
 * none does, because the result depends on what came before. */
bool pc_pair_differ(struct pc_pair *pair, uint64_t inputs, uint64_t first, uint64_t n)
{
    uint64_t found = first;
    for (uint64_t k = first; k < first + n; k++) {
        bool same;
        if (!digest(pair, inputs, k, 1, &same))
            return false;
        if (!same) {
            found = k;
            break;
        }
    }
    struct pc_str line = {0};
    pc_str_adds(&line, "differ");
    pc_line_addf(&line, "iteration", "%" PRIu64, found);
    pc_answer_send(&line);
    return false;
}

bool pc_pair_agree(struct pc_pair *pair, uint64_t digested)
{
    bool same;
    uint64_t first = pair->iteration;
    if (pair->sides == 1)
        return true;
    pair->iteration += digested;
    if (!digest(pair, first, first, digested, &same))
        return false;
    return same || pc_pair_differ(pair, first, first, digested);
}

/* A batch begins with a tenth of it untimed, to get used to the processor again after the
 * other's turn.  Each side has inputs of its own: with the same ones the second finds the
 * processor's predictions made by the first, and is several percent faster for it. */
void pc_pair_plan(const struct pc_pair *pair, struct pc_batch batches[PC_SIDES])
{
    for (int side = 0; side < pair->sides; side++) {
        const struct pc_pace *pace = &pair->paces[side];
        batches[side] = (struct pc_batch){.inputs = 2 * pair->iteration + (uint64_t)side,
                                          .start = pair->iteration,
                                          .untimed = pace->n / 10 + 1,
                                          .timed = pace->n,
                                          .cpu_clock = pace->cpu_clock};
    }
}

uint64_t pc_pair_longer(const struct pc_pair *pair, const struct pc_batch batches[PC_SIDES])
{
    uint64_t most = 0;
    for (int side = 0; side < pair->sides; side++) {
        uint64_t n = batches[side].untimed + batches[side].timed;
        most = n > most ? n : most;
    }
    return most;
}

static bool run_pair(struct pc_pair *pair, struct window *window)
{
    struct pc_batch batches[PC_SIDES] = {0};
    struct pc_batch_answer answers[PC_SIDES] = {0};
    double ns[PC_SIDES] = {0};
    pc_pair_plan(pair, batches);
    pair->iteration += pc_pair_longer(pair, batches);
    enum pc_side first = pc_rng_below(&pair->rng, (uint64_t)pair->sides);
    enum pc_side last = pair->sides - 1;
    for (int k = 0; k < pair->sides; k++) {
        enum pc_side side = k == 0 ? first : !first;
        if (!pc_turn_take(pair, side, &batches[side], &answers[side]))
            return false;
        ns[side] = (double)answers[side].elapsed / (double)batches[side].timed;
    }
    if (ns[PC_BASE] <= 0 || ns[last] <= 0)
        return true; /* no time passed: such a pair says nothing */
    for (int side = 0; side < pair->sides; side++)
        *PC_PUSH(&window->ns[side]) = ns[side];
    *PC_PUSH(&window->ratios) = log(ns[PC_BASE]) - log(ns[last]);
    return true;
}

void pc_pair_add(struct pc_str *line, const struct pc_pair *pair, enum pc_side side,
                 const char *what, const char *fmt, ...)
{
    char key[64];
    struct pc_str value = {0};
    snprintf(key, sizeof key, "%s-%s", pair->members[side].name, what);
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&value, fmt, ap);
    va_end(ap);
    pc_line_add(line, key, pc_str_get(&value));
    pc_str_fini(&value);
}

static bool answer_window(const struct pc_pair *pair, struct window *window)
{
    size_t n = window->ratios.n;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    pc_line_addf(&line, "ratio", "%.17g", n ? pc_median(window->ratios.items, n) : 0);
    pc_line_addf(&line, "pairs", "%zu", n);
    for (int side = 0; side < pair->sides; side++)
        pc_pair_add(&line, pair, side, "ns", "%.17g",
                    n ? pc_median(window->ns[side].items, n) : 0);
    for (int side = 0; side < pair->sides; side++)
        pc_pair_add(&line, pair, side, "digest", "%" PRIx64, pair->digests[side]);
    return pc_answer_send(&line);
}

static bool run_window(struct pc_pair *pair, struct window *window, uint64_t ms,
                       uint64_t min)
{
    int64_t end = pc_now() + (int64_t)ms * 1000000;
    pc_turn_forget(pair);
    for (uint64_t k = 0; k < min || pc_now() < end; k++) {
        bool audit = pair->sides == PC_SIDES &&
                     (k < AUDITS_MIN || pc_rng_below(&pair->rng, AUDIT_EVERY) == 0);
        if ((audit && !pc_pair_audit(pair)) || !run_pair(pair, window))
            return false;
    }
    return pc_turn_plausible(pair) && answer_window(pair, window);
}

static bool serve_hello(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    (void)order;
    return pc_answer_hello(pair->name, pair->members, (size_t)pair->sides);
}

static bool serve_list(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    (void)order;
    if (pair->is_set_up)
        return pc_answer_error("list comes before setup");
    return pc_answer_list(&pair->members[PC_BASE]);
}

static bool serve_setup(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    if (pair->is_set_up)
        return pc_answer_error("there is one setup only");
    pair->is_set_up = true;
    for (int side = 0; side < pair->sides; side++)
        if (!pc_order_copy_setup(order, pair->members[side].box) ||
            !pc_answer_call(&pair->members[side], PC_ORDER_SETUP))
            return false;
    for (int side = 0; side < pair->sides && pair->threads; side++)
        pc_spread_threads(&pair->members[side]);
    pc_rng_init(&pair->rng, pair->members[PC_BASE].box->order.seed);
    if (!pc_pair_agree(pair, POOL) || !pc_pace_find(pair))
        return false;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    for (int side = 0; side < pair->sides; side++) {
        pc_pair_add(&line, pair, side, "n", "%" PRIu64, pair->paces[side].n);
        pc_pair_add(&line, pair, side, "ns", "%.17g", pair->paces[side].ns);
    }
    return pc_answer_send(&line);
}

static bool serve_pairs(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    uint64_t ms, min = 5;
    if (!pair->is_set_up)
        return pc_answer_error("pairs come after setup");
    if (!pc_line_u64(order, "ms", &ms) || ms > 3600000)
        return pc_answer_error("pairs needs ms");
    if (pc_line_get(order, "min") && !pc_line_u64(order, "min", &min))
        return pc_answer_error("min is not a number");
    struct window window = {0};
    bool going = run_window(pair, &window, ms, min);
    free(window.ratios.items);
    for (int side = 0; side < pair->sides; side++)
        free(window.ns[side].items);
    return going;
}

static bool serve_end(void *host, const struct pc_line *order)
{
    struct pc_pair *pair = host;
    (void)order;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    for (int side = 0; side < pair->sides; side++) {
        struct pc_member *member = &pair->members[side];
        if (!pc_answer_call(member, PC_ORDER_END)) {
            pc_str_fini(&line);
            return false;
        }
        if (pair->threads && pc_member_threads_left(member) > 0) {
            pc_str_fini(&line);
            return pc_answer_refused(member, "it leaves threads behind: join every one");
        }
        pc_member_end(member);
        pc_pair_add(&line, pair, side, "faults", "%ld",
                    member->usage.ru_minflt + member->usage.ru_majflt);
    }
    return pc_answer_send(&line);
}

void pc_pair_serve(struct pc_pair *pair)
{
    static const struct pc_order_row orders[] = {
        {"hello", serve_hello}, {"list", serve_list},      {"setup", serve_setup},
        {"pairs", serve_pairs}, {"tails", pc_tails_serve}, {"end", serve_end},
        {NULL, NULL},
    };
    pc_orders_serve(orders, pair);
}
