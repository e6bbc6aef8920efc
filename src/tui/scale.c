#include "tui/scale.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"

struct pc_scale pc_scale_begin(bool linear)
{
    return (struct pc_scale){.linear = linear, .low = INFINITY, .high = -INFINITY};
}

static bool placed(const struct pc_scale *scale, double value, double *place)
{
    if (!isfinite(value) || (!scale->linear && value <= 0))
        return false;
    *place = scale->linear ? value : log10(value);
    return true;
}

bool pc_scale_add(struct pc_scale *scale, double value)
{
    double place;
    if (!placed(scale, value, &place))
        return false;
    scale->low = fmin(scale->low, place);
    scale->high = fmax(scale->high, place);
    return true;
}

double pc_scale_place(const struct pc_scale *scale, double value)
{
    double place;
    if (!placed(scale, value, &place))
        return 0;
    return scale->high > scale->low ? (place - scale->low) / (scale->high - scale->low)
                                    : 0.5;
}

static size_t linear_marks(const struct pc_scale *scale, int wanted,
                           double marks[PC_SCALE_MARKS])
{
    double span = scale->high - scale->low;
    if (!(span > 0))
        return 0;
    double step = pow(10, floor(log10(span / wanted)));
    double times = span / wanted / step;
    step *= times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1;
    size_t n = 0;
    for (double k = ceil(scale->low / step); n < PC_SCALE_MARKS && k * step <= scale->high;
         k++)
        marks[n++] = k * step;
    return n;
}

static size_t add_marks(const struct pc_scale *scale, const double *factors,
                        size_t n_factors, double marks[PC_SCALE_MARKS])
{
    const double slack = 1e-9;
    size_t n = 0;
    int last = (int)ceil(scale->high);
    for (int k = (int)floor(scale->low); k <= last; k++)
        for (size_t i = 0; i < n_factors; i++) {
            double value = factors[i] * pow(10, k), place = log10(value);
            if (place >= scale->low - slack && place <= scale->high + slack &&
                n < PC_SCALE_MARKS)
                marks[n++] = value;
        }
    return n;
}

size_t pc_scale_marks(const struct pc_scale *scale, int wanted,
                      double marks[PC_SCALE_MARKS])
{
    static const double powers[] = {1}, fine[] = {1, 2, 5};
    if (scale->linear)
        return linear_marks(scale, wanted, marks);
    size_t n = add_marks(scale, powers, PC_COUNT(powers), marks);
    return n >= 2 ? n : add_marks(scale, fine, PC_COUNT(fine), marks);
}

const char *pc_scale_text(double value, bool is_time, char text[PC_SCALE_TEXT])
{
    static const char *const times[] = {" ns", " µs", " ms", " s"};
    static const char *const counts[] = {"", "k", "M", "G"};
    size_t unit = 0;
    /* 999.7 would be written as 1e+03. */
    for (; unit < 3 && fabs(value) >= 999.5; unit++)
        value /= 1000;
    snprintf(text, PC_SCALE_TEXT, "%.3g%s", value, is_time ? times[unit] : counts[unit]);
    return text;
}
