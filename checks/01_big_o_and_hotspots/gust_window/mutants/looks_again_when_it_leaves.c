/* Keeps the maximum and looks at the window again only when it leaves: quick on most winds,
 * and as slow as before on one that dies down. */
#include "gust_window.h"

bool window_max(const int *v, size_t n, size_t w, int *out)
{
    if (w == 0 || w > n)
        return true;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (at + w <= i) {
            at = i + 1 - w;
            for (size_t k = at + 1; k <= i; k++)
                if (v[k] >= v[at])
                    at = k;
        } else if (v[i] >= v[at]) {
            at = i;
        }
        if (i + 1 >= w)
            out[i + 1 - w] = v[at];
    }
    return true;
}
