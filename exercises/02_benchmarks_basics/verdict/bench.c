/*
 * How often is verdict() wrong?  It gets pairs of columns of which the truth is known, drawn at
 * random from three kinds of noise, and two shares are counted:
 *
 *   A/A-claims-%   both columns came from the same program, and it sees a difference
 *   missed-%       the new program is faster by three times the usual scatter, with ten
 *                  timings of each, and it does not say so
 */
#include <math.h>
#include <perfbench.h>

#include "verdict.h"

enum { PAIRS = 60, MOST = 10 };

static double uniform(struct bench *b)
{
    return ((double)(bench_random(b) >> 11) + 0.5) / 9007199254740992.0;
}

/* About normal, with mean 0 and standard deviation 1 (Box and Muller, 1958). */
static double normal(struct bench *b)
{
    return sqrt(-2 * log(uniform(b))) * cos(2 * 3.14159265358979 * uniform(b));
}

/* How timings scatter: by what part of themselves, how often one is up to three times too
 * long, and in what steps the clock goes on. */
static const struct noise {
    double scatter, outliers, step;
} noises[] = {{0.01, 0.15, 0}, {0.04, 0.1, 0}, {0.2, 0, 0}, {0.04, 0.15, 4}};
enum { NOISES = sizeof noises / sizeof noises[0] };

static void draw(struct bench *b, const struct noise *noise, double ns, double *column,
                 int n)
{
    for (int i = 0; i < n; i++) {
        double t = ns * exp(noise->scatter * normal(b));
        if (uniform(b) < noise->outliers)
            t *= 1.5 + 1.5 * uniform(b);
        column[i] = noise->step > 0 ? noise->step * round(t / noise->step) : t;
    }
}

/* How often the answer was `answer`, of PAIRS; the new program takes exp(-change) of the
 * old one's time. */
static int count(struct bench *b, const struct noise *noise, double change, int n,
                 int answer)
{
    int times = 0;
    for (int k = 0; k < PAIRS; k++) {
        double before[MOST], after[MOST];
        draw(b, noise, 100, before, n);
        draw(b, noise, 100 * exp(-change), after, n);
        times += verdict(before, n, after, n) == answer;
    }
    return times;
}

BENCH(verdict)
{
    while (bench_loop(b)) {
        int quiet = 0, seen = 0;
        for (int k = 0; k < NOISES; k++) {
            quiet += count(b, &noises[k], 0, 5, CANNOT_TELL);
            quiet += count(b, &noises[k], 0, 10, CANNOT_TELL);
            seen += count(b, &noises[k], 3 * noises[k].scatter, MOST, FASTER);
        }
        bench_report_metric(b, "A/A-claims-%", 100 - 100.0 * quiet / (2 * NOISES * PAIRS));
        bench_report_metric(b, "missed-%", 100 - 100.0 * seen / (NOISES * PAIRS));
    }
}
