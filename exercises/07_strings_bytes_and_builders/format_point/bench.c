/*
 * One operation fills a packet with 250 lines, as an agent does that reports the
 * measurements of many machines.  The numbers have one to seven digits, so that their
 * lengths cannot be guessed; the time has the thirteen digits of our days.
 */
#include <perfbench.h>

#include "format_point.h"

enum { INPUTS = 128, POINTS = 250, ROOM = POINTS * POINT_LONGEST };

/* Up to seven digits, each length as likely as the next. */
static uint32_t some_number(struct bench *b)
{
    uint32_t below = 10;
    for (uint64_t more = bench_random_below(b, 7); more > 0; more--)
        below *= 10;
    return (uint32_t)bench_random_below(b, below);
}

static int32_t some_signed_number(struct bench *b)
{
    int32_t value = (int32_t)some_number(b);
    return bench_random_below(b, 2) ? -value : value;
}

static const struct point *make_input(struct bench *b)
{
    struct point points[POINTS];
    uint64_t time = 1718000000000 + bench_random_below(b, 1000000000);
    for (int i = 0; i < POINTS; i++)
        points[i] = (struct point){
            .time = time += bench_random_below(b, 100),
            .node = some_number(b),
            .load = some_signed_number(b),
            .temp = some_signed_number(b),
        };
    return bench_input(b, points, sizeof points);
}

BENCH(format_point)
{
    const struct point *in[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b);
    char *packet = bench_guarded(b, ROOM);

    while (bench_loop(b)) {
        const struct point *points = in[bench_i(b) % INPUTS];
        size_t len = 0;
        for (int i = 0; i < POINTS; i++)
            len += format_point(packet + len, ROOM - len, &points[i]);
        bench_keep(len);
        bench_digest(b, &len, sizeof len);
        bench_digest(b, packet, len);
    }
}
