#include "gust_window.h"

#include <stdlib.h>

/*
 * The queue holds the places of readings that can still be a maximum: those that no later
 * reading of the window reaches.  So their values fall from the front to the back, and the
 * front is the answer.  Each place enters once and leaves once.
 */
bool window_max(const int *v, size_t n, size_t w, int *out)
{
    if (w == 0 || w > n)
        return true;
    size_t *queue = malloc(n * sizeof *queue), front = 0, back = 0;
    if (!queue)
        return false;
    for (size_t i = 0; i < n; i++) {
        while (back > front && v[queue[back - 1]] <= v[i])
            back--;
        queue[back++] = i;
        if (queue[front] + w <= i)
            front++;
        if (i + 1 >= w)
            out[i + 1 - w] = v[queue[front]];
    }
    free(queue);
    return true;
}
