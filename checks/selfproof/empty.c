/* What one iteration of the loop costs by itself: `perfcourse doctor` shows it. */
#include <perfbench.h>

BENCH(empty)
{
    while (bench_loop(b)) {}
}
