/*
 * Does your benchmark report the truth?  It is put on a stand (stand.h) that plays perfbench
 * for it and plants the sort, and three questions are asked about fifty iterations:
 *
 *   shuffled/op   sorts of numbers in random order, with the time running, by iterations
 *   inputs/run    different arrays that were sorted
 *   report/truth  what it reports, by what the sort takes here when it gets fresh numbers
 *                 each time and nothing else is timed: the median of pairs
 */
#include <perfbench.h>

#include "fresh_input.h"
#include "stand.h"

enum { SIZE = 500, RUNS = 50, PAIRS = 3 };

static double truth(struct stand *s)
{
    static uint32_t arrays[RUNS][SIZE];
    for (int k = 0; k < RUNS; k++)
        for (int i = 0; i < SIZE; i++)
            arrays[k][i] = (uint32_t)(stand_random(s) >> 32);
    uint64_t began = stand_now();
    for (int k = 0; k < RUNS; k++)
        s->sorting.sort(s, arrays[k], SIZE);
    return (double)(stand_now() - began);
}

static double report_by_truth(struct bench *b)
{
    struct stand s;
    stand_init(&s, b, SIZE, RUNS, RUNS);
    s.sorting.sort = stand_sort_unseen;
    double took = truth(&s);
    measure_sort(&s.b, &s.sorting);
    return (double)s.ns / took;
}

static double median_report(struct bench *b)
{
    double sorted[PAIRS];
    for (int k = 0; k < PAIRS; k++) {
        double ratio = report_by_truth(b);
        int i = k;
        for (; i > 0 && sorted[i - 1] > ratio; i--)
            sorted[i] = sorted[i - 1];
        sorted[i] = ratio;
    }
    return sorted[PAIRS / 2];
}

BENCH(fresh_input)
{
    while (bench_loop(b)) {
        struct stand s;
        stand_init(&s, b, SIZE, RUNS, RUNS);
        measure_sort(&s.b, &s.sorting);
        bench_report_metric(b, "shuffled/op", (double)s.shuffled / RUNS);
        bench_report_metric(b, "inputs/run", (double)s.n_inputs);
        bench_report_metric(b, "report/truth", median_report(b));
    }
}
