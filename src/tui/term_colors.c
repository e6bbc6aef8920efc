#include "tui/term.h"

#include <unistd.h>

#include <curses.h>
/* Its macros are ordinary words, so it comes last. */
#include <term.h>

bool pc_term_has_colors(void)
{
    enum { LEAST = 8 };
    int found;
    /* A TERM that nobody knows is newer than the list, and newer terminals have colours. */
    if (setupterm(NULL, STDOUT_FILENO, &found) != OK)
        return found != 1; /* 1: paper */
    int colors = tigetnum("colors");
    del_curterm(cur_term);
    return colors >= LEAST;
}
