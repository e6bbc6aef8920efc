/* Print the table of keys as the manual page shall tell it: "shown label" a line. */
#include <stdio.h>

#include "tui/keymap.h"

int main(void)
{
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t i = 0; i < n; i++)
        if (table[i].label)
            printf("%s %s\n", table[i].shown, table[i].label);
    return 0;
}
