#include <perfbench.h>

#include "twins.h"

TEST(the_first_item_counts)
{
    uint64_t one = twins((const uint64_t[]){7}, 1), other = twins((const uint64_t[]){8}, 1);
    bench_expect_int(b, "7 and 8", 1, one != other);
}
