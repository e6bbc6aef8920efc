/* Leaves the loops as they are and asks the compiler for vectors. */
#include "gust_window.h"

__attribute__((optimize("O3"))) bool window_max(const int *v, size_t n, size_t w, int *out)
{
    if (w == 0)
        return true;
    for (size_t i = 0; i + w <= n; i++) {
        int strongest = v[i];
        for (size_t k = i + 1; k < i + w; k++)
            strongest = v[k] > strongest ? v[k] : strongest;
        out[i] = strongest;
    }
    return true;
}
