#include "host/pair.h"

#include <math.h>

#include "base/mem.h"

/* Longer operations run into the scheduler's slices of 2 to 3 ms, whatever we do. */
static const double long_op_ns = 500000;

/* Caches, predictors and first touches settle in 2 to 4 ms. */
static const uint64_t warm_phase_ns = 2000000;

enum { WARM_PHASES = 2, WARM_BATCHES = 3, LAST = 5, GROWTH = 16 };

static bool run_timed(struct pc_pair *pair, enum pc_side side, uint64_t n,
                      struct pc_batch_answer *answer)
{
    struct pc_batch batch = {
        .inputs = 2 * pair->iteration + side, .start = pair->iteration, .timed = n};
    batch.cpu_clock = pair->paces[side].cpu_clock;
    pair->iteration += n;
    if (!pc_turn_take(pair, side, &batch, answer))
        return false;
    pair->paces[side].warm += answer->span;
    return true;
}

/* Operations at a fixed rate spend most of their time asleep. */
static bool is_paced(const struct pc_pair *pair, enum pc_side side)
{
    return pair->members[side].box->answer.is_paced;
}

static bool goes_by_clock(const struct pc_pair *pair, enum pc_side side)
{
    return pair->threads || pair->may_sleep || is_paced(pair, side);
}

/* A batch that was preempted looks long by the wall clock, one that was migrated or
 * interrupted by its processor time. */
static double shorter_time(const struct pc_pair *pair, enum pc_side side,
                           const struct pc_batch_answer *answer)
{
    double wall = (double)answer->elapsed, cpu = (double)answer->cpu;
    return goes_by_clock(pair, side) || wall < cpu ? wall : cpu;
}

/* Most of the span may be left out by bench_stop_timer(); then waiting for the rest to
 * reach the target would take for ever. */
static bool mostly_stopped(const struct pc_pair *pair, const struct pc_batch_answer *answer)
{
    return answer->span > 20 * pair->batch_ns;
}

/* Increase n until batches of n last about as long as they should: the shortest of three,
 * so that one unlucky batch does not decide. */
static bool calibrate(struct pc_pair *pair, enum pc_side side)
{
    double target = (double)pair->batch_ns;
    uint64_t n = 1;
    for (;;) {
        double shortest = INFINITY;
        struct pc_batch_answer answer;
        for (int k = 0; k < 3; k++) {
            if (!run_timed(pair, side, n, &answer))
                return false;
            double t = shorter_time(pair, side, &answer);
            shortest = t < shortest ? t : shortest;
            if (shortest < target / 2 || n == 1)
                break;
        }
        if (shortest >= target / 2 || mostly_stopped(pair, &answer) || n > 1u << 30)
            break;
        double factor = target / (shortest < 1 ? 1 : shortest);
        uint64_t more = (uint64_t)((double)n * (factor < GROWTH ? factor : GROWTH));
        n = more > n ? more : n + 1;
    }
    pair->paces[side].n = n;
    return true;
}

/* Run batches until the side has run for `until` ns in all, and remember the time of one
 * operation in the last ones. */
static bool warm_up(struct pc_pair *pair, enum pc_side side, uint64_t until,
                    double last[LAST])
{
    struct pc_pace *pace = &pair->paces[side];
    for (int k = 0; k < WARM_BATCHES || pace->warm < until; k++) {
        struct pc_batch_answer answer;
        if (!run_timed(pair, side, pace->n, &answer))
            return false;
        pace->warm++; /* ends even if the clock stands still */
        for (int j = 1; j < LAST; j++)
            last[j - 1] = last[j];
        last[LAST - 1] = shorter_time(pair, side, &answer) / (double)pace->n;
    }
    return true;
}

static double second_smallest(const double *values, size_t n)
{
    double first = INFINITY, second = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (values[i] < first) {
            second = first;
            first = values[i];
        } else if (values[i] < second) {
            second = values[i];
        }
    }
    return second;
}

/* A number of iterations that was right before the warm-up need not be so after it. */
static void settle(struct pc_pair *pair, enum pc_side side, const double last[LAST])
{
    struct pc_pace *pace = &pair->paces[side];
    double op = second_smallest(last, LAST);
    double n = (double)pair->batch_ns / (op > 0 ? op : 1);
    /* Where nothing is judged, a batch of several ticks matters more: one that is shorter falls
     * in step with them on a busy machine, and samples tell of its end. */
    if (n < 1 || (op > long_op_ns && !pair->may_sleep))
        n = 1;
    /* Never far beyond what calibration has tried. */
    if (n > (double)pace->n * GROWTH)
        n = (double)pace->n * GROWTH;
    pace->n = (uint64_t)n;
    pace->ns = op;
    pace->cpu_clock = op > long_op_ns && !goes_by_clock(pair, side);
}

bool pc_pace_find(struct pc_pair *pair)
{
    double last[PC_SIDES][LAST];
    for (int side = 0; side < pair->sides; side++) {
        for (int j = 0; j < LAST; j++)
            last[side][j] = INFINITY;
        if (!calibrate(pair, side))
            return false;
    }
    for (unsigned phase = 1; phase <= WARM_PHASES; phase++)
        for (int side = 0; side < pair->sides; side++)
            if (!warm_up(pair, side, phase * warm_phase_ns, last[side]))
                return false;
    for (int side = 0; side < pair->sides; side++)
        settle(pair, side, last[side]);
    return true;
}
