#include "gust_window.h"

bool window_max(const int *v, size_t n, size_t w, int *out)
{
    if (w == 0)
        return true;
    for (size_t i = 0; i + w <= n; i++) {
        int strongest = v[i];
        for (size_t k = i + 1; k < i + w; k++)
            if (v[k] > strongest)
                strongest = v[k];
        out[i] = strongest;
    }
    return true;
}
