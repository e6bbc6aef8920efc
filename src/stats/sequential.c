#include "stats/sequential.h"

#include <assert.h>
#include <math.h>

static const double sign_bets[PC_SIGN_BETS] = {0.6, 0.75, 0.9, 0.97};
static const double margin = 0.10, margin_null = 0.2, margin_bet = 0.97;

void pc_sequential_init(struct pc_sequential *test, double limit, double alpha)
{
    assert(limit > 0 && isfinite(limit) && alpha > 0 && alpha < 1);
    *test = (struct pc_sequential){.tau = log(limit), .threshold = -log(alpha)};
}

void pc_sequential_init_signs(struct pc_sequential *test, double limit, double alpha)
{
    pc_sequential_init(test, limit, alpha);
    test->above.margin = test->below.margin = -INFINITY;
}

/* `beyond` is how far the restart lies on the side that is bet on, negative when it does
 * not. */
static void bet(struct pc_evidence *e, double beyond)
{
    for (int i = 0; i < PC_SIGN_BETS; i++)
        e->sign[i] += log(2 * (beyond > 0 ? sign_bets[i] : 1 - sign_bets[i]));
    e->margin += beyond > margin ? log(margin_bet / margin_null)
                                 : log((1 - margin_bet) / (1 - margin_null));
}

double pc_sequential_evidence(const struct pc_evidence *e)
{
    /* Relative to the largest term: exp() of a difference is at most 1. */
    double top = e->margin;
    for (int i = 0; i < PC_SIGN_BETS; i++)
        top = fmax(top, e->sign[i]);
    double sign = 0;
    for (int i = 0; i < PC_SIGN_BETS; i++)
        sign += exp(e->sign[i] - top) / PC_SIGN_BETS;
    return top + log((sign + exp(e->margin - top)) / 2);
}

enum pc_side pc_sequential_add(struct pc_sequential *test, double log_ratio)
{
    if (!isfinite(log_ratio))
        return test->side;
    test->n++;
    bet(&test->above, log_ratio - test->tau);
    bet(&test->below, test->tau - log_ratio);
    /* One restart never raises both, so they cannot arrive together. */
    if (test->side == PC_SIDE_UNKNOWN &&
        pc_sequential_evidence(&test->above) >= test->threshold)
        test->side = PC_SIDE_ABOVE;
    if (test->side == PC_SIDE_UNKNOWN &&
        pc_sequential_evidence(&test->below) >= test->threshold)
        test->side = PC_SIDE_BELOW;
    return test->side;
}
